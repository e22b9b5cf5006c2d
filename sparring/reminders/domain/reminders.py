"""Reminders before something is due, and of what is missing (docs/domain.md B2).

The system hands them in by itself, every hour. Run again, or twice at a time, nothing more comes:
a reminder's key exists once. Days are Danish working days
(people/working_days.py: neither weekends nor the days on which a municipality is closed).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from people.domain.notifications import notify_all
from people.models import Employee, Notification
from people.working_days import working_days_after, working_days_since
from sparring.enums import Answer, CaseStatus, ParticipantRole, SessionState
from sparring.models import Action, FollowUp, Participation
from sparring.models.access_rule import access_is_active
from sparring.sessions.queries.sessions import answerable

if TYPE_CHECKING:
    from django.db import models

# Working days.
BEFORE_DUE = 2
ANSWER_BEFORE = 3
TELL_PRESENTER_AFTER = 3
TELL_LEADER_AFTER = 6
FAR_AHEAD = timedelta(days=14)  # more than any of these, closed days included
COUNTS_LONGEST = timedelta(days=60)

RESPONSIBLE = ("outcome__action__responsible", "outcome__action__case__owner")


def remind(*, at: datetime | None = None) -> int:
    """Hand in every reminder that is due and new; return how many."""
    now = at or timezone.now()
    return len(
        notify_all(
            [
                *_sessions(now),
                *_answers(now),
                *_outcomes(now),
                *_follow_ups(now),
                *_agreements(now),
            ]
        )
    )


def _sessions(now: datetime) -> Iterator[Notification]:
    """Remind of a session on the next working day, once for each time it has.

    Not where it was booked today.
    """
    today = timezone.localdate(now)
    next_day = working_days_after(today, 1)
    for participation in _participations(now).filter(session__created_at__lt=_midnight(today)):
        if today < timezone.localdate(participation.session.starts_at) <= next_day:
            yield _about(participation, "sparring.session_ahead")


def _answers(now: datetime) -> Iterator[Notification]:
    """Remind of an invitation without an answer shortly before the session.

    Only when a working day has gone by.
    """
    today = timezone.localdate(now)
    for participation in _participations(now).filter(answer=Answer.INVITED):
        asked = timezone.localdate(participation.session.created_at)
        day = timezone.localdate(participation.session.starts_at)
        if working_days_since(asked, today) and working_days_since(today, day) <= ANSWER_BEFORE:
            yield _about(participation, "sparring.unanswered")


def _outcomes(now: datetime) -> Iterator[Notification]:
    """A missing outcome: whoever brought the case is told, later whoever led; each once."""
    today = timezone.localdate(now)
    participations = Participation.objects.filter(
        session__state=SessionState.AWAITING_OUTCOME,
        session__ends_at__gt=now - COUNTS_LONGEST,
        role__in=(ParticipantRole.PRESENTER, ParticipantRole.FACILITATOR),
    ).filter(access_is_active())
    for participation in participations.select_related("session", "employee"):
        presents = participation.role == ParticipantRole.PRESENTER
        days = working_days_since(timezone.localdate(participation.session.ends_at), today)
        if days > (TELL_PRESENTER_AFTER if presents else TELL_LEADER_AFTER):
            yield _reminder(
                participation.employee,
                "sparring.outcome_missing",
                participation.session_id,
                participation.role,
            )


def _follow_ups(now: datetime) -> Iterator[Notification]:
    """A follow-up that is due within two working days, to those who can answer it."""
    today = timezone.localdate(now)
    rows = FollowUp.objects.filter(
        due_on__range=(today, today + FAR_AHEAD), done_at__isnull=True, dropped_because=""
    ).exclude(outcome__session__case__status=CaseStatus.CLOSED)
    for row in rows.select_related("outcome__session__case__owner", *RESPONSIBLE):
        if working_days_since(today, row.due_on) <= BEFORE_DUE:
            for person in {row.outcome.session.case.owner, answerable(row.outcome.action)}:
                yield _reminder(person, "sparring.follow_up_due", row.pk, row.due_on)


def _agreements(now: datetime) -> Iterator[Notification]:
    """An agreed action whose deadline comes within two working days, to who is to see to it."""
    today = timezone.localdate(now)
    rows = Action.objects.filter(
        deadline__range=(today, today + FAR_AHEAD), done_on__isnull=True, ended_on__isnull=True
    ).exclude(case__status=CaseStatus.CLOSED)
    for row in rows.select_related("case__owner", "responsible"):
        if row.deadline and working_days_since(today, row.deadline) <= BEFORE_DUE:
            person = answerable(row)
            yield _reminder(person, "sparring.deadline_near", row.pk, row.deadline)


def _participations(now: datetime) -> models.QuerySet[Participation]:
    """Participations in planned sessions ahead.

    Of a group session only the first: its people are the same.
    """
    return (
        Participation.objects.filter(
            session__starts_at__gt=now,
            session__starts_at__lt=now + FAR_AHEAD,
            session__state=SessionState.PLANNED,
            session__follows__isnull=True,
            holds_time=True,
        )
        .exclude(answer=Answer.NO)
        .select_related("session", "employee")
        .order_by("session__starts_at", "pk")
    )


def _about(participation: Participation, kind: str) -> Notification:
    """Anew when the session has been moved."""
    session = participation.session
    return _reminder(participation.employee, kind, session.pk, session.calendar_sequence)


def _reminder(employee: Employee, kind: str, object_id: int, stage: object) -> Notification:
    """`stage` tells apart what may come anew."""
    return Notification(
        employee=employee,
        kind=kind,
        object_id=str(object_id),
        key=f"{kind}:{object_id}:{stage}:{employee.pk}",
    )


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
