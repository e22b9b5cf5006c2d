"""The editors' side of sources."""
