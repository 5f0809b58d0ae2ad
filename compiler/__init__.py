"""From text to the typed IR: decode, lex, outline, parse, lower, passes; and the command line."""
