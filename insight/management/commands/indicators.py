"""`indicators`: the published figures, suppressed as on the page."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from dataclasses import asdict
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from insight import indicators
from insight.active_cases import active_cases
from insight.figures import outcome_figure
from insight.scopes import FigureScope
from people.models import Municipality


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else asdict(value)


class Command(BaseCommand):
    help = "Prints the published figures, suppressed as on the page."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--municipality", help="short name; all of them together without it")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        scope, today = self._scope(options["municipality"]), timezone.localdate()
        outcome = indicators.outcome_by_belief(scope, today=today)
        if options["json"]:
            report = {
                "definition_version": indicators.DEFINITION_VERSION,
                "published_base_rate": indicators.PUBLISHED_BASE_RATE,
                "outcome_by_belief": outcome,
                **{key: found.report for key, found in active_cases(scope, today=today).items()},
            }
            self.stdout.write(json.dumps(report, ensure_ascii=False, default=_plain))
            return
        drawn = outcome_figure(outcome)
        self.stdout.write(f"{scope.name}\n{drawn.title}\n")
        for row in [drawn.headers, *drawn.rows]:
            self.stdout.write("  ".join(f"{cell:<24}" for cell in row).rstrip())
        self.stdout.write(f"{drawn.finding}\n{drawn.note}")

    def _scope(self, slug: str | None) -> FigureScope:
        if slug is None:
            names = Municipality.objects.values_list("name", flat=True)
            return FigureScope(None, ", ".join(names))
        municipality = Municipality.objects.filter(slug=slug).first()
        if municipality is None:
            raise CommandError(_("There is no municipality “%(slug)s”.") % {"slug": slug})
        return FigureScope(municipality.pk, municipality.name)
