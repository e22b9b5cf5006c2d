"""The import itself: a file or kept rows in, a report out, all or nothing in the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.models import Employee, Municipality, Unit
from privacy import audit
from privacy.bulk import insert_rows
from sparring.beliefs.domain.needs import recompute
from sparring.handovers.domain.handing_over import note_imported
from sparring.models import Case, CaseOwnership
from sparring.shared import guards

from . import columns
from .plan import ImportPlan, make_plan
from .report import ImportRefused, ImportReport, Problem
from .rows import ImportRow, Lookup, parse_rows
from .screen import screen, screen_headings
from .tables import read_table

BATCH = 1000
CHANGED = ("unit", "owner", "target_group", "started", "contact_form")


@dataclass(frozen=True)
class Caseload:
    """A file that was read: the rows without faults, the problems of the others, and notes.

    `units` are all the units the file names, also on lines at fault; `faulty` what those lines
    name in our lists.
    """

    rows: Sequence[ImportRow]
    problems: Sequence[Problem] = ()
    notes: Sequence[str] = ()
    units: frozenset[str] = frozenset()
    faulty: Sequence[Lookup] = ()


def read_caseload(content: bytes) -> Caseload:
    """Read, screen and parse a file. Raises ImportRefused when it is sent back as a whole."""
    table = read_table(content)
    names = columns.read_headings(table.headings)
    screen_headings(table.headings, names)
    columns.require_headings(names)
    screen(table, names)
    parsed = parse_rows(table, names, today=timezone.localdate())
    unknown = sum(
        not name and heading != "" for name, heading in zip(names, table.headings, strict=True)
    )
    notes = [_not_read(unknown)] if unknown else []
    index = names.index(columns.UNIT)
    units = {columns.fold(cells[index]) for _line, cells in table.lines if index < len(cells)}
    return Caseload(parsed.rows, parsed.problems, notes, frozenset(units), parsed.faulty)


def _not_read(count: int) -> str:
    tell = ngettext(
        "%d column with another heading is not read.",
        "%d columns with other headings are not read.",
        count,
    )
    return tell % count


@transaction.atomic
def import_caseload(
    *,
    caseload: Caseload,
    actor: Employee | None,
    municipality: Municipality,
    apply: bool = False,
    valid_rows: bool = False,
) -> ImportReport:
    """Say what the caseload would change and, with `apply`, change it.

    Nothing is stored while any row has a problem, unless `valid_rows` asks for the others. The
    actor is a coordinator of the municipality, or None for the command line. Raises
    PermissionDenied.
    """
    if actor is not None and not guards.coordinates(actor, municipality.pk):
        raise PermissionDenied("A caseload is imported by the municipality's coordinator.")
    # One import at a time in a municipality: the plan holds what is stored against the file.
    Municipality.objects.select_for_update().get(pk=municipality.pk)
    plan = make_plan(caseload.rows, municipality=municipality, faulty=caseload.faulty)
    problems = [*caseload.problems, *plan.problems]
    plan.counts.rows += len({problem.line for problem in caseload.problems})
    report = ImportReport(
        plan.counts,
        sorted(problems),
        [*caseload.notes, *plan.notes],
        changes=sorted(plan.changes, key=attrgetter("order")),
    )
    if apply and (valid_rows or not problems):
        _store(plan, actor, municipality)
        report.applied = True
    return report


def municipality_of(caseload: Caseload) -> Municipality:
    """The one municipality that has the units of the file. Raises ImportRefused."""
    units = Unit.objects.select_related("municipality")
    found = {unit.municipality for unit in units if columns.fold(unit.name) in caseload.units}
    if len(found) != 1:
        raise ImportRefused(_("Say whose caseload it is: --as and a coordinator's user name."))
    return found.pop()


def _store(plan: ImportPlan, actor: Employee | None, municipality: Municipality) -> None:
    """Write the plan: in batches, with one audit entry for each case it touches."""
    touched = plan.touched
    _store_cases(plan, municipality)
    insert_rows(plan.beliefs)
    insert_rows(plan.actions)
    insert_rows(plan.strengths)
    audit.record(
        actor=actor,
        action="caseload.import",
        target=municipality,
        municipality_id=municipality.pk,
        rows=plan.counts.rows,
        cases=len(touched),
    )
    audit.record_many(
        actor=actor, action="case.import", targets=touched, municipality_id=municipality.pk
    )
    recompute(touched)


def _store_cases(plan: ImportPlan, municipality: Municipality) -> None:
    today = timezone.localdate()
    insert_rows(plan.new_cases)
    codes = [case.code for case in plan.new_cases]
    known = Case.objects.filter(municipality=municipality, code__in=codes)
    ids = dict(known.values_list("code", "pk"))
    for case in plan.new_cases:
        case.pk = ids[case.code]
    for belief in plan.beliefs:
        belief.case_id = belief.case.pk
    for action in plan.actions:
        action.case_id = action.case.pk
    for strength in plan.strengths:
        strength.case_id = strength.case.pk
    formers = dict(Case.objects.filter(pk__in=plan.handed).values_list("pk", "owner"))
    Case.objects.bulk_update(plan.changed.values(), CHANGED, batch_size=BATCH)
    present = CaseOwnership.objects.filter(case_id__in=plan.handed, until__isnull=True)
    present.filter(since__lte=today).update(until=today)
    insert_rows(CaseOwnership(case=c, employee=c.owner, since=c.started) for c in plan.new_cases)
    insert_rows(CaseOwnership(case=c, employee=c.owner, since=today) for c in plan.handed.values())
    people = Employee.objects.select_related("unit").in_bulk(set(formers.values()))
    given = CaseOwnership.objects.filter(case__in=formers, until__isnull=True)
    note_imported(
        (ownership, people[formers[ownership.case_id]])
        for ownership in given.select_related("employee__unit").order_by("pk")
    )
