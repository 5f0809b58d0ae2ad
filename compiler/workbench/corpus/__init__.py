"""The corpus: its files, and what the compiler makes of a case."""
