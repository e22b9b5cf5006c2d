"""A database of its own and the real web server on the loopback address."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from urllib.parse import quote

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from psycopg import sql

DATABASE = "sparringsrummet_bench"


def _url(role: str, password: str) -> str:
    where = connection.settings_dict
    credentials = quote(role) + (f":{quote(password)}" if password else "")
    host, port = where["HOST"], where["PORT"] or 5432
    if host.startswith("/"):  # the folder of a socket, which django-environ reads from the path
        return f"postgres://{credentials}@:{port}/{host}/{DATABASE}"
    return f"postgres://{credentials}@{host}:{port}/{DATABASE}"


@contextmanager
def bench_database(*, fresh: bool) -> Iterator[bool]:
    """Point this process at the bench database; yields whether it was made anew.

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
            server.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(DATABASE))
            )
        known = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
        made = known.fetchone() is None
        if made:
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
    before = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = DATABASE
    try:
        call_command("migrate", verbosity=0, interactive=False)
        yield made
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


@contextmanager
def web_server(workers: int = 1) -> Iterator[str]:
    """Run gunicorn on the bench database; yields its address without a slash at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    web = connection.settings_dict
    environment = {
        **os.environ,
        "DATABASE_URL": _url(web["USER"], web["PASSWORD"]),
        "BASE_URL": address,
    }
    call_command("prepare_static", stdout=StringIO())
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "kb.wsgi", "--bind", f"127.0.0.1:{port}", "--workers",
         str(workers), "--threads", "4", "--log-level", "error", "--no-control-socket"],
        cwd=settings.BASE_DIR, env=environment, stdin=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        _await(address, process)
        yield address
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=30)


def _await(address: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/sundhed/", timeout=2):  # noqa: S310  # nosec B310
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("The web server for the benchmark did not start.")
