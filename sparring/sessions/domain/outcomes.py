"""What a session ends with, and whether it happened (docs/domain.md B4 step 8, B2 FollowUp)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from search.outbox import enqueue_instance
from sparring.beliefs.domain.actions import mark_agreement_done, plan_action
from sparring.beliefs.domain.beliefs import newest_belief, register_belief
from sparring.beliefs.domain.needs import recompute
from sparring.enums import (
    ActionDone,
    BeliefSetting,
    ByRole,
    ChangedMind,
    ParticipantRole,
)
from sparring.models import Action, Belief, FollowUp, Outcome, SparringSession
from sparring.sessions.queries.sessions import follow_ups_of, participants
from sparring.shared import guards
from sparring.shared.case_audit import record
from sparring.states import FollowUpSteps, RequestSteps, SessionSteps

from . import session_guards

if TYPE_CHECKING:
    from kb.models import Offer
    from people.models import Employee

FOLLOW_UP_AFTER = timedelta(days=30)
FIRST_STEP_WITHIN = timedelta(days=14)
ANSWERED = ("action_done", "note", "citizen_reaction", "next_step", "done_at")


@dataclass(frozen=True)
class Agreement:
    """What whoever brought the case wrote at the end; None or "" is what is missing.

    value: the new bid, 0–10. kind: a code of ActionKind. what, citizen_told: one sentence each.
    first_step_on, deadline, citizen_told_on, follow_up_on: days ahead, the first step within 14
    days; follow_up_on is 30 days ahead by default. `chosen_because` (a code), `offer` and
    `parallel_with` (open actions of the case) may be missing.
    """

    value: int | None = None
    because: str = ""
    kind: str = ""
    what: str = ""
    responsible: Employee | None = None
    deadline: date | None = None
    citizen_told: str = ""
    citizen_told_on: date | None = None
    follow_up_on: date | None = None
    first_step_on: date | None = None
    chosen_because: str = ""
    chosen_words: str = ""
    offer: Offer | None = None
    parallel_with: Sequence[Action] = ()


OPTIONAL = ("follow_up_on", "chosen_because", "chosen_words", "offer", "parallel_with")
# The names that other functions give to what this form calls something else.
RENAMED = {"planned_for": "first_step_on"}


@transaction.atomic
def close_session(
    *,
    actor: Employee,
    session: SparringSession,
    agreement: Agreement,
    at: datetime | None = None,
) -> Outcome:
    """Close the session with a new belief, an action, a word to the citizen and a follow-up.

    All of it or nothing is stored. The partners see the case for another 14 days. Raises
    PermissionDenied unless the actor brought the case and still owns it; ValidationError by field
    of `Agreement` for what is missing or wrong, all of it at once where possible.
    """
    case = guards.locked(session.case)
    session = session_guards.locked(session)
    _require_presenter(actor, session)
    guards.require_owner(actor, case)
    if not SessionSteps.CLOSE.starts_from(session.state):
        raise ValidationError(_("This session has been closed or was not held."), code="state")
    now = guards.moment(at)
    today = guards.local_day(now)
    _require_all(session, agreement, today)
    changed = _changed_mind(session, actor, agreement.value or 0)
    belief = _belief(session, actor, agreement, now)
    action = _action(session, actor, agreement, now)
    outcome = _outcome(session, agreement, belief=belief, action=action, changed=changed, now=now)
    follow_up = FollowUp(outcome=outcome, due_on=agreement.follow_up_on or today + FOLLOW_UP_AFTER)
    follow_up.save()
    _close(session, now)
    record(session, actor, "session.close", outcome=outcome.pk)
    recompute([case])
    enqueue_instance(case)
    return outcome


@transaction.atomic
def follow_up(
    *,
    actor: Employee,
    follow_up: FollowUp,
    action_done: str,
    note: str = "",
    citizen_reaction: str = "",
    value: int | None = None,
    because: str = "",
    next_step: str = "",
    at: datetime | None = None,
) -> FollowUp:
    """Answer whether what was agreed happened: yes, partly, or no because (then `note` is needed).

    The case's caseworker or whoever was responsible answers; `value` with `because` is the
    caseworker's belief again, theirs alone. A yes marks the agreement as done. Raises
    PermissionDenied, or ValidationError by field.
    """
    row = _open_follow_up(follow_up, actor)
    if action_done not in ActionDone.values:
        raise ValidationError({"action_done": _("Choose whether it was done.")})
    if action_done != ActionDone.YES and not note.strip():
        raise ValidationError({"note": _("Write in one sentence what came in the way.")})
    row.action_done, row.note, row.next_step = action_done, note.strip(), next_step.strip()
    row.citizen_reaction = citizen_reaction.strip()
    row.done_at = now = guards.moment(at)
    guards.clean(row)
    if value is not None:
        row.belief = _belief_again(row, actor, value, because, now)
    row.save(update_fields=[*ANSWERED, "belief"])
    action = row.outcome.action
    if action_done == ActionDone.YES and action.done_on is None and action.deadline is not None:
        mark_agreement_done(action=action, actor=actor, at=now)
    record(row, actor, "follow_up.done", action_done=action_done)
    return row


@transaction.atomic
def drop_follow_up(
    *, actor: Employee, follow_up: FollowUp, because: str, at: datetime | None = None
) -> FollowUp:
    """Say why nobody will follow up, e.g. the citizen has moved. ValidationError on "because"."""
    row = _open_follow_up(follow_up, actor)
    if not because.strip():
        raise ValidationError({"dropped_because": _("Write why nobody follows up.")})
    guards.moment(at)
    row.dropped_because = because.strip()
    guards.clean(row)
    row.save(update_fields=["dropped_because"])
    record(row, actor, "follow_up.drop")
    return row


def _belief_again(
    row: FollowUp, actor: Employee, value: int, because: str, now: datetime
) -> Belief:
    if not because.strip():
        raise ValidationError({"because": _("A new number needs its reason.")})
    return register_belief(
        case=row.outcome.session.case,
        actor=actor,
        value=value,
        because=because,
        setting=BeliefSetting.FOLLOW_UP,
        at=now,
    )


def may_be_responsible(session: SparringSession) -> list[Employee]:
    """Those who were in the session and still reach the case: who handed it over does not."""
    participations = participants(session)
    return [
        participation.employee
        for participation in participations
        if participation.role != ParticipantRole.FORMER
    ]


def _require_presenter(actor: Employee, session: SparringSession) -> None:
    if session_guards.require_participant(actor, session).role != ParticipantRole.PRESENTER:
        raise PermissionDenied("Only whoever brought the case closes the session.")


def _require_all(session: SparringSession, agreement: Agreement, today: date) -> None:
    missing = {
        field.name: _("This is missing.")
        for field in fields(agreement)
        if field.name not in OPTIONAL and _is_empty(getattr(agreement, field.name))
    }
    errors: dict[str, Any] = {**_past_days(agreement, today), **missing}
    first_step = agreement.first_step_on
    if first_step is not None and first_step > today + FIRST_STEP_WITHIN:
        errors["first_step_on"] = _("Make the first step smaller, so that it is within 14 days.")
    responsible = agreement.responsible
    if responsible is not None and responsible not in may_be_responsible(session):
        errors["responsible"] = _("Choose one of those who were in the session.")
    if errors:
        raise ValidationError(errors)


def _is_empty(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _past_days(agreement: Agreement, today: date) -> dict[str, Any]:
    days = ("deadline", "citizen_told_on", "follow_up_on", "first_step_on")
    return {
        name: _("Choose today or a day that lies ahead.")
        for name in days
        if (day := getattr(agreement, name)) is not None and day < today
    }


def _changed_mind(session: SparringSession, actor: Employee, value: int) -> str:
    """Up, down or the same, beside the presenter's blind bid; without one, their last belief.

    Whoever has taken the case over had no number to change.
    """
    bid = session.first_bids.filter(employee=actor).first()
    last = newest_belief(session.case, ByRole.CASEWORKER)
    own = last if last is not None and last.by_employee_id == actor.pk else None
    before = bid or own
    if before is None or value == before.value:
        return ChangedMind.SAME
    return ChangedMind.UP if value > before.value else ChangedMind.DOWN


def _belief(
    session: SparringSession, actor: Employee, agreement: Agreement, now: datetime
) -> Belief:
    return register_belief(
        case=session.case,
        actor=actor,
        value=agreement.value or 0,
        because=agreement.because,
        setting=BeliefSetting.SPARRING,
        at=now,
    )


def _action(
    session: SparringSession, actor: Employee, agreement: Agreement, now: datetime
) -> Action:
    try:
        return plan_action(
            case=session.case,
            actor=actor,
            kind=agreement.kind,
            what=agreement.what,
            planned_for=agreement.first_step_on,
            deadline=agreement.deadline,
            responsible=agreement.responsible,
            chosen_because=agreement.chosen_because,
            chosen_words=agreement.chosen_words,
            offer=agreement.offer,
            parallel_with=agreement.parallel_with,
            at=now,
        )
    except ValidationError as error:
        raise _in_our_words(error) from error


def _in_our_words(error: ValidationError) -> ValidationError:
    if not hasattr(error, "error_dict"):
        return error
    return ValidationError(
        {RENAMED.get(key, key): value for key, value in error.error_dict.items()}
    )


def _outcome(
    session: SparringSession,
    agreement: Agreement,
    *,
    belief: Belief,
    action: Action,
    changed: str,
    now: datetime,
) -> Outcome:
    outcome = Outcome(
        session=session,
        belief=belief,
        action=action,
        changed_mind=changed,
        citizen_told=agreement.citizen_told.strip(),
    )
    if agreement.citizen_told_on is not None:  # `_require_all` has seen to it
        outcome.citizen_told_on = agreement.citizen_told_on
    guards.clean(outcome)
    outcome.save()
    Outcome.objects.filter(pk=outcome.pk).update(registered_at=now)
    return outcome


def _close(session: SparringSession, now: datetime) -> None:
    SessionSteps.CLOSE.take(session)
    session.closed_at = now
    session.save(update_fields=["state", "closed_at"])
    session_guards.end_access(session, now + session_guards.ACCESS_AFTER)
    RequestSteps.HOLD.take(session.request)
    session.request.save(update_fields=["state"])


def _open_follow_up(follow_up: FollowUp, actor: Employee) -> FollowUp:
    row = (
        FollowUp.objects.select_for_update(of=("self",))
        .select_related("outcome__action", "outcome__session__case")
        .get(pk=follow_up.pk)
    )
    if not follow_ups_of(actor).filter(pk=row.pk).exists():
        raise PermissionDenied("Only the case's caseworker or who was responsible follows up.")
    if not FollowUpSteps.ANSWER.starts_from(row.state):
        raise ValidationError(_("This has been followed up already."), code="done")
    return row
