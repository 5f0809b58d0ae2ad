"""From the CST of a document to the IR: the walk over its sections."""
