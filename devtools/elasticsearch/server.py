"""Start, reuse and stop a real Elasticsearch 9.4 on this machine, without Docker.

It runs on the loopback address only, unprivileged, with a small heap: made for development, tests
and CI, never for production. Nothing but the standard library is used.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from devtools.elasticsearch.folders import (
    ElasticsearchUnavailable,
    cache_folder,
    locked,
    service_user,
)
from devtools.elasticsearch.java import java_home
from devtools.elasticsearch.node import configuration, environment, free_port, make_folder
from devtools.elasticsearch.package import installed

START_SECONDS, STOP_SECONDS = 150, 30

# Servers this process started: kept, so that none is forgotten while it runs.
_started: dict[str, subprocess.Popen[bytes]] = {}


def state_of(cache: Path, name: str) -> dict[str, Any] | None:
    """What the state file says of a server that still lives; None when there is none."""
    try:
        state: dict[str, Any] = json.loads((cache / f"{name}.json").read_text())
    except (OSError, ValueError):
        return None
    born = _born(state["pid"])
    return state if born is not None and born == state["born"] else None


def _born(pid: int) -> str | None:
    """When the process started (None: it ended); a pid alone may have been given to another."""
    with contextlib.suppress(OSError):
        if Path("/proc/self/stat").exists():
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            return None if fields[0] == "Z" else fields[19]
        printed = subprocess.run(
            ["ps", "-o", "lstart=", "-o", "stat=", "-p", str(pid)],
            capture_output=True,
            text=True,
            check=False,
        ).stdout.split()
        return " ".join(printed[:-1]) if printed and not printed[-1].startswith("Z") else None
    return None


def answers(url: str) -> bool:
    """Whether the server is ready for requests."""
    connection = http.client.HTTPConnection(url.removeprefix("http://"), timeout=10)
    try:
        connection.request("GET", "/_cluster/health?wait_for_status=yellow&timeout=5s")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def ensure_running(port: int | None = None, *, name: str = "default") -> str:
    """Address of a running server; started (and fetched) when needed. A second call reuses it.

    `port` None takes the one it already has, or a free one. Servers of different `name` have their
    own data. Raises ElasticsearchUnavailable with the reason as one sentence.
    """
    cache = cache_folder()
    with locked(cache):
        state = state_of(cache, name)
        if state and port not in (None, state["port"]):
            raise ElasticsearchUnavailable(
                f"Elasticsearch {name} already runs on port {state['port']}: stop it first."
            )
        if state and answers(state["url"]):
            return str(state["url"])
        stop(name=name, cache=cache)
        return _start(cache, name, port or free_port())


def _check_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise ElasticsearchUnavailable(
                f"Port {port} is taken: choose another with --port."
            ) from error


def _start(cache: Path, name: str, port: int) -> str:
    process, url, log = launch(cache, name, port)
    try:
        await_answer(process, url, log)
    except BaseException:
        stop(name=name, cache=cache)
        raise
    return url


def launch(
    cache: Path, name: str, port: int, cluster: Mapping[str, object] | None = None
) -> tuple[subprocess.Popen[bytes], str, Path]:
    """Start a server and return at once: its process, address and log.

    `cluster`: settings of elasticsearch.yml that make it one node of several; None: it is alone.
    """
    _check_port(port)
    java, home, user = java_home(), installed(cache), service_user()
    node = make_folder(cache, home, configuration(cache, name, port, cluster), name, user)
    log = cache / f"{name}.log"
    with log.open("wb") as output:
        process = _started[name] = subprocess.Popen(
            [
                str(java / "bin" / "java"),
                "-Xmx64m",
                "-cp",
                f"{home}/lib/tools/server-launcher/*",
                "org.elasticsearch.server.launcher.ServerLauncher",
            ],
            cwd=home,
            env=environment(java, home, node),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            user=user.pw_uid if user else None,
            group=user.pw_gid if user else None,
            extra_groups=[] if user else None,
        )
    url = f"http://127.0.0.1:{port}"
    state = {
        "name": name,
        "pid": process.pid,
        "born": _born(process.pid),
        "port": port,
        "url": url,
    }
    (cache / f"{name}.json").write_text(json.dumps(state))
    return process, url, log


def await_answer(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    """Wait until the server answers; ElasticsearchUnavailable says why it never does."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise ElasticsearchUnavailable(f"Elasticsearch stopped while starting: {_reason(log)}")
        if answers(url):
            return
        time.sleep(0.5)
    raise ElasticsearchUnavailable(
        f"Elasticsearch did not answer within {START_SECONDS} seconds: see {log}."
    )


def _reason(log: Path) -> str:
    lines = log.read_text(errors="replace").splitlines()
    telling = [line for line in lines if re.search(r"ERROR|[Ee]xception|fatal", line)]
    return (telling or lines or [f"see {log}"])[0].strip()[:300]


def stop(*, name: str = "default", cache: Path | None = None, kill: bool = False) -> bool:
    """Stop the server of that name and everything it started; False when none ran.

    `kill`: as a power cut does, without letting it finish anything.
    """
    cache = cache or cache_folder()
    state = state_of(cache, name)
    (cache / f"{name}.json").unlink(missing_ok=True)
    if state is None:
        return False
    for number in (signal.SIGKILL,) if kill else (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(state["pid"], number)
        deadline = time.monotonic() + STOP_SECONDS
        while time.monotonic() < deadline and _group_lives(state["pid"]):
            time.sleep(0.1)
    if child := _started.pop(name, None):
        child.poll()
    return True


def _group_lives(group: int) -> bool:
    with contextlib.suppress(ChildProcessError):
        os.waitpid(group, os.WNOHANG)
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
