"""Write docs/diagrams/ from the code, or say with --check whether it is up to date."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from kb.diagrams import documents


class Command(BaseCommand):
    help = __doc__ or ""
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing")

    def handle(self, *_args: Any, check: bool, **_options: Any) -> None:
        folder = settings.BASE_DIR / "docs" / "diagrams"
        texts = documents()
        paths = {name: folder / name for name in texts}
        old = [name for name, path in paths.items() if _read(path) != texts[name]]
        if check and old:
            raise CommandError(f"Out of date: {', '.join(old)}. Run manage.py diagrams.")
        for name in old:
            folder.mkdir(exist_ok=True)
            paths[name].write_text(texts[name], encoding="utf-8")
            self.stdout.write(f"docs/diagrams/{name}")


def _read(path: Any) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""
