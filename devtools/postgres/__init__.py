"""A PostgreSQL for a machine that has none, and Django's way into it (decision 0003)."""
