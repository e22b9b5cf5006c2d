"""What every function of the talk asks first: its row locked, who is in it, does it run."""

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
LEADING = (ParticipantRole.PRESENTER, ParticipantRole.FACILITATOR)


def end_access(session: SparringSession, until: datetime) -> None:
    """Let the partners' access to the case end at `until`; whoever brings the case keeps theirs."""
    session.participations.exclude(role=ParticipantRole.PRESENTER).update(
        access_until=until, access_told=False
    )


def locked(session: SparringSession) -> SparringSession:
    """The talk's row, locked until the transaction ends, with its case and wish."""
    return (
        SparringSession.objects.select_for_update(of=("self",))
        .select_related("case__unit", "case__owner", "request", "follows")
        .get(pk=session.pk)
    )


def require_participant(actor: Employee, session: SparringSession) -> Participation:
    """The actor's place in the talk. Raises PermissionDenied for others and after a no."""
    place = participation_of(session, actor) if actor.is_active else None
    if place is None:
        raise PermissionDenied("The actor is not in this talk.")
    return place


def require_leading(actor: Employee, session: SparringSession) -> Participation:
    """The place of whoever brings the case or leads the talk; PermissionDenied for others."""
    place = require_participant(actor, session)
    if place.role not in LEADING:
        raise PermissionDenied("Only whoever brings the case or leads the talk does this.")
    return place


def require_running(session: SparringSession) -> None:
    """Raise ValidationError unless the talk runs."""
    if session.state != SessionState.RUNNING:
        raise ValidationError(_("The talk is not running."), code="state")
