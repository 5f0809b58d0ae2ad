"""From CST to IR: one module for each part of the language, `from_<rule>`."""
