"""`solve_matching FILE --json`: match and slot a problem from a file; needs no database."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from matching.errors import MatchingFileError
from matching.problem import SCALE, Problem
from matching.reading import read_problem
from matching.report import json_pieces, load_sd, plan_report
from matching.solve import Plan, solve


class Command(BaseCommand):
    help = "Matches cases with colleagues and gives every session a slot; reads a file or stdin."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="the problem as JSON, or - for stdin")
        parser.add_argument("--json", action="store_true", help="print the whole plan as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        plan = solve(_read(options["file"]))
        if options["json"]:
            for piece in json_pieces(plan_report(plan)):
                self.stdout.write(piece, ending="")
        else:
            self.stdout.write("\n".join(_summary(plan)))


def _read(file: str) -> Problem:
    """The problem in the file; CommandError with one line if it cannot be read."""
    try:
        return read_problem(_text(file))
    except MatchingFileError as error:
        raise CommandError(_(error.template) % error.values) from None
    except UnicodeDecodeError:
        raise CommandError(_("The file is not UTF-8 text.")) from None
    except OSError as error:
        raise CommandError(
            _("Cannot read %(file)s: %(reason)s.") % {"file": file, "reason": error.strerror}
        ) from None


def _text(file: str) -> str:
    raw = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    return raw.decode("utf-8-sig")


def _summary(plan: Plan) -> list[str]:
    """A few lines for people."""
    problem, chosen = plan.problem, plan.timetable.chosen()
    affinity = problem.affinity[chosen]
    placed = problem.cases - len(plan.unplaced)
    lines = [
        _("%(placed)s of %(cases)s cases have a session.")
        % {"placed": number_format(placed), "cases": number_format(problem.cases)}
    ]
    if len(chosen):
        lines += [
            _("Affinity %(affinity)s of at most %(bound)s; the worst-off case got %(worst)s.")
            % {
                "affinity": number_format(int(affinity.sum()) / SCALE, 3),
                "bound": number_format(plan.bound / SCALE, 3),
                "worst": number_format(int(affinity.min()) / SCALE, 3),
            },
            _("Standard deviation of utilisation %(sd)s.")
            % {"sd": number_format(load_sd(plan), 3)},
        ]
    for case, blocking in sorted(plan.unplaced.items()):
        who = ", ".join(str(problem.colleague_ids[one]) for one in blocking.colleagues)
        lines.append(
            _("%(case)s has no session. Full or busy: %(who)s.")
            % {"case": problem.case_ids[case], "who": who or _("nobody may take it")}
        )
    return lines
