"""Pages of docs/ that are printed from the code, and a check that they are what it prints today."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation


class PrintedPage(BaseCommand):
    """Write the page; with --check only say whether it is out of date.

    A subclass names the `page` (a path below the project) and returns its `text`, in English.
    """

    page: str

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="Fail where the page is old.")

    def text(self) -> str:
        """The whole page."""
        raise NotImplementedError

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(settings.BASE_DIR) / self.page
        with translation.override("en"):
            text = self.text()
        if options["check"]:
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                name = self.__module__.rpartition(".")[2]
                raise CommandError(f"{self.page} is out of date: run manage.py {name}.")
        else:
            path.write_text(text, encoding="utf-8")


def table(headings: list[str], rows: list[list[str]]) -> str:
    """A table in Markdown."""
    rule = ["---"] * len(headings)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (headings, rule, *rows)) + "\n"
