"""`import_caseload FILE`: a dry run, and the import when asked for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from people.models import Employee
from sparring.cases.imports.apply import import_caseload, municipality_of, read_caseload
from sparring.cases.imports.report import ImportRefused, ImportReport


class Command(BaseCommand):
    help = "Read a caseload from CSV or XLSX and say what it would change; --apply changes it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--apply", action="store_true", help="store it when no row is at fault")
        parser.add_argument(
            "--valid-rows", action="store_true", help="with --apply: store the rows without faults"
        )
        parser.add_argument("--as", dest="username", metavar="USER", help="the coordinator")
        parser.add_argument("--json", action="store_true", help="machine-readable")

    def handle(self, *args: Any, **options: Any) -> None:
        report = self._run(options)
        if options["json"]:
            self.stdout.write(json.dumps(report.to_dict(), ensure_ascii=False, indent=2))
        else:
            self._tell(report, options)
        if report.refusal:
            raise CommandError(report.refusal, returncode=2)
        if report.problems and not report.applied:
            raise CommandError(_("Nothing is stored."), returncode=1)

    def _run(self, options: dict[str, Any]) -> ImportReport:
        try:
            content = Path(options["file"]).read_bytes()
        except OSError as error:
            raise CommandError(
                _("The file cannot be read: %s.") % (error.strerror or type(error).__name__)
            ) from error
        try:
            actor = _actor(options["username"])
            caseload = read_caseload(content)
            municipality = actor.municipality if actor else municipality_of(caseload)
            if municipality is None:
                raise CommandError(_("The user belongs to no municipality."))
            return import_caseload(
                caseload=caseload,
                actor=actor,
                municipality=municipality,
                apply=options["apply"],
                valid_rows=options["valid_rows"],
            )
        except ImportRefused as error:
            return ImportReport(refusal=str(error))
        except PermissionDenied as error:
            raise CommandError(_("Only a coordinator imports a caseload.")) from error

    def _tell(self, report: ImportReport, options: dict[str, Any]) -> None:
        for problem in report.problems:
            where = _("Line %(line)d, column %(column)s") % {
                "line": problem.line,
                "column": problem.column,
            }
            self.stdout.write(f"{where}: {problem.text}")
        for note in report.notes:
            self.stdout.write(note)
        if report.refusal:
            return
        counts = report.counts
        self.stdout.write(
            _("%(rows)d rows: %(new)d new cases, %(changed)d changed, %(same)d unchanged, "
              "%(beliefs)d new beliefs, %(actions)d new actions, %(faults)d lines at fault.")
            % {
                "rows": counts.rows,
                "new": counts.new_cases,
                "changed": counts.changed_cases,
                "same": counts.unchanged,
                "beliefs": counts.new_beliefs,
                "actions": counts.new_actions,
                "faults": report.lines_with_problems,
            }
        )  # fmt: skip
        if report.applied:
            self.stdout.write(_("Stored."))
        elif not options["apply"]:
            self.stdout.write(_("A dry run: nothing is stored. Add --apply to store it."))


def _actor(username: str | None) -> Employee | None:
    if username is None:
        return None
    actor = Employee.objects.filter(username=username).first()
    if actor is None:
        raise CommandError(_("There is no user named “%s”.") % username)
    return actor
