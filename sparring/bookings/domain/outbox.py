"""Telling people about a session, with the change (SEC-34).

What a participant must know goes out at once, with a calendar file: it is about one state of the
session, and says the time of that moment (sparring/bookings/notifications/).
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from people.domain.notifications import notify_all
from people.models import Employee, Notification
from sparring.colleagues.queries.group_sessions import entry
from sparring.models import SparringSession

Told = tuple[SparringSession, Iterable[Employee], str]


def post(session: SparringSession, people: Iterable[Employee], kind: str) -> int:
    """Tell people about one session; see `post_all`."""
    return post_all([(session, people, kind)])


def post_all(notices: Iterable[Told]) -> int:
    """Tell people about sessions, in the caller's transaction; return how many are told.

    Nobody is told about a session whose time has gone by, nor twice about the same state of it.
    """
    now = timezone.now()
    return len(
        notify_all(
            _notification(entry(session)[0], person, kind)
            for session, people, kind in notices
            if session.ends_at > now
            for person in people
        )
    )


def _notification(session: SparringSession, person: Employee, kind: str) -> Notification:
    _first, starts_at, ends_at = entry(session)
    return Notification(
        employee=person,
        kind=kind,
        object_id=str(session.pk),
        key=f"{kind}:{session.pk}:{session.calendar_sequence}:{person.pk}",
        event_uid=session.calendar_uid,
        event_sequence=session.calendar_sequence,
        event_starts_at=starts_at,
        event_ends_at=ends_at,
    )
