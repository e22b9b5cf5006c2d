"""When the ideas of a session are open, and whose turn it is to have one (docs/domain.md B4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sparring.enums import ParticipantRole, SessionState
from sparring.models import session_formats

if TYPE_CHECKING:
    from sparring.models import Participation, SparringSession


def ideas_are_open(session: SparringSession) -> bool:
    """Whether everybody sees all ideas: once whoever brings the case has had the first word.

    Where that is passed over, or a short session has no round of ideas, from the step after it.
    """
    return (
        session.state != SessionState.RUNNING
        or session.ideas_opened_at is not None
        or session.step > session_formats.IDEAS
    )


def may_add(session: SparringSession, participation: Participation) -> bool:
    """Whether somebody may put an idea on the table now: listening comes first for one of them."""
    if participation.role == ParticipantRole.PRESENTER:
        return session.step == session_formats.IDEAS
    thinks_aloud = session.step == session_formats.CARDS
    return thinks_aloud or (session.step == session_formats.IDEAS and ideas_are_open(session))


def may_mark(session: SparringSession) -> bool:
    """Whether the ideas can be marked and one of them chosen now."""
    if session.state == SessionState.AWAITING_OUTCOME:
        return True
    return session.state == SessionState.RUNNING and ideas_are_open(session)
