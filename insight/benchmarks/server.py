"""The real web server on the benchmark database, on the loopback address."""

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

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from privacy.benchmarks.database import DATABASE, database_url


@contextmanager
def web_server(workers: int = 1, database: str = DATABASE) -> Iterator[str]:
    """Run gunicorn on a benchmark database; yields its address without a slash at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    web = connection.settings_dict
    environment = {
        **os.environ,
        "DATABASE_URL": database_url(web, database),
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
