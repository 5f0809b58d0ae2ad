"""The reader of old Word files (.doc): converted to .docx by another program, then read as one."""
