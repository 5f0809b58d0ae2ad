"""The reader of PDF: from the bytes of a file to the layout of its document, and on to its text and blocks."""
