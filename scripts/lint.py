"""`make lint`: every check that reads the code; all of them run, and any failure is counted."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
APPS = [
    "insight",
    "sparring",
    "stories",
    "kb",
    "search",
    "people",
    "privacy",
    "matching",
    "renewal",
]
DJANGO_APPS = [app for app in APPS if app not in ("matching", "renewal")]
MANAGE = [str(BIN / "python"), "manage.py"]
CHECKS: list[tuple[str, list[str]]] = [
    ("ruff", [str(BIN / "ruff"), "check", "."]),
    ("ruff format", [str(BIN / "ruff"), "format", "--check", "."]),
    ("layers", [str(BIN / "lint-imports")]),
    ("types", [str(BIN / "mypy"), *APPS, "scripts"]),
    ("templates", [str(BIN / "djlint"), "templates", "--lint", "--quiet"]),
    ("security", [str(BIN / "bandit"), "-q", "-ll", "-r", *APPS, "scripts"]),
    ("Django", [*MANAGE, "check", "--fail-level", "WARNING"]),
    ("models and migrations agree", [*MANAGE, "makemigrations", "--check", "--dry-run"]),
    (
        "safe migrations",
        [
            *MANAGE,
            "lintmigrations",
            "--no-cache",
            "--quiet",
            "ok",
            "ignore",
            "--sql-analyser",
            "postgresql",
            "--include-apps",
            *DJANGO_APPS,
        ],
    ),
    ("Danish catalogue", [str(BIN / "python"), "scripts/messages.py", "check"]),
    ("files", [str(BIN / "python"), "scripts/check_files.py"]),
]


def main() -> int:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "kb.settings.test"}
    failed = []
    for name, command in CHECKS:
        print(f"== {name}", flush=True)
        if subprocess.run(command, cwd=ROOT, env=environment).returncode != 0:
            failed.append(name)
    print("lint: " + (f"failed: {', '.join(failed)}" if failed else f"{len(CHECKS)} checks clean"))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
