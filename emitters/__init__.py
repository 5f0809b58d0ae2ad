"""From the typed IR to files: one module a target. Emitters see only the IR."""
