"""Two engines, one contract (docs/decisions/0006-search-two-engines.md)."""
