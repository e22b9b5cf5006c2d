"""After a restore: withdraw again what was withdrawn since the backup was taken (SEC-21)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from stories.domain.withdrawal import learn_tombstones, reapply_tombstones
from stories.tombstone_file import read_lines, write_missing


class Command(BaseCommand):
    help = "Withdraws again the stories that the list outside the database says are withdrawn."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "files", nargs="*", type=Path, help="lists, of every machine that kept one"
        )
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *args: Any, **options: Any) -> None:
        files = options["files"] or [Path(settings.TOMBSTONE_FILE)]
        for path in files:
            if not path.exists():
                raise CommandError(f"There is no list at {path}. Nothing was changed.")
        lines = {uid: line for path in files for uid, line in read_lines(path).items()}
        result = {
            "on_the_list": len(lines),
            "new_to_the_database": learn_tombstones(lines.values()),
            "withdrawn_again": len(reapply_tombstones()),
            "new_to_the_list": write_missing(),
        }
        if options["as_json"]:
            self.stdout.write(json.dumps(result))
        else:
            for name, number in result.items():
                self.stdout.write(f"{name.replace('_', ' ')}: {number}")
