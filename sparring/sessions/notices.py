"""How the sparring room's short messages read (people.notices): when and what, never about whom.

Each is written when it goes out, and only while it holds and concerns its reader: who said no, was
replaced or handed the case over hears nothing more of it.
"""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kb.templatetags.ui import clock, weekday
from people.models import Employee
from people.notices import Line, register_notice
from sparring.beliefs.queries.actions import actions_of
from sparring.bookings.domain.outbox import DECLINED
from sparring.enums import Answer, CaseStatus, ParticipantRole, SessionState
from sparring.models import Case, Participation, SparringSession
from sparring.models.access_rule import lasting
from sparring.sessions.domain.reminders import AGREEMENT, ANSWER, FOLLOW_UP, OUTCOME, TALK
from sparring.sessions.queries.sessions import answerable, follow_ups_of
from sparring.shared.guards import coordinates


@register_notice(TALK)
def talk_line(employee: Employee, object_id: str) -> Line | None:
    place = _standing(employee, object_id)
    if place is None:
        return None
    text = _("Sparring %(day)s %(time)s") % _when(place.session)
    return Line(text, reverse("sparring:answer", args=[object_id]))


@register_notice(ANSWER)
def answer_line(employee: Employee, object_id: str) -> Line | None:
    place = _standing(employee, object_id)
    if place is None or place.answer != Answer.INVITED:
        return None
    text = _("A colleague waits for your yes or no: sparring %(day)s %(time)s")
    return Line(text % _when(place.session), reverse("sparring:answer", args=[object_id]))


@register_notice(DECLINED)
def declined_line(employee: Employee, object_id: str) -> Line | None:
    """To the case's caseworker and to coordinators, while the talk still stands."""
    session = (
        SparringSession.objects.filter(
            pk=object_id, state=SessionState.PLANNED, starts_at__gt=timezone.now()
        )
        .select_related("case")
        .first()
    )
    if session is None or not _may_find_another(employee, session.case):
        return None
    text = _("A colleague cannot come: sparring %(day)s %(time)s") % _when(session)
    return Line(text, reverse("sparring:index"))


@register_notice(OUTCOME)
def outcome_line(employee: Employee, object_id: str) -> Line | None:
    place = _place(employee, object_id)
    if place is None or place.session.state != SessionState.AWAITING_OUTCOME:
        return None
    if place.role == ParticipantRole.PRESENTER:
        text = _("The outcome is missing after your sparring %(day)s %(time)s")
    elif place.role == ParticipantRole.FACILITATOR:
        text = _("The outcome is still missing after the sparring you led %(day)s %(time)s")
    else:
        return None
    return Line(text % _when(place.session), reverse("sparring:talk", args=[object_id]))


@register_notice(FOLLOW_UP)
def follow_up_line(employee: Employee, object_id: str) -> Line | None:
    row = (
        follow_ups_of(employee)
        .filter(pk=object_id, done_at__isnull=True, dropped_because="")
        .exclude(outcome__session__case__status=CaseStatus.CLOSED)
        .first()
    )
    if row is None:
        return None
    text = _("Follow-up on an agreement, %(day)s") % {"day": weekday(row.due_on)}
    return Line(text, reverse("sparring:follow_up", args=[row.pk]))


@register_notice(AGREEMENT)
def agreement_line(employee: Employee, object_id: str) -> Line | None:
    row = (
        actions_of(employee)
        .filter(pk=object_id, done_on__isnull=True, ended_on__isnull=True)
        .exclude(case__status=CaseStatus.CLOSED)
        .select_related("case__owner", "responsible")
        .first()
    )
    if row is None or answerable(row) != employee:
        return None
    text = _("An agreement of yours has its deadline %(day)s") % {"day": weekday(row.deadline)}
    return Line(text, reverse("sparring:index"))


def _may_find_another(employee: Employee, case: Case) -> bool:
    return case.owner_id == employee.pk or coordinates(employee, case.municipality_id)


def _place(employee: Employee, session_id: str) -> Participation | None:
    places = Participation.objects.filter(lasting(), session=int(session_id), employee=employee)
    return places.select_related("session").first()


def _standing(employee: Employee, session_id: str) -> Participation | None:
    """The person's place in a planned talk ahead."""
    place = _place(employee, session_id)
    if place is None or not place.holds_time or place.session.state != SessionState.PLANNED:
        return None
    return place if place.session.starts_at > timezone.now() else None


def _when(session: SparringSession) -> dict[str, str]:
    return {"day": weekday(session.starts_at), "time": clock(session.starts_at)}
