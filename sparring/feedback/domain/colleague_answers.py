"""Answer whether it was the right colleague, change it, take it back; old answers are deleted."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sparring.enums import ParticipantRole, RightColleague, SessionState
from sparring.models import ColleagueAnswer
from sparring.sessions.domain import session_guards
from sparring.shared import guards
from sparring.shared.case_audit import record

if TYPE_CHECKING:
    from people.models import Employee
    from sparring.models import SparringSession

KEPT = timedelta(days=365)


@transaction.atomic
def answer_about_colleague(
    *, actor: Employee, session: SparringSession, answer: str, at: datetime | None = None
) -> ColleagueAnswer | None:
    """Store one of `RightColleague`; "" withdraws the answer, and None is returned.

    The audit says that somebody answered, never what. Raises PermissionDenied unless the actor
    brought the case and has it; ValidationError while the session is not closed.
    """
    session = session_guards.locked(session)
    participation = session_guards.require_participant(actor, session)
    if participation.role != ParticipantRole.PRESENTER:
        raise PermissionDenied("Only whoever brought the case is asked.")
    if session.state != SessionState.CLOSED:
        raise ValidationError(_("Close the session first."), code="state")
    if answer and answer not in RightColleague.values:
        raise ValidationError(_("Choose yes, maybe or no."), code="answer")
    record(session, actor, "session.answer_about_colleague")
    if not answer:
        ColleagueAnswer.objects.filter(session=session).delete()
        return None
    row, _new = ColleagueAnswer.objects.update_or_create(
        session=session,
        defaults={"answered_by": actor, "answer": answer, "answered_on": guards.local_day(at)},
    )
    return row


def forget_old_answers(today: date | None = None) -> int:
    """Delete what is older than a year, and what people who have left once said; how many."""
    today = today or timezone.localdate()
    gone = Q(answered_on__lte=today - KEPT) | Q(answered_by__is_active=False)
    deleted, _by_model = ColleagueAnswer.objects.filter(gone).delete()
    return deleted
