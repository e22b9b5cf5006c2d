"""Danish text made searchable: one analysis in Python, shared by both engines (docs/search.md)."""
