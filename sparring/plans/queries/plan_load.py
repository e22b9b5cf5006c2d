"""How a plan's sessions are spread now, and whether it is still the plan that was proven."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, F, Q

from people.models import Employee
from sparring.colleagues.calendars import read_calendars
from sparring.enums import BROUGHT_THE_CASE, Answer, SessionState
from sparring.models import Participation, SparringPlan


@dataclass(frozen=True)
class Load:
    """How many sessions somebody has as a partner.

    Around the plan's days, in the plan, and how many more they can take.
    """

    employee: Employee
    before: int
    in_plan: int
    left: int


def load_now(plan: SparringPlan) -> list[Load]:
    """Everybody of the municipality who is in the plan or was asked for it, by name.

    Sessions before and capacity are those of the plan's day; sessions in it are counted now.
    Whoever was put in by hand, beyond what they wished, has no capacity left.
    """
    stored = {load.employee_id: (load.sessions_before, load.capacity) for load in plan.loads.all()}
    now = _sessions_now(plan)
    people = Employee.objects.in_bulk({*stored, *now})
    before = _sessions_before(plan, [people[pk] for pk in now if pk not in stored])
    known = {**stored, **{pk: (count, 0) for pk, count in before.items()}}
    loads = [
        Load(
            employee=people[pk],
            before=count,
            in_plan=now.get(pk, 0),
            left=max(capacity - now.get(pk, 0), 0),
        )
        for pk, (count, capacity) in known.items()
    ]
    return sorted(loads, key=lambda load: str(load.employee))


def _sessions_now(plan: SparringPlan) -> dict[int, int]:
    """Sessions as a partner, by the employee's id.

    A group session is one; guests are left out.
    """
    participations = (
        Participation.objects.filter(session__plan=plan, agreement__isnull=True)
        .exclude(Q(answer=Answer.NO) | Q(session__state=SessionState.CANCELLED))
        .exclude(role__in=BROUGHT_THE_CASE)
    )
    counted = participations.values(who=F("employee")).annotate(
        sessions=Count("session__calendar_uid", distinct=True)
    )
    return {row["who"]: row["sessions"] for row in counted.order_by()}


def _sessions_before(plan: SparringPlan, people: list[Employee]) -> dict[int, int]:
    """What else those have around the plan's days who were not asked for it."""
    if not people:
        return {}
    days = (plan.last_day - plan.first_day).days + 1
    own = plan.sessions.values_list("pk", flat=True)
    calendars = read_calendars(people, plan.first_day, days, ignoring=list(own))
    return {pk: len(calendar.partner_days) for pk, calendar in calendars.items()}
