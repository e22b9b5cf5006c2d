"""Every document anew, without a pause in searching: `manage.py reindex --json`."""

from __future__ import annotations

import json
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.engines.base import EngineUnavailable
from search.rebuild import rebuild_all


class Command(BaseCommand):
    help = "Builds the search indexes anew and swaps them in."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *args: Any, **options: Any) -> None:
        started = perf_counter()
        try:
            report = rebuild_all()
        except EngineUnavailable as error:
            raise CommandError(f"{error} Nothing was swapped.") from error
        seconds = round(perf_counter() - started, 1)
        if options["as_json"]:
            self.stdout.write(json.dumps({"seconds": seconds, "engines": report}))
            return
        for engine, indexes in report.items():
            for index, numbers in indexes.items():
                counted = ", ".join(f"{value} {name}" for name, value in numbers.items())
                self.stdout.write(f"{engine}, {index}: {counted}")
        self.stdout.write(f"Done in {seconds} seconds.")
