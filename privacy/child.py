"""What comes from outside is read in a process of its own, with limits. No Django.

A library that reads files can be led astray: the child has its own memory and time, the settings'
secrets are not in its environment, it can write no file, and what it cannot finish counts as
unreadable (SEC-29). Every reader of files goes through `run`.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import resource
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

SECONDS = 20  # of the child's own work
PATIENCE = 5  # seconds that a request waits for its turn
MEMORY = 1024 * 1024 * 1024
# Children at once for each process of the site, so that its other threads can always answer.
PLACES = 2
# What the operating system needs to find its libraries; nothing of the site's settings.
KEPT = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "LANG", "TZ")
_ROOT = Path(__file__).resolve().parent.parent
_places = threading.BoundedSemaphore(PLACES)


class Refused(Exception):
    """Nothing was read. `why` is a word of the reader, or "limit", "busy" or "broken"."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def run(
    function: Callable[..., Any],
    data: bytes,
    *arguments: Any,
    seconds: float = SECONDS,
    patience: float = PATIENCE,
) -> Any:
    """`function(data, *arguments)` in a child. Arguments and answer are what JSON can hold.

    Raises Refused: with the function's own word, or "limit" past the time or the memory, "busy"
    when its turn did not come, "broken" for every other failure.
    """
    if not _places.acquire(timeout=patience):
        raise Refused("busy")
    try:
        done = subprocess.run(
            [
                sys.executable,
                "-I",
                str(Path(__file__).resolve()),
                function.__module__,
                function.__qualname__,
                json.dumps(arguments),
            ],
            input=data,
            capture_output=True,
            timeout=seconds * 3,  # the limit is on work; a busy machine may take its time
            cwd=_ROOT,
            env=_environment(seconds),
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Refused("limit") from error
    finally:
        _places.release()
    if done.returncode < 0:  # ended by the limit on time, or for want of memory
        raise Refused("limit")
    if done.returncode:
        raise Refused("broken")
    answer = json.loads(done.stdout)
    if "refused" in answer:
        raise Refused(answer["refused"])
    return answer["answer"]


def _environment(seconds: float) -> dict[str, str]:
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return {**kept, "OPENBLAS_NUM_THREADS": "1", "CHILD_SECONDS": str(max(1, round(seconds)))}


# Below: what the child does.


def main(module: str, name: str, arguments: str) -> None:
    """Answer on the standard output, in JSON."""
    _limit(int(os.environ["CHILD_SECONDS"]))
    answer: dict[str, Any]
    try:
        data = sys.stdin.buffer.read()
        with contextlib.redirect_stdout(sys.stderr):
            function = getattr(importlib.import_module(module), name)
            answer = {"answer": function(data, *json.loads(arguments))}
        written = json.dumps(answer)
    except Refused as refusal:
        written = json.dumps({"refused": refusal.why})
    except MemoryError:
        written = json.dumps({"refused": "limit"})
    sys.stdout.write(written)


def _limit(seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    sys.path.insert(0, str(_ROOT))
    # The same module under its own name, so that a Refused of the function is caught.
    importlib.import_module("privacy.child").main(*sys.argv[1:])
