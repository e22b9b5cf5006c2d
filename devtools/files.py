"""What must not be committed: addresses in lock files, paths of one machine, large files."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from devtools import ROOT

LOCKS = ("requirements.lock", "requirements-run.lock", "requirements-dev.lock",
         "requirements-bootstrap.lock", "package-lock.json", ".npmrc", "Makefile",
         ".ci/run")  # fmt: skip
ADDRESS = re.compile(r"https?://(?!(127\.0\.0\.1|localhost)\b)|index-url", re.IGNORECASE)

HOME = re.compile(r"(?<![\w.])/(?:root|home/\w+|Users/\w+)/")
LARGEST = 1_000_000


def _files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [ROOT / name for name in listed.stdout.split("\0") if name]


def problems() -> list[str]:
    """One line for each thing that may not be in the repository."""
    found: list[str] = []
    for path in _files():
        if not path.is_file():
            continue
        name = str(path.relative_to(ROOT))
        if path.stat().st_size > LARGEST:
            found.append(f"{name}: larger than {LARGEST // 1_000_000} MB")
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(lines, 1):
            if name in LOCKS and ADDRESS.search(line):
                found.append(f"{name}:{number}: an address in a lock file")
            if name != "devtools/files.py" and HOME.search(line):
                found.append(f"{name}:{number}: a path of one machine")
    return found


if __name__ == "__main__":
    found = problems()
    print("\n".join(found) or "files: nothing to mend")
    sys.exit(1 if found else 0)
