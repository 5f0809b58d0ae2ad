"""Plain text, as Apache Tika writes it: which encoding, which cells make a row, which rows a table."""
