"""`rescan_texts`: look at every stored text about a citizen; prints counts, never words."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from sparring.texts.domain.rescan import rescan


class Command(BaseCommand):
    help = (
        "Look at every stored text about a citizen and give its owner a task. Prints counts only."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="machine-readable")

    def handle(self, *args: Any, **options: Any) -> None:
        counts = asdict(rescan())
        if options["json"]:
            self.stdout.write(json.dumps(counts))
            return
        tell = _("%(texts)d texts looked at, %(found)d to look at, %(new)d of them new.")
        self.stdout.write(tell % counts)
