"""What words say: regions of running text and of cells, each read by a clause grammar."""
