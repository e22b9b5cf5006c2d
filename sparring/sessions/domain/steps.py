"""The session itself: begun, moved from step to step, stopped or ended (docs/domain.md B2, B4)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from search.outbox import enqueue_instance
from sparring.beliefs.domain.needs import recompute
from sparring.enums import ParticipantRole, SessionState, StopReason
from sparring.models import SparringSession, StepLog, session_formats
from sparring.sessions.queries.sessions import last_outcome
from sparring.shared import guards
from sparring.shared.case_audit import record
from sparring.states import RequestSteps, SessionSteps

from . import rounds, session_guards
from .facilitation import require_driver

if TYPE_CHECKING:
    from people.models import Employee

EARLY = timedelta(minutes=15)
LATE = timedelta(minutes=30)
# While the first case of a group session is here, the second waits.
FIRST = (SessionState.PLANNED, SessionState.RUNNING)


class NotItsTime(ValidationError):
    """The session is begun far from its time.

    Say so, and begin all the same once it is confirmed.
    """


@transaction.atomic
def ask_key_question(*, actor: Employee, session: SparringSession, text: str) -> SparringSession:
    """Write what whoever brings the case wants help to see, before the session or while it runs.

    At most 140 characters. Raises PermissionDenied for others, ValidationError on "key_question".
    """
    session = session_guards.locked(session)
    if session_guards.require_participant(actor, session).role != ParticipantRole.PRESENTER:
        raise PermissionDenied("Only whoever brings the case asks.")
    if session.state not in (SessionState.PLANNED, SessionState.RUNNING):
        raise ValidationError(_("The session is over."), code="state")
    if not text.strip():
        raise ValidationError({"key_question": _("Write what you want help to see.")})
    session.request.key_question = text.strip()
    guards.clean(session.request)
    session.request.save(update_fields=["key_question"])
    record(session, actor, "session.key_question")
    return session


@transaction.atomic
def start_session(
    *,
    actor: Employee,
    session: SparringSession,
    confirmed: bool = False,
    at: datetime | None = None,
) -> SparringSession:
    """Begin a planned session: any participant does it. Starting one that runs changes nothing.

    Raises PermissionDenied for others, ValidationError unless it is planned and, in a group
    session, its turn, and NotItsTime more than 15 minutes before or 30 minutes after its time
    unless `confirmed`.
    """
    session = session_guards.locked(session)
    session_guards.require_participant(actor, session)
    if session.state == SessionState.RUNNING:
        return session
    if not SessionSteps.START.starts_from(session.state):
        raise ValidationError(_("Only a planned session can be started."), code="state")
    if session.follows is not None and session.follows.state in FIRST:
        raise ValidationError(_("The first case comes first."), code="first_case_first")
    now = guards.moment(at)
    if not confirmed and not session.starts_at - EARLY <= now <= session.ends_at + LATE:
        raise NotItsTime(_("The session is planned for another time."), code="not_its_time")
    SessionSteps.START.take(session)
    session.started_at, session.presenter_away = now, False
    session.save(update_fields=["state", "started_at", "presenter_away"])
    _enter(session, steps_for(session)[0].number, now)
    record(session, actor, "session.start")
    return session


@transaction.atomic
def go_to_step(
    *,
    actor: Employee,
    session: SparringSession,
    step: int,
    from_step: int | None = None,
    at: datetime | None = None,
) -> SparringSession:
    """Move everybody to another step of the session, forward or back; the step's clock starts anew.

    `from_step` is the step the actor saw: when somebody else has moved on already, nothing happens,
    so that two presses at once move one step. Past the blind bids only once they are open. Raises
    PermissionDenied unless the actor drives the session, ValidationError for a step this session
    lacks.
    """
    session = session_guards.locked(session)
    require_driver(actor, session)
    session_guards.require_running(session)
    if (from_step is not None and session.step != from_step) or session.step == step:
        return session
    if step not in {other_step.number for other_step in steps_for(session)}:
        raise ValidationError(_("This session does not have that step."), code="step")
    if step > session_formats.BIDS and session.bids_opened_at is None:
        raise ValidationError(
            _("All bids first: wait for them, or go on without the one that is missing."),
            code="bids_closed",
        )
    now = guards.moment(at)
    _enter(session, step, now)
    if step == session_formats.CARDS:
        rounds.draw_for(session, actor)
        rounds.offer_chair(session)
    record(session, actor, "session.step", step=step)
    return session


@transaction.atomic
def end_session(
    *, actor: Employee, session: SparringSession, at: datetime | None = None
) -> SparringSession:
    """End a running session; its outcome is written afterwards (B2 "mangler udfald").

    Whoever brings the case or drives the session does it; PermissionDenied for others.
    """
    case = guards.locked(session.case)
    session = session_guards.locked(session)
    if session_guards.require_participant(actor, session).role != ParticipantRole.PRESENTER:
        require_driver(actor, session)
    session_guards.require_running(session)
    guards.moment(at)
    SessionSteps.END.take(session)
    session.save(update_fields=["state"])
    record(session, actor, "session.end")
    recompute([case])
    return session


@transaction.atomic
def red_card(
    *, actor: Employee, session: SparringSession, reason: str, at: datetime | None = None
) -> SparringSession:
    """Stop the session; anybody in it may, and need not explain (B4 "Stop rule").

    Only the reason's code is kept. The session is cancelled and the partners' access ends at once.
    What is being decided leaves sparring: the request is withdrawn. Where too much could be
    recognised the request goes back on the list. Raises PermissionDenied, or ValidationError on
    "reason".
    """
    case = guards.locked(session.case)
    session = session_guards.locked(session)
    session_guards.require_participant(actor, session)
    session_guards.require_running(session)
    if reason not in StopReason.values:
        raise ValidationError({"reason": _("Choose why the session stops.")})
    now = guards.moment(at)
    SessionSteps.STOP.take(session)
    session.stopped_because, session.closed_at = reason, now
    session.save(update_fields=["state", "stopped_because", "closed_at"])
    session.participations.update(holds_time=False)
    session_guards.end_access(session, now)
    back = RequestSteps.DECIDE if reason == StopReason.DECIDING else RequestSteps.RETURN
    if back.starts_from(session.request.state):  # it lapses when the case closes meanwhile
        back.take(session.request)
        session.request.save(update_fields=["state"])
    record(session, actor, "session.red_card", reason=reason)
    recompute([case])
    enqueue_instance(case)
    return session


def steps_for(session: SparringSession) -> tuple[session_formats.Step, ...]:
    """The steps of this session.

    Without an earlier agreement about the case it begins at step 2.
    """
    return session_formats.steps_of(session.length, has_last_time=last_outcome(session) is not None)


def _enter(session: SparringSession, step: int, now: datetime) -> None:
    session.step, session.step_started_at = step, now
    session.save(update_fields=["step", "step_started_at"])
    StepLog.objects.create(session=session, step=step, at=now)
