"""Looking for a word in every row of every table: what a canary test and a benchmark ask."""

from __future__ import annotations

from django.db import connection
from psycopg import sql


def tables_holding(word: str) -> list[str]:
    """Every table one of whose rows holds the word, in any column, files in rows included."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        for (table,) in cursor.fetchall():
            cursor.execute(
                sql.SQL(
                    "SELECT EXISTS (SELECT 1 FROM {} t WHERE t::text ILIKE %s OR t::text ILIKE %s)"
                ).format(sql.Identifier(table)),
                [f"%{word}%", f"%{word.encode().hex()}%"],
            )
            if cursor.fetchone()[0]:
                found.append(table)
    return found
