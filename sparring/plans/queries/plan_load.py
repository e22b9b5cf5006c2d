"""How the sessions of a plan's days are spread now: counted from what stands, never stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Prefetch

from sparring.colleagues.calendars import read_calendars
from sparring.colleagues.constraints import candidates
from sparring.enums import BROUGHT_THE_CASE, Answer, PlanState, SessionState
from sparring.models import Participation, SparringPlan, SparringSession

if TYPE_CHECKING:
    from people.models import Employee


@dataclass(frozen=True)
class Load:
    """How many sessions somebody has as a partner.

    Around the plan's days, in the plan, and how many more they can take in its days.
    """

    employee: Employee
    before: int
    in_plan: int
    left: int


def load_now(plan: SparringPlan) -> list[Load]:
    """Everybody of the municipality who is in the plan or could be asked for it, by name.

    Counted from the limits, calendars and sessions of this moment; a plan that was thrown away
    has none. Guests are left out: their days are their own municipality's. A group session is one.
    """
    if plan.state == PlanState.DISCARDED:
        return []
    sessions = _sessions(plan)
    seats = [(session, seat) for session in sessions for seat in _seats(session)]
    people = {person.pk: person for person in candidates(plan.municipality_id)}
    people |= {seat.employee_id: seat.employee for _session, seat in seats}
    days = (plan.last_day - plan.first_day).days + 1
    ignored = [session.pk for session in sessions]
    calendars = read_calendars(people.values(), plan.first_day, days, ignoring=ignored)
    before = {pk: len(calendar.partner_days) for pk, calendar in calendars.items()}
    in_plan: dict[int, set[UUID]] = {pk: set() for pk in people}
    for session, seat in seats:
        calendars[seat.employee_id].take(session.starts_at, session.ends_at, as_partner=True)
        in_plan[seat.employee_id].add(session.calendar_uid)
    dates = [plan.first_day + timedelta(days=number) for number in range(days)]
    loads = [
        Load(person, before[pk], len(in_plan[pk]), calendars[pk].capacity(dates))
        for pk, person in people.items()
    ]
    shown = [load for load in loads if load.before or load.in_plan or load.left]
    return sorted(shown, key=lambda load: str(load.employee))


def _sessions(plan: SparringPlan) -> list[SparringSession]:
    """The plan's sessions that are not called off, with their places."""
    participations = Participation.objects.select_related("employee__unit").order_by("pk")
    return list(
        plan.sessions.exclude(state=SessionState.CANCELLED)
        .prefetch_related(Prefetch("participations", participations))
        .order_by("starts_at", "pk")
    )


def _seats(session: SparringSession) -> list[Participation]:
    """Who comes as a partner; guests and who has said no are left out."""
    return [
        seat
        for seat in session.participations.all()
        if seat.role not in BROUGHT_THE_CASE
        and seat.answer != Answer.NO
        and seat.agreement_id is None
    ]
