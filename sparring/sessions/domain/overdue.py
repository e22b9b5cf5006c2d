"""Sessions whose time has gone by: the outcome is missing, or the session was not held (B2).

What the system does by itself every hour; run again, or twice at a time, a session passes once.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sparring.beliefs.domain.needs import recompute
from sparring.bookings.domain.booking import call_off
from sparring.bookings.domain.calendar_locks import booking_transaction
from sparring.bookings.domain.sessions import locked_session
from sparring.enums import Answer, ParticipantRole, SessionState
from sparring.models import Case, SparringSession
from sparring.shared import guards
from sparring.shared.case_audit import record
from sparring.states import SessionSteps

from . import session_guards

if TYPE_CHECKING:
    from people.models import Employee

PASSES_AFTER = timedelta(hours=1)


def mark_overdue_sessions(*, at: datetime | None = None) -> int:
    """Let sessions whose time is an hour gone await their outcome; return how many."""
    now = at or timezone.now()
    over = SparringSession.objects.filter(
        state__in=SessionSteps.PASS.sources, ends_at__lt=now - PASSES_AFTER
    )
    return sum(_mark_overdue(session, now) for session in over.select_related("case"))


def mark_not_held(*, session: SparringSession, actor: Employee) -> SparringSession:
    """A session that passed without having begun was not held: the request is on the list again.

    The presenter's and the coordinator's. Raises PermissionDenied, ValidationError.
    """
    with booking_transaction():
        session = locked_session(session)
        guards.require_owner_or_coordinator(actor, session.case)
        if session.state != SessionState.AWAITING_OUTCOME or session.started_at is not None:
            raise ValidationError(_("The session was held, or it is over already."), code="state")
        call_off(session)
        record(session, actor, "session.not_held")
        return session


def transfer_open_outcomes(*, case: Case, to: Employee, at: datetime | None = None) -> None:
    """Give the sessions whose outcome is missing to the case's new caseworker, who writes it.

    The former one stays as who brought the case, and sees the session as long as a partner would.
    Call it with the case locked, once it is `to`'s.
    """
    until = guards.moment(at) + session_guards.ACCESS_AFTER
    waiting = case.sessions.filter(state=SessionState.AWAITING_OUTCOME).select_for_update()
    for session in waiting.order_by("pk"):
        brought = session.participations.filter(role=ParticipantRole.PRESENTER)
        brought.filter(holds_time=False).delete()  # got the case after the session, and hands it on
        brought.update(role=ParticipantRole.FORMER, access_until=until)
        new = {"role": ParticipantRole.PRESENTER, "answer": Answer.YES, "access_until": None}
        during = (session.starts_at, session.ends_at)
        session.participations.update_or_create(
            employee=to,
            defaults=new,
            create_defaults={**new, "during": during, "holds_time": False},
        )


@transaction.atomic
def _mark_overdue(session: SparringSession, now: datetime) -> bool:
    session = locked_session(session)
    if not SessionSteps.PASS.starts_from(session.state) or _ends(session) >= now - PASSES_AFTER:
        return False
    SessionSteps.PASS.take(session)
    session.presenter_away = False
    session.save(update_fields=["state", "presenter_away"])
    record(session, None, "session.pass")
    recompute([session.case])
    return True


def _ends(session: SparringSession) -> datetime:
    """A session that began late has its whole length."""
    began = session.started_at or session.starts_at
    return max(session.ends_at, began + timedelta(minutes=session.length))
