"""Who drives a running session: its leader, until they hand it on or are gone (decision 0023)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sparring.models import Participation, SparringSession
from sparring.sessions.queries.facilitation import driver_of, is_gone, may_drive
from sparring.shared import guards
from sparring.shared.case_audit import record

from . import session_guards

if TYPE_CHECKING:
    from people.models import Employee

SEEN_EVERY = timedelta(seconds=20)


def require_driver(actor: Employee, session: SparringSession) -> Participation:
    """The place of whoever drives the session. Raises PermissionDenied for everybody else."""
    participation = session_guards.require_participant(actor, session)
    if driver_of(session) != participation:
        raise PermissionDenied("Only whoever leads the session does this.")
    return participation


@transaction.atomic
def hand_over_lead(*, actor: Employee, session: SparringSession, to: Employee) -> SparringSession:
    """Let somebody else in the session drive it from now on; a guest never does.

    Raises PermissionDenied unless the actor drives it, ValidationError on "to".
    """
    session = session_guards.locked(session)
    require_driver(actor, session)
    session_guards.require_running(session)
    if to.pk == actor.pk or to.pk not in {
        participation.employee_id for participation in may_drive(session)
    }:
        raise ValidationError({"to": _("Choose somebody else who is in the session.")})
    return _give_lead(session, actor, to, "session.hand_on_lead")


@transaction.atomic
def take_over_lead(
    *, actor: Employee, session: SparringSession, at: datetime | None = None
) -> SparringSession:
    """Drive the session since whoever does has not been seen for two minutes; it is recorded.

    Raises PermissionDenied for others than those who may drive, ValidationError while the driver is
    there.
    """
    session = session_guards.locked(session)
    participation = session_guards.require_participant(actor, session)
    session_guards.require_running(session)
    if participation not in may_drive(session):
        raise PermissionDenied("A guest does not lead the session.")
    driver = driver_of(session)
    if driver == participation:
        return session
    if not is_gone(session, driver, at=guards.moment(at)):
        raise ValidationError(_("Whoever leads the session is here. Ask them to hand it on."))
    return _give_lead(session, actor, actor, "session.take_over_lead")


@transaction.atomic
def say_ready(
    *, actor: Employee, session: SparringSession, step: int, ready: bool = True
) -> Participation:
    """Say that one would go on from a step, or take it back: a hint to whoever leads, no more.

    `step` is the one that was on the screen; said of another one it says nothing. Raises
    PermissionDenied for others, ValidationError unless the session runs.
    """
    session = session_guards.locked(session)
    participation = session_guards.require_participant(actor, session)
    session_guards.require_running(session)
    if step == session.step:
        participation.ready_step = step if ready else 0
        participation.save(update_fields=["ready_step"])
        record(session, actor, "session.ready", step=step, ready=ready)
    return participation


def note_seen(participation: Participation) -> None:
    """Remember that somebody's page of a running session is open; the last moment alone is kept."""
    now = timezone.now()
    if participation.seen_at is None or participation.seen_at < now - SEEN_EVERY:
        Participation.objects.filter(pk=participation.pk).update(seen_at=now)


def _give_lead(
    session: SparringSession, actor: Employee, to: Employee, verb: str
) -> SparringSession:
    session.led_by = to
    session.save(update_fields=["led_by"])
    record(session, actor, verb, to=to.pk)
    return session
