"""Index every document again, while search goes on: `manage.py reindex --json`."""

from __future__ import annotations

import json
from time import perf_counter
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.engines.base import EngineUnavailable
from search.rebuild import AlreadyRunning, rebuild_all, roll_back
from search.reconcile import reconcile

if TYPE_CHECKING:
    from search.models import Rebuild

BAR = 30  # signs


class Command(BaseCommand):
    help = "Rebuilds the search indexes and swaps them in; resumes an interrupted rebuild."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", dest="as_json")
        parser.add_argument("--from-start", action="store_true", help="forget what was cut off")
        parser.add_argument(
            "--rollback", action="store_true", help="search the index before the newest again"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        started = perf_counter()
        try:
            if options["rollback"]:
                self._roll_back()
                return
            show = None if options["as_json"] else self._show
            report = rebuild_all(resume=not options["from_start"], progress=show)
        except (EngineUnavailable, AlreadyRunning) as error:
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

    def _roll_back(self) -> None:
        """Swap, then repair what changed since the kept index was left."""
        for name in roll_back():
            self.stdout.write(f"Now searched: {name}")
        self.stdout.write(f"Repaired: {reconcile(repair=True).repaired}")

    def _show(self, state: Rebuild) -> None:
        """A progress bar per index; plain lines without a terminal."""
        done = state.documents + state.failed
        share = min(1.0, done / state.expected) if state.expected else 1.0
        bar = "#" * round(BAR * share)
        line = f"{state.engine} {state.index} [{bar:<{BAR}}] {done}/{state.expected}"
        if self.stdout.isatty():
            self.stdout.write(f"\r{line}", ending="\n" if share == 1.0 else "")
        elif share == 1.0:
            self.stdout.write(line)
