"""`collectstatic`, only when something it collects has changed."""

from __future__ import annotations

import fcntl
import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand


def _digest() -> str:
    """Changes with the packages (their static files), our built assets and those of the rooms."""
    rooms = sorted(settings.BASE_DIR.glob("*/static"))
    digest = hashlib.sha256((settings.BASE_DIR / "requirements.lock").read_bytes())
    for folder in [*map(Path, settings.STATICFILES_DIRS), *rooms]:
        for file in sorted(p for p in folder.rglob("*") if p.is_file()):
            digest.update(str(file.relative_to(folder)).encode() + file.read_bytes())
    return digest.hexdigest()


class Command(BaseCommand):
    help = "Collects the static files where they have changed."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        root = Path(settings.STATIC_ROOT)
        root.mkdir(parents=True, exist_ok=True)
        stamp, digest = root / ".stamp", _digest()
        with (root.parent / f"{root.name}.lock").open("wb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # two test processes, or a test and `make run`
            if stamp.exists() and stamp.read_text() == digest:
                return
            call_command("collectstatic", interactive=False, clear=True, verbosity=0)
            stamp.write_text(digest)
