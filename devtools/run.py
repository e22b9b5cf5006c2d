"""`make run`: everything from an empty folder to a page in a browser; Ctrl-C ends all of it."""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from types import FrameType

from devtools import ROOT, bootstrap
from devtools.bootstrap import PYTHON, Stop

HOST = "127.0.0.1"
PR_SET_PDEATHSIG = 1
PREPARED_FROM = (
    "devtools/**/*.py", "*/migrations/*.py", "static/src/**/*", "locale/*/LC_MESSAGES/*.po"
)  # fmt: skip


def _die_with_parent() -> None:
    """In the child: a supervisor that is killed takes its children with it (Linux)."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _free_port() -> int:
    text = os.environ.get("PORT", "8000")
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise Stop(f"PORT={text} is not a port number: use for instance PORT=8001 make run.")
    port = int(text)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise Stop(
                f"Port {port} cannot be used ({error.strerror}): "
                f"try another one with PORT={port + 1 if port < 65535 else 8000} make run."
            ) from error
    return port


class Children:
    """The processes we started; each in a session of its own, ended by us and in order."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = environment
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str, *command: str) -> subprocess.Popen[bytes]:
        child = subprocess.Popen(
            command,
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_die_with_parent,  # noqa: PLW1509 (there are no threads)
        )
        self.running[name] = child
        return child

    def finish(self, name: str, what: str) -> None:
        """Wait for a step that must succeed."""
        if self.running.pop(name).wait() != 0:
            raise Stop(f"{what} failed; the lines above say why.")

    def stop(self) -> None:
        for child in self.running.values():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGTERM)
        for child in self.running.values():
            try:
                child.wait(timeout=15)
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()
        self.running.clear()
        # The last user stops the database; this also takes one that a killed process left behind.
        subprocess.run(
            [str(PYTHON), "-m", "devtools.postgres"], cwd=ROOT, env=self.environment, check=False
        )


def _environment(port: int) -> dict[str, str]:
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    environment.setdefault("DJANGO_SETTINGS_MODULE", "kb.settings.development")
    environment.setdefault("BASE_URL", f"http://localhost:{port}")
    return environment


def _digest() -> str:
    """Changes with everything that preparing depends on: packages, migrations, assets, texts."""
    digest = hashlib.sha256(sys.version.encode())
    files = [ROOT / "requirements-run.lock", ROOT / "package-lock.json"]
    for pattern in PREPARED_FROM:
        files += ROOT.glob(pattern)
    for file in sorted(file for file in files if file.is_file()):
        digest.update(str(file.relative_to(ROOT)).encode() + file.read_bytes())
    return digest.hexdigest()


def _prepare_once(children: Children) -> None:
    """Prepare unless the embedded database and the files were prepared from just these sources.

    A database of one's own is looked at every time: somebody else may have changed it.
    """
    var = Path(children.environment.get("VAR_DIR") or ROOT / "var")
    stamp, digest = var / "prepared", _digest()
    built = (
        ROOT / "static" / "built" / ".stamp",
        ROOT / "locale" / "da" / "LC_MESSAGES" / "django.mo",
        var / "staticfiles" / ".stamp",
        var / "postgres" / "bootstrapped",
    )
    if children.environment.get("DATABASE_URL") or not all(file.exists() for file in built):
        stamp.unlink(missing_ok=True)
    if stamp.exists() and stamp.read_text() == digest:
        return
    _prepare(children)
    stamp.write_text(digest)


def _prepare(children: Children) -> None:
    """Assets and texts, then the database and the static files side by side."""
    python = str(PYTHON)
    children.start("assets", python, "-m", "devtools.assets")
    children.start("texts", python, "-m", "devtools.texts", "compile")
    children.finish("texts", "Compiling the texts")
    children.start("database", python, "manage.py", "prepare_database")
    children.finish("assets", "Building the assets")
    children.start("static", python, "manage.py", "prepare_static")
    children.finish("static", "Collecting the static files")
    children.finish("database", "Preparing the database")


def _serve(children: Children, port: int) -> None:
    children.start("worker", str(PYTHON), "manage.py", "worker")
    children.start(
        "web", str(PYTHON), "-m", "gunicorn", "kb.wsgi", "--bind", f"{HOST}:{port}",
        "--workers", os.environ.get("WEB_CONCURRENCY", "2"), "--threads", "4",
        "--worker-class", "gthread", "--log-level", "warning", "--no-control-socket", "--preload",
    )  # fmt: skip
    while True:
        for name, child in children.running.items():
            if child.poll() is not None:
                raise Stop(f"The {name} process ended by itself; the lines above say why.")
        with contextlib.suppress(OSError):
            health = f"http://{HOST}:{port}/sundhed/"
            if urllib.request.urlopen(health, timeout=2).status == 200:  # nosec B310
                return
        time.sleep(0.2)


def _interrupted(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def main() -> int:
    """Serve until somebody ends it; one sentence on stderr says what went wrong."""
    signal.signal(signal.SIGTERM, _interrupted)
    signal.signal(signal.SIGHUP, _interrupted)
    children: Children | None = None
    try:
        port = _free_port()
        bootstrap.ensure()
        children = Children(_environment(port))
        _prepare_once(children)
        _serve(children, port)
        subprocess.run(
            [str(PYTHON), "manage.py", "show_logins", "--port", str(port)],
            cwd=ROOT, env=children.environment, check=False,
        )  # fmt: skip
        while all(child.poll() is None for child in children.running.values()):
            time.sleep(0.5)
        raise Stop("A process ended by itself; the lines above say why.")
    except KeyboardInterrupt:
        print("\nLukker …", flush=True)
        return 0
    except Stop as stop:
        print(stop, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"It could not run: {error.strerror} ({error.filename}).", file=sys.stderr)
        return 1
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        if children is not None:
            children.stop()


if __name__ == "__main__":
    raise SystemExit(main())
