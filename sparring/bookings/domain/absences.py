"""Somebody is away: their seats in booked sessions are given up at once, and wait to be repaired.

Being away is no answer to a request, so it is not remembered as a no. Their own sessions stand
until the repair moves them, or the coordinator leaves them as they are.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.domain.availability import add_absence
from people.enums import AbsenceKind
from sparring.enums import Answer, ParticipantRole, SessionState
from sparring.models import Participation, SparringSession
from sparring.models.session_formats import PART_LENGTH
from sparring.shared import guards
from sparring.shared.case_audit import record

from .booking import call_off
from .invitations import coordinators
from .outbox import post
from .sessions import (
    add_missing,
    changed,
    choose_other_facilitator,
    locked_session,
    participations_of,
)

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from people.models import Absence, Employee


@transaction.atomic
def report_away(*, actor: Employee, employee: Employee, first_day: date, last_day: date) -> Absence:
    """Say that somebody is away, ill or not; their booked sessions are given up with it.

    One's own absence, or a colleague's as the municipality's coordinator: PermissionDenied else;
    ValidationError for a period that ends before it begins.
    """
    if last_day < first_day:
        raise ValidationError({"last_day": _("The last day comes before the first.")})
    return add_absence(
        actor=actor,
        employee=employee,
        kind=AbsenceKind.AWAY,
        first_day=first_day,
        last_day=last_day,
    )


@transaction.atomic
def release_sessions(*, actor: Employee, absence: Absence) -> list[SparringSession]:
    """Free the absent person's seats in the period and mark their own sessions; tell who must know.

    Called for every absence that is registered, in its transaction; quiet for follow-ups only.
    """
    if actor.pk != absence.employee_id and not guards.coordinates(
        actor, absence.employee.municipality_id
    ):
        raise PermissionDenied("Only one's own absence.")
    if absence.kind != AbsenceKind.AWAY:
        return []
    now = timezone.now()
    _locked_sessions(absence)  # all of them first, in their order
    for session in _locked_sessions(absence, length=PART_LENGTH, case__owner=absence.employee_id):
        call_off(session)  # no group session without one of its two caseworkers
        record(session, actor, "session.cancel")
    found = _locked_sessions(absence)
    for session in found:
        participation = session.participations.get(employee=absence.employee_id, holds_time=True)
        if participation.role == ParticipantRole.PRESENTER:
            session.presenter_away = True
            session.save(update_fields=["presenter_away"])
            notified = coordinators(session, absence.employee)
        else:
            _free(participation, now)
            add_missing(session, int(session.length != PART_LENGTH))
            choose_other_facilitator(participations_of(session))
            post(session, [absence.employee], "sparring.cancelled")
            notified = [session.case.owner, *coordinators(session, absence.employee)]
        record(session, actor, "session.away", employee=absence.employee_id)
        changed(session)
        post(session, [person for person in notified if person.pk != actor.pk], "sparring.declined")
    return found


def _locked_sessions(absence: Absence, **only: Any) -> list[SparringSession]:
    """The sessions of the absence that still are once their rows are locked.

    Whoever was waited for may have freed the same seat, or called the session off.
    """
    locked = [locked_session(session) for session in _sessions_in(absence).filter(**only)]
    still = set(_sessions_in(absence).filter(**only).values_list("pk", flat=True))
    return [session for session in locked if session.pk in still]


def _sessions_in(absence: Absence) -> QuerySet[SparringSession]:
    """Planned sessions the person has a seat in, on days of the period that lie ahead."""
    participations = Participation.objects.filter(employee=absence.employee_id, holds_time=True)
    return (
        SparringSession.objects.filter(
            pk__in=participations.values("session"),
            state=SessionState.PLANNED,
            starts_at__gt=timezone.now(),
            starts_at__date__range=(absence.first_day, absence.last_day),
        )
        .select_related("case__unit", "case__owner")
        .order_by("case", "pk")
    )


def _free(participation: Participation, now: datetime) -> None:
    participation.answer, participation.answered_at = Answer.NO, now
    participation.holds_time, participation.access_until = False, now
    participation.save(update_fields=["answer", "answered_at", "holds_time", "access_until"])
