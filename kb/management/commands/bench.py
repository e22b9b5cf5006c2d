"""`bench NAME`: the measured goals, repeatable by anyone; each app brings its own in `bench.py`."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.core.management.base import BaseCommand

from privacy.benching import Bench

APPS = ("privacy", "search", "kb", "stories", "sparring", "insight")


def benches() -> dict[str, Bench]:
    """Every benchmark by its name, from each app's `bench.BENCHES`."""
    found: dict[str, Bench] = {}
    for app in APPS:
        if find_spec(f"{app}.bench") is not None:
            found.update(import_module(f"{app}.bench").BENCHES)
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
        for name, bench in sorted(benches().items()):
            one = names.add_parser(name, help=(bench.run.__doc__ or "").split("\n")[0])
            one.add_argument("--json", action="store_true", help="print one JSON object")
            bench.add_arguments(one)

    def handle(self, *args: Any, **options: Any) -> None:
        result = benches()[options["name"]].run(Namespace(**options))
        if options["json"]:
            self.stdout.write(json.dumps(result, ensure_ascii=False))
        else:
            self.stdout.write("\n".join(_lines(result)))
