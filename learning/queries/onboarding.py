"""How far somebody is with their unit's list, and how far a unit is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from learning.enums import OnboardingKind
from learning.first_sessions import first_sessions_of
from learning.models import Certificate, EthicsConfirmation, OnboardingItem
from learning.queries.ethics import YEAR, current_statement
from people.models import Employee
from privacy.suppression import THRESHOLD, telling

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from people.models import Unit


@dataclass(frozen=True)
class Line:
    """One line of the list for one person: until when, and whether it is done."""

    item: OnboardingItem
    due_on: date
    done: bool

    @property
    def late(self) -> bool:
        return not self.done and self.due_on < timezone.localdate()


@dataclass(frozen=True)
class Coverage:
    """One line for a whole unit; `count` is None where it would tell of somebody."""

    item: OnboardingItem
    people: int
    count: int | None


def _of_unit(unit_id: int | None) -> QuerySet[OnboardingItem]:
    """The lines of a unit's list that ask for nothing readers cannot see."""
    items = OnboardingItem.objects.filter(unit=unit_id).exclude(programme__live=False)
    return items.select_related("programme")


def lines_of(employee: Employee) -> list[Line]:
    """The list of the person's unit, in its order; empty without a unit."""
    items = _of_unit(employee.unit_id)
    start = timezone.localdate(employee.date_joined)
    return [
        Line(item, start + timedelta(weeks=item.weeks), employee.pk in done_by(item, [employee.pk]))
        for item in items
    ]


def done_by(item: OnboardingItem, employees: Iterable[int]) -> set[int]:
    """Which of these people have done what the line asks for, as it holds today."""
    employees, today = list(employees), timezone.localdate()
    match item.kind:
        case OnboardingKind.PROGRAMME:
            held = Certificate.objects.valid_on(today).filter(programme=item.programme_id)
            return set(held.filter(employee__in=employees).values_list("employee", flat=True))
        case OnboardingKind.ETHICS:
            confirmed = EthicsConfirmation.objects.filter(
                statement=current_statement(), confirmed_on__gt=today - YEAR
            )
            return set(confirmed.filter(employee__in=employees).values_list("employee", flat=True))
        case _:
            return set(first_sessions_of(employees))


def coverage_of(unit: Unit) -> list[Coverage] | None:
    """How many of a unit's people have done each line; None where the unit is too small to say.

    Nobody is named and nothing is ordered by people. A count is left out where it, or what is left
    of the unit, is below the limit.
    """
    employees = list(
        Employee.objects.filter(unit=unit, is_active=True).values_list("pk", flat=True)
    )
    limit = max(THRESHOLD, unit.suppression_threshold)
    if len(employees) < limit:
        return None
    rows = []
    for item in _of_unit(unit.pk):
        count = len(done_by(item, employees))
        hidden = telling(count, len(employees), threshold=limit)
        rows.append(Coverage(item, len(employees), None if hidden else count))
    return rows
