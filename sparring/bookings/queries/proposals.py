"""What a draft proposes to whoever brings the case, and the weeks they have said no to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from django.utils import timezone

from renewal import local_date
from sparring.colleagues.calendars import WEEK, monday_of
from sparring.enums import PlanState, SessionState
from sparring.models import Case, DeclinedWeek, SparringSession

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from people.models import Employee


@dataclass(frozen=True)
class ProposedWeek:
    """The sessions that a draft proposes to one presenter in one week, in the order of time."""

    monday: date
    sessions: list[SparringSession]


def my_proposals(employee: Employee) -> QuerySet[SparringSession]:
    """The proposals that bring somebody's own cases: time and case, no colleague yet."""
    return (
        SparringSession.objects.filter(
            state=SessionState.PROPOSED,
            plan__state=PlanState.DRAFT,
            case__in=Case.objects.owned_by(employee).values("pk"),
            starts_at__gt=timezone.now(),
        )
        .select_related("case", "plan")
        .order_by("starts_at", "pk")
    )


def proposed_weeks(employee: Employee) -> list[ProposedWeek]:
    """The same by week; one query."""
    weeks = groupby(my_proposals(employee), key=lambda row: monday_of(local_date(row.starts_at)))
    return [ProposedWeek(monday, list(sessions)) for monday, sessions in weeks]


def declined_weeks(employee: Employee) -> QuerySet[DeclinedWeek]:
    """The weeks somebody has said no to that are not over."""
    earliest = timezone.localdate() - timedelta(days=WEEK)
    return DeclinedWeek.objects.filter(employee=employee, monday__gt=earliest)
