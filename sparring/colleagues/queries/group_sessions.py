"""A group session: two cases back to back, one calendar entry.

See docs/domain.md B4 and decision 0009.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from sparring.enums import SessionState
from sparring.models import SparringSession
from sparring.models.session_formats import PART_LENGTH

AHEAD = (SessionState.PROPOSED, SessionState.PLANNED)
STANDING = (SessionState.PLANNED, SessionState.RUNNING)


def parts_of(session: SparringSession) -> list[SparringSession]:
    """Both sessions of a group session, the first one first; any other session alone."""
    if session.length != PART_LENGTH:
        return [session]
    both = Q(pk=session.pk) | Q(follows=session.pk) | Q(pk=session.follows_id)
    rows = SparringSession.objects.filter(both).select_related("case__owner__unit__municipality")
    return list(rows.order_by("starts_at", "pk"))


def other_part(session: SparringSession) -> SparringSession | None:
    """The group session's other case; None where there is none."""
    return next((part for part in parts_of(session) if part.pk != session.pk), None)


def next_case(session: SparringSession) -> SparringSession | None:
    """The second case, seen from the first, while it waits or runs."""
    other = None if session.follows_id else other_part(session)
    return other if other is not None and other.state in STANDING else None


def standing(session: SparringSession) -> list[SparringSession]:
    """The halves that share the session's state: what is moved, asked and called off together."""
    return [part for part in parts_of(session) if part.state == session.state]


def entry(session: SparringSession) -> tuple[SparringSession, datetime, datetime]:
    """What stands in calendars for a session: the session that speaks for it, from when to when."""
    parts = standing(session)
    return parts[0], parts[0].starts_at, parts[-1].ends_at
