"""What the workbench finds, as text and JSON."""
