"""From text to the typed IR: decode, frame, outline, parse, lower; and the command line."""
