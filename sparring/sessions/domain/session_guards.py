"""What every function of the session asks first: its row locked, who is in it, does it run."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext_lazy as _

from sparring.enums import ParticipantRole, SessionState
from sparring.models import Participation, SparringSession
from sparring.sessions.queries.sessions import participation_of

if TYPE_CHECKING:
    from people.models import Employee

ACCESS_AFTER = timedelta(days=14)


def end_access(session: SparringSession, until: datetime) -> None:
    """Let the partners' access to the case end at `until`; whoever brings the case keeps theirs."""
    session.participations.exclude(role=ParticipantRole.PRESENTER).update(
        access_until=until, access_end_indexed=False
    )


def locked(session: SparringSession) -> SparringSession:
    """The session's row, locked until the transaction ends, with its case and request."""
    return (
        SparringSession.objects.select_for_update(of=("self",))
        .select_related("case__unit", "case__owner", "request", "follows")
        .get(pk=session.pk)
    )


def require_participant(actor: Employee, session: SparringSession) -> Participation:
    """The actor's place in the session. Raises PermissionDenied for others and after a no."""
    participation = participation_of(session, actor) if actor.is_active else None
    if participation is None:
        raise PermissionDenied("The actor is not in this session.")
    return participation


def require_running(session: SparringSession) -> None:
    """Raise ValidationError unless the session runs."""
    if session.state != SessionState.RUNNING:
        raise ValidationError(_("The session is not running."), code="state")
