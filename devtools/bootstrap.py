"""Make `.venv` from a hash-pinned lock. Standard library only: this runs before anything is there.

    python3 -m devtools.bootstrap [--dev]

Does nothing when the environment already holds the lock (a stamp says so). The fast installer `uv`
is itself installed by hash first; where it cannot reach the index, pip does the same work
(decision 0028).
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from devtools import ROOT, VENV

PYTHON = VENV / "bin" / "python"
NEEDED_BYTES = 2_500_000_000
OLDEST_PYTHON = (3, 11)
CHECKED = ("--quiet", "--require-hashes", "--only-binary", ":all:")


class Stop(Exception):
    """The one sentence a person reads instead of a traceback."""


def _digest(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes() + sys.version.encode()).hexdigest()


def _stamp(lock: Path) -> Path:
    return VENV / f"{lock.stem}.stamp"


def is_ready(lock: Path) -> bool:
    """Whether `.venv` holds exactly this lock, or the larger one made together with it."""
    locks = {lock, ROOT / "requirements-dev.lock"}
    return PYTHON.exists() and any(
        _stamp(one).exists() and _stamp(one).read_text() == _digest(one) for one in locks
    )


def _pip(lock: Path) -> bool:
    command = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-deps",
               *CHECKED, "-r", str(lock)]  # fmt: skip
    return subprocess.run(command, stdin=subprocess.DEVNULL, check=False).returncode == 0


def _uv(lock: Path) -> bool:
    """Let uv install the lock from where pip's variables say; it does not read them itself."""
    if not _pip(ROOT / "requirements-bootstrap.lock"):
        return False
    environment = {**os.environ, "UV_HTTP_TIMEOUT": "60", "UV_LINK_MODE": "copy"}
    for name, given in (("UV_DEFAULT_INDEX", "PIP_INDEX_URL"), ("SSL_CERT_FILE", "PIP_CERT")):
        if value := os.environ.get(given):
            environment.setdefault(name, value)
    uv = str(VENV / "bin" / "uv")
    command = [uv, "pip", "sync", "--python", str(PYTHON), *CHECKED, str(lock)]
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, env=environment, check=False
    )
    return done.returncode == 0


def _create() -> None:
    if sys.version_info < OLDEST_PYTHON:
        raise Stop(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
    free = shutil.disk_usage(ROOT).free
    if free < NEEDED_BYTES:
        raise Stop(
            f"The disk is too full: {free // 1_000_000} MB are free in {ROOT}, "
            f"{NEEDED_BYTES // 1_000_000} MB are needed."
        )
    shutil.rmtree(VENV, ignore_errors=True)
    done = subprocess.run(
        [sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise Stop(
            "The virtual environment .venv could not be made: "
            + (done.stderr or done.stdout).strip().splitlines()[-1]
            + " (on Debian: install python3-venv)."
        )


def ensure(*, dev: bool = False) -> None:
    """Make `.venv` hold the lock; raise Stop with one clear sentence where that fails."""
    lock = ROOT / ("requirements-dev.lock" if dev else "requirements-run.lock")
    if is_ready(lock):
        return
    print("Henter programpakker (kun første gang) …", flush=True)
    try:
        _create()
        installed = _uv(lock) or _pip(lock)
    except OSError as error:
        raise Stop(f"The packages could not be installed in {VENV}: {error.strerror}.") from error
    if not installed:
        raise Stop(
            "The packages could not be installed: is the package index reachable, and is there a "
            "ready-made package for this machine (Linux, x86-64 or arm64, Python 3.11 to 3.13)? "
            "The lines above say which one failed."
        )
    _stamp(lock).write_text(_digest(lock))


def main() -> int:
    """Return the exit code; one sentence on stderr says what is wrong."""
    try:
        ensure(dev="--dev" in sys.argv[1:])
    except Stop as stop:
        print(stop, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
