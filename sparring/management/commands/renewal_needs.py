"""`renewal_needs`: work out which cases need a fresh look, and why."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from people.models import Unit
from sparring.beliefs.domain.needs import recompute_all
from sparring.beliefs.queries.needs import due_needs, hits_of
from sparring.cases.domain.lifecycle import end_pauses

if TYPE_CHECKING:
    from sparring.models import RenewalNeed


class Command(BaseCommand):
    help = "Compute the renewal needs anew and list the cases that are due, most urgent first."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="machine-readable")
        parser.add_argument("--unit", help="only this unit, by its name")

    def handle(self, *args: Any, **options: Any) -> None:
        end_pauses()
        recompute_all()
        needs = due_needs()
        if options["unit"]:
            if not Unit.objects.filter(name=options["unit"]).exists():
                raise CommandError(_("There is no unit named “%s”.") % options["unit"])
            needs = needs.filter(case__unit__name=options["unit"])
        rows = [_as_dict(need) for need in needs]
        if options["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
            return
        for row in rows:
            self.stdout.write(f"{row['code']}  {row['band']} {row['score']}  {row['unit']}")
            for hit in row["hits"]:
                self.stdout.write(f"    {hit['code']} {hit['points']:>3}  {hit['text']}")
        self.stdout.write(_("%d cases need a fresh look.") % len(rows))


def _as_dict(need: RenewalNeed) -> dict[str, Any]:
    hits = sorted(hits_of(need), key=lambda hit: hit.code.number)
    return {
        "code": need.case.code,
        "unit": need.case.unit.name,
        "band": need.band,
        "score": need.score,
        "hits": [{**hit.to_json(), "text": hit.text(to_owner=False)} for hit in hits],
    }
