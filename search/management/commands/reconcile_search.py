"""Compare the search indexes with the database: `manage.py reconcile_search --repair --json`."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from search.access_audit import AccessDisagreement, find_disagreements
from search.reconcile import ReconcileReport, reconcile

SHOWN = 10  # ids of each kind


class Command(BaseCommand):
    help = "Finds documents that search holds wrongly, and repairs them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--repair", action="store_true", help="index what differs again")
        parser.add_argument(
            "--access", action="store_true", help="also compare who finds with who may read"
        )
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *args: Any, **options: Any) -> None:
        report = reconcile(repair=options["repair"])
        disagreements = find_disagreements() if options["access"] else []
        shown = (
            _as_json(report, disagreements)
            if options["as_json"]
            else _as_text(report, disagreements)
        )
        self.stdout.write(shown)


def _as_json(report: ReconcileReport, disagreements: list[AccessDisagreement]) -> str:
    return json.dumps(
        {
            "documents": report.documents,
            "drift": report.drift,
            "away": report.away,
            "repaired": report.repaired,
            "access": [asdict(disagreement) for disagreement in disagreements],
        }
    )


def _as_text(report: ReconcileReport, disagreements: list[AccessDisagreement]) -> str:
    lines = [f"{report.documents} objects compared, {len(report.found)} documents differ."]
    for engine, indexes in report.drift.items():
        for index, kinds in indexes.items():
            for kind, ids in kinds.items():
                if ids:
                    more = f" and {len(ids) - SHOWN} more" if len(ids) > SHOWN else ""
                    lines.append(f"{engine}, {index}, {kind}: {', '.join(ids[:SHOWN])}{more}")
    lines += [f"{name} does not answer: not compared." for name in report.away]
    if report.repaired:
        lines.append(f"{report.repaired} repaired.")
    lines += [
        f"{disagreement.document}: {'found' if disagreement.leak else 'not found'}"
        f" by person {disagreement.person}, who may {'not ' if disagreement.leak else ''}read it"
        for disagreement in disagreements
    ]
    return "\n".join(lines)
