"""The real stack for browser tests: gunicorn, worker and database as `make run` starts them.

Each stack has a database of its own (a copy of the migrated template, with the demo in it) and a
port of its own on the loopback address, and ends its own processes by id.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import environ
import psycopg
from django.conf import settings
from django.db import connections
from psycopg import sql

from privacy.benchmarks.database import database_url, drop_database
from tests.conftest import _make_template, _owner_connection, _template_name

ROOT = Path(__file__).resolve().parents[2]
DEMOS = ROOT / "var" / "test-demos"
DEMO_LOCK = 7_302_612
UNFINISHED = """SELECT task_name FROM procrastinate_jobs WHERE status = 'doing'
  OR (status = 'todo' AND coalesce(scheduled_at, now()) <= now())"""


@dataclass
class Stack:
    """A running site. `url` has no slash at its end; `mail` is the folder mails are written to."""

    url: str
    environment: dict[str, str]
    mail: Path

    def manage(self, *arguments: str) -> str:
        """Run a command of the site against the stack's database and return what it printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def run_jobs(self) -> None:
        """Run every waiting job, and see those done that the site's own worker has taken up."""
        self.manage("worker", "--one-shot")
        where = environ.Env.db_url_config(self.environment["DATABASE_OWNER_URL"])
        end = time.monotonic() + 60
        with psycopg.connect(
            host=where["HOST"],
            port=where["PORT"],
            user=where["USER"],
            password=where["PASSWORD"],
            dbname=where["NAME"],
            autocommit=True,
        ) as database:
            while database.execute(UNFINISHED).fetchone():
                assert time.monotonic() < end, "a job was not done within a minute"
                time.sleep(0.1)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@cache
def _demo(web: tuple[tuple[str, str], ...]) -> tuple[str, Path]:
    """A database with the demo in it and the folder of its files: once for all processes of a run.

    Both carry the id of the run's first process; the next run removes what a dead one left.
    """
    run = os.getppid() if "PYTEST_XDIST_WORKER" in os.environ else os.getpid()
    name, var = f"demo_{run}", DEMOS / str(run)
    with _owner_connection() as server:
        _make_template(server, _template_name())
        server.execute("SELECT pg_advisory_lock(%s)", [DEMO_LOCK])
        known = server.execute("SELECT datname FROM pg_database WHERE datname ~ '^demo_[0-9]+$'")
        for (found,) in known.fetchall():
            if found == name:
                return name, var / "media"
            if not Path("/proc", found.removeprefix("demo_")).exists():
                drop_database(server, found)
                shutil.rmtree(DEMOS / found.removeprefix("demo_"), ignore_errors=True)
        loading = f"loading_{run}"
        _copy_database(loading, _template_name())
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "kb.settings.development",
            "DATABASE_URL": database_url(dict(web), loading),
            "VAR_DIR": str(var),
        }
        Stack("", environment, Path()).manage("load_demo", "--json")
        server.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                sql.Identifier(loading), sql.Identifier(name)
            )
        )
    return name, var / "media"


def _copy_database(name: str, template: str) -> None:
    with _owner_connection() as server:
        drop_database(server, name)
        server.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )


def _drop_database(name: str) -> None:
    with _owner_connection() as server:
        drop_database(server, name)


def _end(process: subprocess.Popen[bytes]) -> None:
    os.killpg(process.pid, signal.SIGTERM)
    process.wait(timeout=30)


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        assert process.poll() is None, "the web server ended while starting"
        try:
            with urllib.request.urlopen(f"{url}/sundhed/", timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the web server did not answer within a minute")


@contextmanager
def running_stack(var: Path, *, name: str, elasticsearch_url: str = "") -> Iterator[Stack]:
    """Start the site on a fresh copy of the demo; end it and drop the database afterwards."""
    database = f"test_{os.getpid()}_{name}"
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    web = {k: connections["default"].settings_dict[k] for k in ("USER", "PASSWORD")}
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "kb.settings.development",
        "DATABASE_URL": database_url(web, database),
        "DATABASE_OWNER_URL": database_url(settings.DATABASE_OWNER, database),
        "VAR_DIR": str(var),
        # Collected once for all stacks; the stamp tells when it is out of date.
        "STATIC_ROOT": str(ROOT / "var" / "test-staticfiles"),
        "BASE_URL": url,
        "ELASTICSEARCH_URL": elasticsearch_url,
        "SEARCH_INDEX_PREFIX": f"{database}-",
    }
    stack = Stack(url, environment, var / "mail")
    with ExitStack() as ends:
        ends.callback(_drop_database, database)
        template, media = _demo(tuple(web.items()))
        _copy_database(database, template)
        shutil.copytree(media, var / "media", dirs_exist_ok=True)
        stack.manage("prepare_static")
        web_server = _start(environment, "-m", "gunicorn", "kb.wsgi", "--bind", f"127.0.0.1:{port}",
                            "--workers", "1", "--threads", "4", "--log-level", "warning",
                            "--no-control-socket")  # fmt: skip
        ends.callback(_end, web_server)
        ends.callback(_end, _start(environment, "manage.py", "worker"))
        _wait(url, web_server)
        yield stack


def _start(environment: dict[str, str], *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
