"""From an input to the typed IR: read, outline, parse, lower, check; and the command line."""
