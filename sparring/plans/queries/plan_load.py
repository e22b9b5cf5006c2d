"""How a plan's talks are spread now, and whether it is still the plan that was proven."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, F, Q

from people.models import Employee
from sparring.colleagues.calendars import read_calendars
from sparring.enums import BROUGHT_THE_CASE, Answer, SessionState
from sparring.models import Participation, SparringPlan


def load_now(plan: SparringPlan) -> list[dict[str, Any]]:
    """Everybody of the municipality who is in the plan or was asked for it, by name.

    Talks before and room are those of the plan's day; talks in it are counted now. Whoever was put
    in by hand, beyond what they wished, has no room left.
    """
    rows = {row["employee"]: dict(row) for row in plan.certificate.get("load", ())}
    now = _talks_now(plan)
    people = Employee.objects.in_bulk({*rows, *now})
    before = _talks_before(plan, [people[pk] for pk in now if pk not in rows])
    for pk in before:
        rows[pk] = {"employee": pk, "before": before[pk], "room": 0}
    for pk, row in rows.items():
        row["in_plan"] = now.get(pk, 0)
        row["left"] = max(row["room"] - row["in_plan"], 0)
        row["name"] = str(people[pk])
    return sorted(rows.values(), key=lambda row: str(row["name"]))


def _talks_now(plan: SparringPlan) -> dict[int, int]:
    """Talks as a colleague, by the employee's id; a group talk is one, guests are left out."""
    places = (
        Participation.objects.filter(session__plan=plan, agreement__isnull=True)
        .exclude(Q(answer=Answer.NO) | Q(session__state=SessionState.CANCELLED))
        .exclude(role__in=BROUGHT_THE_CASE)
    )
    counted = places.values(who=F("employee")).annotate(
        talks=Count("session__calendar_uid", distinct=True)
    )
    return {row["who"]: row["talks"] for row in counted.order_by()}


def _talks_before(plan: SparringPlan, people: list[Employee]) -> dict[int, int]:
    """What else those have around the plan's days who were not asked for it."""
    if not people:
        return {}
    days = (plan.last_day - plan.first_day).days + 1
    own = plan.sessions.values_list("pk", flat=True)
    calendars = read_calendars(people, plan.first_day, days, ignoring=list(own))
    return {pk: len(calendar.seats) for pk, calendar in calendars.items()}
