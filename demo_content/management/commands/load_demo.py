"""`load_demo`: fills an empty database with people, knowledge base, stories and cases."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from time import perf_counter
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from demo_content.loading import all_or_nothing, loaders, logins, require_demo
from people.demo import DEMO_CREDENTIAL
from people.models import Employee


class Command(BaseCommand):
    help = "Loads the demo: people, knowledge base, stories, cases. A second run changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument(
            "--only-empty",
            action="store_true",
            help="do nothing where there are employees already (used by `make run`)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            require_demo()
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from error
        started = perf_counter()
        made: dict[str, dict[str, int]] = {}
        if not (options["only_empty"] and Employee.objects.exists()):
            with all_or_nothing():  # also when interrupted
                made = {name: load() for name, load in loaders()}
        report = {
            "made": made,
            "logins": logins(),
            "password": DEMO_CREDENTIAL,
            "seconds": round(perf_counter() - started, 1),
        }
        self.stdout.write(
            json.dumps(report, ensure_ascii=False) if options["json"] else _text(report)
        )


def _text(report: dict[str, Any]) -> str:
    lines = [
        f"{name}: " + ", ".join(f"{kind} {count}" for kind, count in counts.items())
        for name, counts in report["made"].items()
    ]
    lines += [f"{role}: {username}" for role, username in report["logins"].items()]
    lines.append(_("password for all of them: %(password)s") % {"password": report["password"]})
    return "\n".join(lines)
