"""What a team lacks, for its leader: five numbers, each with what to do; and how its sessions go.

Counts of cases and sessions, never of or about an employee (docs/domain.md C). Each is shown only
where neither it nor the rest of what it is counted among is small.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from people.roles import Right
from people.thresholds import smallest_shown
from people.working_days import is_working_day
from privacy.suppression import telling
from renewal import Rule
from sparring.enums import CaseStatus, SessionState
from sparring.handovers.queries.handovers import WITHIN
from sparring.models import Case, Handover, SparringSession, StoryUse

if TYPE_CHECKING:
    from people.models import Employee, Unit

WINDOW = timedelta(days=90)
HELD = (SessionState.RUNNING, SessionState.AWAITING_OUTCOME, SessionState.CLOSED)


@dataclass(frozen=True)
class Lack:
    """How many cases lack something, None where that could tell of few; and what to do about it."""

    label: Any
    to_do: Any
    count: int | None


@dataclass(frozen=True)
class UnitLacks:
    """What lacks, of the unit's active cases; and the sessions of `WINDOW`."""

    lacks: list[Lack]
    held: int | None
    cancelled: int | None
    with_a_story: int | None
    smallest: int


# The rule that hits a case, what it is called here, and what a leader can do about it.
_BY_RULE: tuple[tuple[Rule, Any, Any], ...] = (
    (
        Rule.INACTION,
        _("The caseworker believes, and nothing has been done for half a year"),
        _("Ask at the next meeting: what could happen tomorrow without asking anybody?"),
    ),
    (
        Rule.NO_COMPANY,
        _("No workplace has been tried"),
        _("Invite the company consultant to the meeting with three places that could be called."),
    ),
    (
        Rule.CITIZEN_NOT_ASKED,
        _("The citizen has not been asked for half a year"),
        _("Agree to ask everybody whom you meet this month."),
    ),
    (
        Rule.STALE,
        _("The belief is old"),
        _("Set half an hour aside in which everybody goes through theirs, one by one."),
    ),
)


def unit_lacks(employee: Employee, today: date) -> UnitLacks | None:
    """The team leader's unit; None for whoever leads none. Two queries."""
    unit = employee.unit
    if unit is None or not employee.may(Right.SEE_UNIT):
        return None
    smallest = smallest_shown([unit])
    return UnitLacks(
        lacks=_lacks(unit, today, smallest),
        smallest=smallest,
        **_sessions(unit, today, smallest),
    )


def _lacks(unit: Unit, today: date, smallest: int) -> list[Lack]:
    late = Handover.objects.filter(
        ownership__case=OuterRef("pk"),
        ownership__until__isnull=True,
        ownership__since__lt=_days_back(today),
    ).exclude(meeting__state="held")
    counted = {
        rule.name.lower(): Count("pk", filter=Q(need__hits__contains=[{"code": rule}]))
        for rule, _label, _to_do in _BY_RULE
    }
    cases = Case.objects.filter(unit=unit, status=CaseStatus.ACTIVE)
    found = cases.annotate(is_late=Exists(late)).aggregate(
        total=Count("pk"), late=Count("pk", filter=Q(is_late=True)), **counted
    )
    total = found["total"]
    rows = [(label, to_do, found[rule.name.lower()]) for rule, label, to_do in _BY_RULE]
    rows.append(
        (
            _("Handed over more than ten working days ago, and the two have not talked"),
            _("Ask the two to take ten minutes on the phone this week."),
            found["late"],
        )
    )
    return [Lack(label, to_do, _shown(count, total, smallest)) for label, to_do, count in rows]


def _sessions(unit: Unit, today: date, smallest: int) -> dict[str, int | None]:
    since = today - WINDOW
    used = StoryUse.objects.filter(session=OuterRef("pk"))
    found = (
        SparringSession.objects.filter(case__unit=unit, starts_at__date__range=(since, today))
        .annotate(has_story=Exists(used))
        .aggregate(
            total=Count("pk", filter=Q(state__in=[*HELD, SessionState.CANCELLED])),
            held=Count("pk", filter=Q(state__in=HELD)),
            cancelled=Count("pk", filter=Q(state=SessionState.CANCELLED)),
            used=Count("pk", filter=Q(state__in=HELD, has_story=True)),
        )
    )
    total, held = found["total"], found["held"]
    return {
        "held": _shown(held, total, smallest),
        "cancelled": _shown(found["cancelled"], total, smallest),
        "with_a_story": _shown(found["used"], held, smallest),
    }


def _shown(count: int, total: int, smallest: int) -> int | None:
    """The count, unless it or what is left of the total could point at somebody."""
    return None if total < smallest or telling(count, total, threshold=smallest) else count


def _days_back(today: date) -> date:
    """The day that many working days before today."""
    day, left = today, WITHIN
    while left:
        day -= timedelta(days=1)
        left -= is_working_day(day)
    return day
