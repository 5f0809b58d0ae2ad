"""The files around a run: inputs, outputs, the project's settings."""
