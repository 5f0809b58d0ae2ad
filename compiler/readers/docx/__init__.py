"""The reader of Word files (.docx): OOXML, ISO/IEC 29500."""
