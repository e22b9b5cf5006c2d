"""`benchmark NAME` measures one of the stated goals; each app declares its own in `benchmarks/`."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand

if TYPE_CHECKING:
    from privacy.benchmarks.base import Benchmark

APPS = (
    "privacy",
    "search",
    "sources",
    "kb",
    "articles",
    "events",
    "learning",
    "document_import",
    "stories",
    "story_library",
    "sparring",
    "insight",
)


def benchmarks() -> dict[str, Benchmark]:
    """Every benchmark by its name, from each app's `benchmarks.BENCHMARKS`."""
    found: dict[str, Benchmark] = {}
    for app in APPS:
        if find_spec(f"{app}.benchmarks") is not None:
            found.update(import_module(f"{app}.benchmarks").BENCHMARKS)
    return found


def _lines(value: Any, name: str = "") -> list[str]:
    """One line per figure, its place in the result before it."""
    if isinstance(value, dict):
        return [line for key, inner in value.items() for line in _lines(inner, f"{name} {key}")]
    if isinstance(value, list) and any(isinstance(inner, dict) for inner in value):
        return [line for n, inner in enumerate(value) for line in _lines(inner, f"{name} {n}")]
    return [f"{name.strip()}: {value}"]


class Command(BaseCommand):
    help = "Measures one of the goals and prints what was reached beside it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        names = parser.add_subparsers(dest="name", required=True, metavar="NAME")
        for name, benchmark in sorted(benchmarks().items()):
            subparser = names.add_parser(name, help=(benchmark.run.__doc__ or "").split("\n")[0])
            subparser.add_argument("--json", action="store_true", help="print one JSON object")
            benchmark.add_arguments(subparser)

    def handle(self, *args: Any, **options: Any) -> None:
        result = benchmarks()[options["name"]].run(Namespace(**options))
        if options["json"]:
            self.stdout.write(json.dumps(result, ensure_ascii=False))
        else:
            self.stdout.write("\n".join(_lines(result)))
