"""The owner migrates; the web role reads and writes rows, and owns nothing (decision 0002)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from psycopg import sql

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

# Rows that are only ever added: the web role cannot change or remove them, trigger or not.
APPEND_ONLY = ("privacy_auditentry", "sparring_belief")


@contextmanager
def act_as_owner(connection: BaseDatabaseWrapper, owner: dict[str, Any]) -> Iterator[None]:
    """Reconnect as the owning role for the duration of the block."""
    web = {key: connection.settings_dict[key] for key in owner}
    connection.close()
    connection.settings_dict.update(owner)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(web)


def grant_to_web_role(connection: BaseDatabaseWrapper, web_role: str) -> None:
    """Grant access to rows, not to structure; no update and delete on append-only tables."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        if cursor.fetchone()[0] == web_role:
            return
        role = sql.Identifier(web_role)
        tables = set(connection.introspection.table_names(cursor))
        for statement in (
            "GRANT USAGE ON SCHEMA public TO {}",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}",
            "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}",
        ):
            cursor.execute(sql.SQL(statement).format(role))
        for table in tables.intersection(APPEND_ONLY):
            revoke = sql.SQL("REVOKE UPDATE, DELETE ON TABLE {} FROM {}")
            cursor.execute(revoke.format(sql.Identifier(table), role))
        if "django_migrations" in tables:
            cursor.execute(
                sql.SQL("REVOKE INSERT, UPDATE, DELETE ON TABLE django_migrations FROM {}").format(
                    role
                )
            )
