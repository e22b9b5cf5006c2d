"""The sessions that stand in somebody's own calendar, also those that are off."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from people.mails import absolute, host
from sparring.bookings.ics import FeedSession, session_uid
from sparring.enums import Answer, SessionState
from sparring.models import Participation
from sparring.models.access_rule import belongs, in_calendar

if TYPE_CHECKING:
    from people.models import Employee

SHOWN_AFTER = timedelta(days=30)
CANCELLED_SHOWN_AFTER = timedelta(days=14)


def feed_sessions(employee: Employee) -> list[FeedSession]:
    """The sessions in somebody's feed, from 30 days back on, while access lasts.

    What was called off or declined stays until 14 days after its time.

    One query. The two cases of a group session are one entry. Where a place's text names the case
    it is left out.
    """
    now = timezone.now()
    entries: dict[UUID, list[Participation]] = {}
    for participation in _participations(employee):
        entries.setdefault(participation.session.calendar_uid, []).append(participation)
    sessions = [_session(participations) for participations in entries.values()]
    return [
        session
        for session in sessions
        if not session.cancelled or session.end >= now - CANCELLED_SHOWN_AFTER
    ]


def _participations(employee: Employee) -> QuerySet[Participation]:
    off = Q(answer=Answer.NO) | Q(session__state=SessionState.CANCELLED)
    return (
        Participation.objects.filter(
            in_calendar() | belongs() & off,
            employee=employee,
            session__ends_at__gte=timezone.now() - SHOWN_AFTER,
        )
        .exclude(session__state=SessionState.PROPOSED)
        .select_related("session__case", "session__room")
        .order_by("session__starts_at", "pk")
    )


def _session(participations: list[Participation]) -> FeedSession:
    standing = [
        participation for participation in participations if not _is_off(participation)
    ] or participations
    sessions = [participation.session for participation in standing]
    first, declined = sessions[0], standing[0].answer == Answer.NO
    names_case = any(session.case.code.casefold() in first.where.casefold() for session in sessions)
    return FeedSession(
        uid=session_uid(str(first.calendar_uid), host()),
        sequence=max(participation.session.calendar_sequence for participation in participations)
        + declined,
        start=first.starts_at,
        end=max(session.ends_at for session in sessions),
        location="" if names_case else first.where,
        url=absolute(reverse("sparring:answer", args=[first.pk])),
        cancelled=_is_off(standing[0]),
    )


def _is_off(participation: Participation) -> bool:
    return (
        participation.answer == Answer.NO or participation.session.state == SessionState.CANCELLED
    )
