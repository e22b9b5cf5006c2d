"""“Do you have ten minutes?”: three are asked at most, the first yes begins the session.

The case's row is locked before anything is answered, so that two who press at once come one after
the other; one yes for each question is a constraint too.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from people.domain.notifications import notify_all
from people.models import Notification
from sparring.bookings.domain.booking import book_session
from sparring.bookings.domain.calendar_locks import booking_transaction
from sparring.enums import Answer, CaseStatus, QuickAnswer, QuickState, SessionState
from sparring.models import Case, QuickAsk, QuickInvitation, SparringSession
from sparring.quick.queries.quick import LENGTH, who_is_free
from sparring.sessions.domain.steps import start_session
from sparring.shared import guards
from sparring.shared.case_audit import record

if TYPE_CHECKING:
    from people.models import Employee

ANSWER_WITHIN = timedelta(minutes=15)
MINUTES = int(LENGTH.total_seconds()) // 60
MOST_ASKED = 3
NOTICE = timedelta(seconds=5)


class TooLate(ValidationError):
    """Somebody else was first, or it was taken back, or its quarter of an hour has gone by."""


@transaction.atomic
def ask_for_ten_minutes(
    *,
    actor: Employee,
    case: Case,
    colleagues: Sequence[Employee],
    key_question: str = "",
    at: datetime | None = None,
) -> QuickAsk:
    """Ask one to three colleagues who are free now for a session of ten minutes at once.

    Raises PermissionDenied for others than the case's own caseworker, ValidationError when somebody
    is not free any more, or the caseworker or the case has asked or a session already.
    """
    case = guards.locked(case)
    guards.require_owner(actor, case)
    if case.status != CaseStatus.ACTIVE:
        raise ValidationError(_("The case is not active."), code="not_active")
    now = guards.moment(at)
    _check_no_session(case)
    _check_presenter(actor, now)
    chosen = {colleague.pk: colleague for colleague in colleagues}
    if not 1 <= len(chosen) <= MOST_ASKED:
        raise ValidationError({"colleagues": _("Choose one to three colleagues.")})
    free = {colleague.employee.pk for colleague in who_is_free(case, now, most=None)}
    if not free.issuperset(chosen):
        raise ValidationError({"colleagues": _("Somebody is not free any more. Choose again.")})
    _close_expired(actor, case, now)
    ask = QuickAsk(
        case=case,
        asked_by=actor,
        key_question=key_question.strip(),
        asked_at=now,
        expires_at=now + ANSWER_WITHIN,
    )
    guards.clean(ask)
    _insert(ask)
    invitations = QuickInvitation.objects.bulk_create(
        QuickInvitation(ask=ask, employee=person, position=position)
        for position, person in enumerate(chosen.values(), start=1)
    )
    record(ask, actor, "quick.ask", asked=sorted(chosen))
    notify_all(
        Notification(
            employee=invitation.employee,
            kind="sparring.quick",
            object_id=str(invitation.pk),
            key=f"sparring.quick:{invitation.pk}",
        )
        for invitation in invitations
    )
    return ask


def answer_quick_ask(
    *, actor: Employee, ask: QuickAsk, yes: bool, at: datetime | None = None
) -> QuickInvitation:
    """Answer yes or no to a question for ten minutes.

    The first yes books the session, begins it, and opens the case to the colleague.

    The same answer twice changes nothing. Raises PermissionDenied for who is not asked, TooLate,
    Taken when one of the two has got into another session meanwhile.
    """
    with booking_transaction():
        case = guards.locked(ask.case)
        ask = QuickAsk.objects.select_for_update(of=("self",)).get(pk=ask.pk)
        invitation = ask.invitations.filter(employee=actor).first()
        if invitation is None or not actor.is_active:
            raise PermissionDenied("Only who is asked answers.")
        answer = QuickAnswer.YES if yes else QuickAnswer.NO
        if invitation.answer in (answer, QuickAnswer.YES):
            return invitation
        now = guards.moment(at)
        if yes:
            _require_waiting(ask, case, now)
        invitation.answer, invitation.answered_at = answer, now
        invitation.save(update_fields=["answer", "answered_at"])
        if yes:
            ask.session = _begin(ask, case, actor, at)
            ask.state = QuickState.TAKEN
            ask.save(update_fields=["session", "state"])
            invitation.ask = ask
        record(ask, actor, "quick.yes" if yes else "quick.no")
        return invitation


@transaction.atomic
def withdraw_quick_ask(*, actor: Employee, ask: QuickAsk, at: datetime | None = None) -> QuickAsk:
    """Take it back while nobody has said yes; once it is over, nothing changes."""
    guards.locked(ask.case)
    ask = QuickAsk.objects.select_for_update(of=("self",)).select_related("case").get(pk=ask.pk)
    if ask.asked_by_id != actor.pk:
        raise PermissionDenied("Only whoever asked takes it back.")
    if ask.state == QuickState.OPEN:
        expired = ask.expires_at <= guards.moment(at)
        ask.state = QuickState.EXPIRED if expired else QuickState.WITHDRAWN
        ask.save(update_fields=["state"])
        record(ask, actor, "quick.withdraw")
    return ask


def _begin(ask: QuickAsk, case: Case, colleague: Employee, at: datetime | None) -> SparringSession:
    """The session, booked from the next minute on, with both in it, and begun."""
    session = book_session(
        actor=ask.asked_by,
        case=case,
        partners=[colleague],
        starts_at=_next_minute(guards.moment(at)),
        length=MINUTES,
        confirmed=True,
        at=at,
    )
    participations = session.participations.filter(employee=colleague)
    participations.update(answer=Answer.YES, answered_at=guards.moment(at))
    if ask.key_question and not session.request.key_question:
        session.request.key_question = ask.key_question
        session.request.save(update_fields=["key_question"])
    return start_session(actor=colleague, session=session, at=at)


def _next_minute(now: datetime) -> datetime:
    soon = now + NOTICE
    return soon.replace(second=0, microsecond=0) + timedelta(minutes=1)


def _check_no_session(case: Case) -> None:
    ahead = (SessionState.PLANNED, SessionState.RUNNING)
    if case.sessions.filter(state__in=ahead).exists():
        raise ValidationError(_("A session about the case is booked already."), code="booked")


def _check_presenter(actor: Employee, now: datetime) -> None:
    in_sessions = actor.participations.filter(holds_time=True, during__overlap=(now, now + LENGTH))
    if in_sessions.exists():
        raise ValidationError(_("You are in a session yourself now."), code="in_a_talk")


def _require_waiting(ask: QuickAsk, case: Case, now: datetime) -> None:
    if ask.state == QuickState.TAKEN:
        raise TooLate(_("Somebody else was first. Thank you for wanting to."), code="taken")
    standing = ask.state == QuickState.OPEN and ask.asked_by_id == case.owner_id
    if not standing or ask.expires_at <= now or case.status != CaseStatus.ACTIVE:
        raise TooLate(_("It is no longer needed. Thank you for wanting to."), code="over")
    _check_no_session(case)


def _close_expired(actor: Employee, case: Case, now: datetime) -> None:
    """Let what nobody answered in time give way to a new question."""
    old = QuickAsk.objects.filter(state=QuickState.OPEN, expires_at__lte=now)
    old.filter(asked_by=actor).update(state=QuickState.EXPIRED)
    old.filter(case=case).update(state=QuickState.EXPIRED)


def _insert(ask: QuickAsk) -> None:
    try:
        with transaction.atomic():
            ask.save(force_insert=True)
    except IntegrityError as error:
        if "quick_one_open" not in str(error):
            raise
        raise ValidationError(
            _("You have asked already. Wait for the answer."), code="open"
        ) from error
