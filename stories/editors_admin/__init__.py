"""Keeps stories out of the editors' admin (decision 0021)."""
