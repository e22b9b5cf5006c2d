"""What happens to the demo's plans: a group session, somebody who is away, a draft to look at.

Everything goes through the domain's own functions.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from people.models import Employee
from people.roles import Role
from sparring.bookings.domain.absences import report_away
from sparring.bookings.domain.drafts import remove_from_plan
from sparring.bookings.domain.requests import OPEN_STATES, request_sparring
from sparring.demo.sessions import workday
from sparring.enums import Band, ParticipantRole, SessionState
from sparring.models import Case, Participation, SparringPlan, SparringSession
from sparring.plans.domain.join import join_sessions
from sparring.plans.domain.make_plan import make_plan
from sparring.plans.domain.publishing import publish_plan

# Where a caseworker coordinates, and where somebody is away.
PLANS, REPAIRS = "nadia.rahimi", "signe.vestergaard"
AHEAD, DAYS = timedelta(days=17), 7
QUESTIONS = (
    "Hvad ser I, som jeg er holdt op med at se?",
    "Hvem kunne tage det første skridt sammen med os?",
)


@transaction.atomic
def load() -> dict[str, int]:
    """Make what is missing; returns how many of each kind were made."""
    found = Employee.objects.select_related("unit__municipality")
    people = {row.username: row for row in found.filter(username__in=[PLANS, REPAIRS])}
    if len(people) < 2 or SparringPlan.objects.exists():
        return {"group sessions": 0, "away": 0, "drafts": 0}
    return {
        "group sessions": _group_session(people[PLANS]),
        "away": _away(people[REPAIRS]),
        "drafts": _draft(people[REPAIRS]),
    }


def _group_session(coordinator: Employee) -> int:
    """A week's plan, published: two caseworkers' cases one after the other in one session."""
    colleague = (
        Employee.objects.with_role(Role.CASEWORKER)
        .filter(unit=coordinator.unit)
        .exclude(pk=coordinator.pk)
        .order_by("pk")
        .first()
    )
    cases = [case for who in (coordinator, colleague) if who and (case := _due_case(who))]
    municipality = coordinator.municipality
    if len(cases) < 2 or municipality is None:
        return 0
    first_day = workday(timezone.localdate() + AHEAD, back=False)
    for case, question in zip(cases, QUESTIONS, strict=True):
        request_sparring(
            case=case,
            actor=case.owner,
            key_question=question,
            duration_minutes=40,
            deadline=first_day,
        )
    plan = make_plan(actor=coordinator, municipality=municipality, first_day=first_day, days=DAYS)
    parts_of = list(plan.sessions.filter(case__in=cases).order_by("pk"))
    if len(parts_of) == 2:
        join_sessions(actor=coordinator, first=parts_of[0], second=parts_of[1], confirmed=True)
    publish_plan(actor=coordinator, plan=plan)
    return int(len(parts_of) == 2)


def _due_case(owner: Employee) -> Case | None:
    """A case that is due without being urgent, so that the rest of the plan keeps its order."""
    due = Case.objects.active().filter(owner=owner, need__band=Band.HIGH)
    return due.exclude(requests__state__in=OPEN_STATES).order_by("code").first()


def _away(coordinator: Employee) -> int:
    """Who leads a session later this week is away that day; the repair is there to be looked at."""
    sessions = SparringSession.objects.filter(
        case__municipality=coordinator.municipality,
        state=SessionState.PLANNED,
        starts_at__date__gt=timezone.localdate(),
    ).order_by("starts_at")
    session = sessions.first()
    if session is None:
        return 0
    leads = Participation.objects.select_related("employee")
    participation = leads.get(session=session, role=ParticipantRole.FACILITATOR)
    day = timezone.localdate(session.starts_at)
    report_away(actor=coordinator, employee=participation.employee, first_day=day, last_day=day)
    return 1


def _draft(coordinator: Employee) -> int:
    """A draft with one session taken out: its page says what planning again would give."""
    municipality = coordinator.municipality
    if municipality is None:
        return 0
    first_day = workday(timezone.localdate() + AHEAD, back=False)
    plan = make_plan(
        actor=coordinator, municipality=municipality, first_day=first_day, days=2 * DAYS
    )
    last = plan.sessions.order_by("-starts_at", "-pk").first()
    if last is not None:
        remove_from_plan(actor=coordinator, session=last)
    return 1
