"""The document as a stream of blocks: tokens, lines, outline, and the tree that they are parsed to."""
