"""The editors' side of search."""
