"""The language: the files of `grammar/` read, joined, overlaid and made into parsers, patterns and lexicons."""
