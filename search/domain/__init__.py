"""Domain functions of search."""
