"""`make run` says what is wrong in one sentence and leaves nothing behind."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def _run(**environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "devtools.run"],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_taken_port_is_one_sentence():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        done = _run(PORT=str(port))

    assert done.returncode == 1
    assert done.stderr == (
        f"Port {port} cannot be used (Address already in use): "
        f"try another one with PORT={port + 1} make run.\n"
    )


@pytest.mark.parametrize("port", ["abc", "0", "70000", "-1", ""])
def test_a_port_that_is_none_is_one_sentence(port):
    done = _run(PORT=port)

    assert done.returncode == 1
    assert done.stderr == (
        f"PORT={port} is not a port number: use for instance PORT=8001 make run.\n"
    )
