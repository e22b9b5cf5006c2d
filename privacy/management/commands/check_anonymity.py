"""`check_anonymity FILE|-`: what in a text could show who it is about. Needs no database."""

from __future__ import annotations

import io
import json
import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from privacy.anonymity import Finding, Report, check
from privacy.anonymity.texts import label

UNREADABLE = 2


class Command(BaseCommand):
    help = "Checks a text, or each line of it, for what could identify a person."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help="a text file in UTF-8, or - for input")
        parser.add_argument("--lines", action="store_true", help="each line is a text of its own")
        parser.add_argument("--json", action="store_true", help="one JSON object a text")

    def handle(self, *args: Any, **options: Any) -> None:
        text = _decoded(_read(options["file"]))
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8")
        try:
            self._print(text, lines=options["lines"], as_json=options["json"])
            self.stdout.flush()
        except BrokenPipeError:  # the reader, `head` for one, has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    def _print(self, text: str, *, lines: bool, as_json: bool) -> None:
        for number, part in enumerate(_parts(text, lines=lines), start=1):
            report = check(part)
            if as_json:
                self.stdout.write(json.dumps(report.as_dict(), ensure_ascii=False))
            else:
                self._list(report, number if lines else None)

    def _list(self, report: Report, line: int | None) -> None:
        """One line for the verdict, one for each finding."""
        verdict = _verdict(report)
        where = _("Line %(line)d: ") % {"line": line} if line else ""
        self.stdout.write(f"{where}{verdict}")
        for finding in report.findings:
            self.stdout.write(f"  {_sentence(finding)}")


def _read(name: str) -> bytes:
    """The file's or standard input's bytes; ``CommandError`` in one sentence if they cannot be."""
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except FileNotFoundError:
        message = _("There is no file called %(name)s.")
    except IsADirectoryError:
        message = _("%(name)s is a folder, not a text file.")
    except (OSError, ValueError):
        message = _("The file %(name)s cannot be read.")
    raise CommandError(message % {"name": name}, returncode=UNREADABLE)


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        message = _("The text is not in UTF-8: byte %(place)d does not fit.")
        raise CommandError(message % {"place": error.start + 1}, returncode=UNREADABLE) from None


def _parts(text: str, *, lines: bool) -> Iterator[str]:
    r"""The whole text, or its lines as ``\n`` ends them, empty ones included."""
    if not lines:
        yield text
        return
    ended = text.removesuffix("\n")
    if text:
        yield from (line.removesuffix("\r") for line in ended.split("\n"))


def _verdict(report: Report) -> str:
    return {
        "pass": _("Nothing found."),
        "warn": _("May identify somebody; publishing needs a reason."),
        "block": _("Identifies somebody and cannot be published."),
    }[report.verdict]


def _sentence(finding: Finding) -> str:
    return _("%(start)d–%(end)d %(type)s “%(text)s”: %(reason)s %(suggestion)s") % {
        "start": finding.start,
        "end": finding.end,
        "type": label(finding.type),
        "text": " ".join(finding.text.split()),
        "reason": finding.reason,
        "suggestion": finding.suggestion,
    }
