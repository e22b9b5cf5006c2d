"""A separate database for benchmarks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from psycopg import sql

DATABASE = "sparringsrummet_bench"


def database_url(role: Mapping[str, Any], name: str) -> str:
    """The address of a database of this server for a role (its USER and PASSWORD)."""
    where = connection.settings_dict
    credentials = quote(role["USER"]) + (f":{quote(role['PASSWORD'])}" if role["PASSWORD"] else "")
    host, port = where["HOST"], where["PORT"] or 5432
    if host.startswith("/"):  # the folder of a socket, which django-environ reads from the path
        return f"postgres://{credentials}@:{port}/{host}/{name}"
    return f"postgres://{credentials}@{host}:{port}/{name}"


@contextmanager
def benchmark_database(*, fresh: bool, name: str = DATABASE) -> Iterator[bool]:
    """Point this process at the benchmark database; yields whether it was created.

    It is kept between runs, since filling it takes longer than measuring; `fresh` makes it again.
    """
    connection.ensure_connection()  # starts the embedded server
    parameters = connection.get_connection_params()
    connection.close()
    owner = {**settings.DATABASE_OWNER}
    where = {key: parameters[key] for key in ("host", "port") if key in parameters}
    with psycopg.connect(
        dbname=parameters["dbname"],
        user=owner["USER"],
        password=owner["PASSWORD"],
        autocommit=True,
        **where,
    ) as server:
        if fresh:
            drop_database(server, name)
        known = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        made = known.fetchone() is None
        if made:
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    before = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = name
    try:
        call_command("migrate", verbosity=0, interactive=False)
        yield made
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


def drop_database(server: psycopg.Connection[Any], name: str) -> None:
    """Remove a database and its connections; does nothing if it does not exist."""
    drop = sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name))
    try:
        server.execute(drop + sql.SQL(" WITH (FORCE)"))
    except psycopg.errors.InsufficientPrivilege:
        # FORCE cannot end an autovacuum worker, which a plain DROP can.
        server.execute(drop)
