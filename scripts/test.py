"""`make test`: real PostgreSQL, real Elasticsearch, real Chromium.

What a machine lacks is skipped with its reason and counted in the last lines. With CI=true
nothing may be skipped. Arguments go to pytest: `make test ARGS="tests/search -q"`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTEST = [str(ROOT / ".venv" / "bin" / "python"), "-m", "pytest"]


def main() -> int:
    arguments = sys.argv[1:] or ["-n", "2", "--dist", "loadgroup"]
    return subprocess.run([*PYTEST, *arguments], cwd=ROOT, env=os.environ).returncode


if __name__ == "__main__":
    sys.exit(main())
