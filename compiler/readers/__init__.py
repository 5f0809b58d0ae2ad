"""From the bytes of an input to block tokens: one room for each form of input."""
