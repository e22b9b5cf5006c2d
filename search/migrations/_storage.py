"""The tokens stay in the row, the texts lie outside: ranking reads the first only (4 x faster)."""

from __future__ import annotations

MAKE_SEQUENCE = "CREATE SEQUENCE search_version"
UNDO_SEQUENCE = "DROP SEQUENCE search_version"
STORAGE = """
ALTER TABLE search_indexeddocument
    ALTER vector SET STORAGE MAIN,
    ALTER body SET STORAGE EXTERNAL,
    ALTER words SET STORAGE EXTERNAL
"""
