"""What an import would change: each row held against what is stored already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from people.models import Employee, Municipality, Unit
from renewal import local_date
from sparring.beliefs.domain.beliefs import build_belief
from sparring.enums import BeliefSetting, CaseStatus, StrengthSource
from sparring.models import Action, Belief, Case, Strength, TargetGroup
from sparring.shared import guards

from . import changes, columns
from .report import Counts, Problem

if TYPE_CHECKING:
    from .rows import BeliefCell, ImportRow, Lookup

# A belief of the file has a day and no hour: noon is that day in any time zone we meet.
NOON = time(12)
RELATIONS = frozenset({"unit", "owner", "target_group"})


@dataclass
class ImportPlan:
    """Rows to write, none of them saved. `handed` are cases with a new owner."""

    counts: Counts = field(default_factory=Counts)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    new_cases: list[Case] = field(default_factory=list)
    changed: dict[int, Case] = field(default_factory=dict)
    handed: dict[int, Case] = field(default_factory=dict)
    beliefs: list[Belief] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    strengths: list[Strength] = field(default_factory=list)
    changes: list[changes.Change] = field(default_factory=list)

    @property
    def touched(self) -> list[Case]:
        """Every case that the plan changes anything about, once."""
        added: tuple[Sequence[Belief | Action | Strength], ...] = (
            self.beliefs, self.actions, self.strengths,
        )  # fmt: skip
        with_more = (row.case for rows in added for row in rows)
        return list(
            {
                case.code: case for case in [*self.new_cases, *self.changed.values(), *with_more]
            }.values()
        )


def make_plan(
    rows: Sequence[ImportRow],
    *,
    municipality: Municipality,
    faulty: Sequence[Lookup] = (),
    today: date | None = None,
) -> ImportPlan:
    """Hold the rows against the municipality's records, in nine queries.

    A row with a unit, caseworker or target group that is not ours becomes a problem. What is stored
    already is left alone, so the same file twice changes nothing. `faulty` lines are looked up too,
    so that all their problems are told at once.
    """
    planner = _Planner(rows, municipality, today or timezone.localdate())
    for line in faulty:
        planner.look_up(line)
    return planner.plan()


class _Planner:
    def __init__(self, rows: Sequence[ImportRow], municipality: Municipality, today: date) -> None:
        self.rows, self.municipality, self.today = rows, municipality, today
        self.result = ImportPlan()
        self.units = {
            columns.fold(unit.name): unit for unit in Unit.objects.filter(municipality=municipality)
        }
        self.groups = _by_names(TargetGroup.objects.all(), "code", "label")
        staff = Employee.objects.in_municipality(municipality.pk).filter(is_active=True)
        self.staff = _by_names(staff, "username", "email")
        codes = [row.code for row in rows]
        known = Case.objects.filter(municipality=municipality, code__in=codes)
        known = known.select_related("owner", "unit", "target_group")
        self.cases = {case.code: case for case in known}
        ids = [case.pk for case in self.cases.values()]
        self.beliefs = _stored_beliefs(ids)
        self.actions = _stored_actions(ids)
        self.strengths = _stored_strengths(ids)

    def plan(self) -> ImportPlan:
        """Look at every row in turn."""
        self.result.counts.rows = len(self.rows)
        for row in self.rows:
            self._row(row)
        return self.result

    def look_up(
        self, row: ImportRow | Lookup
    ) -> tuple[Unit | None, Employee | None, TargetGroup | None]:
        """Find what the row names in our lists; what is not there becomes a problem."""
        return (
            self._unit(row) if row.unit else None,
            self._owner(row) if row.employee else None,
            self._group(row) if row.target_group else None,
        )

    def _row(self, row: ImportRow) -> None:
        unit, owner, group = self.look_up(row)
        if unit is None or owner is None or group is None:
            return
        case = self.cases.get(row.code)
        if case is not None and case.status == CaseStatus.CLOSED:
            tell = _("Line %d: the case is closed here and is left as it is.")
            self.result.notes.append(tell % row.line)
            self.result.counts.unchanged += 1
            return
        is_new = case is None
        beliefs = self._new_beliefs(row, case)
        if beliefs is None:
            return
        wanted = _wanted(row, unit, owner, group)
        if case is None:
            case = Case(municipality=self.municipality, code=row.code, **wanted)
            self.result.new_cases.append(case)
            self.result.counts.new_cases += 1
            self.result.changes.append(changes.new_case(row.line, case))
        changed = not is_new and self._change(case, wanted, row.line)
        added = self._add_beliefs(case, beliefs, row.line) + self._add_action(case, row)
        added += self._add_strengths(case, row)
        if not (is_new or changed or added):
            self.result.counts.unchanged += 1

    def _unit(self, row: ImportRow | Lookup) -> Unit | None:
        unit = self.units.get(columns.fold(row.unit))
        if unit is None:
            names = ", ".join(sorted(other_unit.name for other_unit in self.units.values()))
            self._problem(
                row, columns.UNIT, _("There is no such unit here. Write one of: %s.") % names
            )
        return unit

    def _owner(self, row: ImportRow | Lookup) -> Employee | None:
        owner = self.staff.get(columns.fold(row.employee))
        if owner is None or not guards.can_own(owner, self.municipality.pk):
            tell = _("There is no such caseworker here. Write the user name or the mail address.")
            self._problem(row, columns.EMPLOYEE, tell)
            return None
        return owner

    def _group(self, row: ImportRow | Lookup) -> TargetGroup | None:
        group = self.groups.get(columns.fold(row.target_group))
        if group is None:
            labels = ", ".join(sorted({other_group.label for other_group in self.groups.values()}))
            tell = _("There is no such target group. Write one of: %s.")
            self._problem(row, columns.GROUP, tell % labels)
        return group

    def _problem(self, row: ImportRow | Lookup, column: str, text: str) -> None:
        self.result.problems.append(Problem(row.line, column, text))

    def _new_beliefs(self, row: ImportRow, case: Case | None) -> list[BeliefCell] | None:
        """The row's beliefs that are not stored; None when one contradicts what is."""
        if case is None:
            return list(row.beliefs)
        fresh = []
        for cell in row.beliefs:
            stored = self.beliefs[case.pk, cell.by_role, cell.on]
            if not stored:
                fresh.append(cell)
            elif (cell.value, cell.because) not in stored:
                names = columns.CASEWORKER_BELIEF, columns.CITIZEN_BELIEF
                column = names[cell.by_role == "citizen"][0]
                tell = _("Another belief of that day is registered. Correct it on the case's page.")
                self._problem(row, column, tell)
                return None
        return fresh

    def _change(self, case: Case, wanted: Mapping[str, Any], line: int) -> bool:
        """Write what differs on the case; say whether anything did."""
        different = {name for name, value in wanted.items() if _stored(case, name) != _key(value)}
        self.result.changes += changes.field_changes(line, case, wanted, different)
        for name, value in wanted.items():
            setattr(case, name, value)
        if not different:
            return False
        if "owner" in different:
            self.result.handed[case.pk] = case
        self.result.changed[case.pk] = case
        self.result.counts.changed_cases += 1
        return True

    def _add_beliefs(self, case: Case, cells: Sequence[BeliefCell], line: int) -> int:
        rows = [
            build_belief(
                case=case,
                by_role=cell.by_role,
                by_employee=case.owner,
                value=cell.value,
                because=cell.because,
                setting=BeliefSetting.IMPORT,
                registered_at=min(
                    timezone.make_aware(datetime.combine(cell.on, NOON)), timezone.now()
                ),
            )
            for cell in cells
        ]
        self.result.beliefs += rows
        self.result.changes += [
            changes.new_belief(line, belief, cell.on)
            for belief, cell in zip(rows, cells, strict=True)
        ]
        self.result.counts.new_beliefs += len(rows)
        return len(rows)

    def _add_action(self, case: Case, row: ImportRow) -> int:
        if row.action is None or row.action in self.actions.get(case.pk, ()):
            return 0
        kind, day = row.action
        dated = {"planned_for": day} if day > self.today else {"started_on": day}
        action = Action(case=case, kind=kind, **dated)
        self.result.actions.append(action)
        self.result.changes.append(changes.new_action(row.line, action))
        self.result.counts.new_actions += 1
        return 1

    def _add_strengths(self, case: Case, row: ImportRow) -> int:
        """Those that are not written yet; who said so, no file tells."""
        known = self.strengths.get(case.pk, set())
        rows = [
            Strength(case=case, text=text, source=StrengthSource.UNSTATED, noted_on=self.today)
            for text in row.strengths
            if text.lower() not in known
        ]
        self.result.strengths += rows
        if rows:
            self.result.changes.append(changes.new_strengths(row.line, case.code, len(rows)))
        return len(rows)


def _stored_strengths(ids: Sequence[int]) -> dict[int, set[str]]:
    """What is written of each case, in lower case."""
    found: dict[int, set[str]] = {}
    for case_id, text in Strength.objects.filter(case__in=ids).values_list("case", "text"):
        found.setdefault(case_id, set()).add(text.lower())
    return found


def _wanted(row: ImportRow, unit: Unit, owner: Employee, group: TargetGroup) -> dict[str, Any]:
    """The case's fields as the file has them; what the file does not say is not in it."""
    wanted: dict[str, Any] = {
        "unit": unit,
        "owner": owner,
        "target_group": group,
        "started": row.started,
    }
    if row.contact_form is not None:
        wanted["contact_form"] = row.contact_form
    return wanted


def _stored(case: Case, name: str) -> Any:
    """What the case has there; of a relation its key, which no query is needed for."""
    return getattr(case, f"{name}_id" if name in RELATIONS else name)


def _key(value: Any) -> Any:
    return value.pk if isinstance(value, models.Model) else value


def _by_names(rows: Iterable[Any], *fields: str) -> dict[str, Any]:
    """Rows by each of their names, folded; rows without a name are left out."""
    return {
        columns.fold(name): row for row in rows for field in fields if (name := getattr(row, field))
    }


def _stored_beliefs(ids: Sequence[int]) -> dict[tuple[int, str, date], set[tuple[int, str]]]:
    """Value and reason of what is stored, by case, role and local day."""
    found: dict[tuple[int, str, date], set[tuple[int, str]]] = defaultdict(set)
    rows = Belief.objects.filter(case_id__in=ids).order_by()
    for case, role, at, value, because in rows.values_list(
        "case_id", "by_role", "registered_at", "value", "because"
    ):
        found[case, role, local_date(at)].add((value, because))
    return found


def _stored_actions(ids: Sequence[int]) -> dict[int, set[tuple[str, date]]]:
    """Kind and day (begun, or planned for) of the actions that are stored, by case."""
    found: dict[int, set[tuple[str, date]]] = defaultdict(set)
    rows = Action.objects.filter(case_id__in=ids).order_by()
    for case, kind, planned, started in rows.values_list(
        "case_id", "kind", "planned_for", "started_on"
    ):
        found[case].update((kind, day) for day in (planned, started) if day)
    return found
