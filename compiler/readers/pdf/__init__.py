"""The reader of PDF: from the bytes of a file to the layout of its document: paragraphs, tables of cells, page and box."""
