"""What tables say: rows under headers, and the records that they state."""
