"""The tests run as the web role, on a database copied from a migrated template.

The template is named after the migrations it holds, so it is made once per set of migrations;
each test process gets its own copy and drops it at the end.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from hypothesis import settings as hypothesis_settings
from psycopg import sql

from devtools.elasticsearch import server
from privacy.benchmarks.database import drop_database

ROOT = Path(__file__).resolve().parent.parent
LOCK = 7_302_611

# No test is timed: a busy machine, or measuring coverage, may make a single example slow.
hypothesis_settings.register_profile("untimed", deadline=None)
hypothesis_settings.load_profile("untimed")


def _template_name() -> str:
    digest = hashlib.sha256()
    for config in sorted(apps.get_app_configs(), key=lambda c: c.label):
        folder = Path(config.path) / "migrations"
        for file in sorted(folder.glob("*.py")):
            content = file.read_bytes() if ROOT in file.parents else b""
            digest.update(f"{config.label}/{file.name}".encode() + content)
    digest.update((ROOT / "kb" / "database_roles.py").read_bytes())
    return f"template_{digest.hexdigest()[:16]}"


def _owner_connection() -> psycopg.Connection[Any]:
    """To one and the same database from every process: advisory locks hold within a database."""
    connection = connections["default"]
    connection.ensure_connection()  # starts the embedded server
    parameters = connection.get_connection_params()
    connection.close()
    return psycopg.connect(
        host=parameters.get("host", ""),
        port=parameters.get("port", "5432"),
        user=settings.DATABASE_OWNER["USER"],
        password=settings.DATABASE_OWNER["PASSWORD"],
        dbname="postgres",
        autocommit=True,
    )


def _make_template(server: psycopg.Connection[Any], name: str) -> None:
    """Create and migrate the template once, however many test processes start together."""
    server.execute("SELECT pg_advisory_lock(%s)", [LOCK])
    try:
        known = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if known is not None:
            return
        making = f"{name}_making"
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(making)))
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(making)))
        web = connections["default"].settings_dict["USER"]
        connections["default"].settings_dict["NAME"] = making
        call_command("migrate", verbosity=0, interactive=False)
        connections["default"].close()
        _grant_for_flush(making, web)
        server.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                sql.Identifier(making), sql.Identifier(name)
            )
        )
    finally:
        server.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def _grant_for_flush(database: str, web: str) -> None:
    """Transactional tests empty the tables between them; only test databases allow it."""
    parameters = connections["default"].get_connection_params()
    with psycopg.connect(
        host=parameters.get("host", ""),
        port=parameters.get("port", "5432"),
        user=settings.DATABASE_OWNER["USER"],
        password=settings.DATABASE_OWNER["PASSWORD"],
        dbname=database,
        autocommit=True,
    ) as owner:
        if web != settings.DATABASE_OWNER["USER"]:
            owner.execute(
                sql.SQL("GRANT TRUNCATE ON ALL TABLES IN SCHEMA public TO {}").format(
                    sql.Identifier(web)
                )
            )


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> Iterator[None]:
    database = f"test_{os.getpid()}"
    original = connections["default"].settings_dict["NAME"]
    with django_db_blocker.unblock(), _owner_connection() as server:
        name = _template_name()
        _make_template(server, name)
        server.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(database), sql.Identifier(name)
            )
        )
        connections["default"].settings_dict["NAME"] = database
    yield
    with django_db_blocker.unblock():
        connections.close_all()
        connections["default"].settings_dict["NAME"] = original
        with psycopg.connect(
            host=connections["default"].settings_dict["HOST"],
            port=connections["default"].settings_dict["PORT"] or "5432",
            user=settings.DATABASE_OWNER["USER"],
            password=settings.DATABASE_OWNER["PASSWORD"],
            dbname="postgres",
            autocommit=True,
        ) as server:
            drop_database(server, database)


@pytest.fixture(scope="session")
def elasticsearch_url() -> Iterator[str]:
    """A real server: one that is given (devtools/test.py does), else our own, started once."""
    given = os.environ.get("TEST_ELASTICSEARCH_URL") or os.environ.get("ELASTICSEARCH_URL")
    if given:
        yield given
        return
    ran_before = server.state_of(server.cache_folder(), "tests") is not None
    try:
        url = server.ensure_running(name="tests")
    except server.ElasticsearchUnavailable as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(error))
    yield url
    if not ran_before:
        server.stop(name="tests")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests share one site, search tests one Elasticsearch: each group on one worker."""
    for item in items:
        for group in ("browser", "search"):
            if f"tests/{group}/" in item.path.as_posix():
                item.add_marker(pytest.mark.xdist_group(group))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """With CI=true nothing may be skipped."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    if skipped and os.environ.get("CI") == "true":
        reporter.write_line(f"CI=true, but {len(skipped)} tests were skipped", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
