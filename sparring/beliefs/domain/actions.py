"""Actions: planned, started, ended; with a deadline they are agreements (docs/domain.md B1)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sparring.beliefs.queries.actions import actions_of
from sparring.enums import ActionOutcome, ChosenBecause
from sparring.models import Action, Case
from sparring.shared import guards
from sparring.shared.case_audit import record

from .needs import recompute

if TYPE_CHECKING:
    from kb.models import Offer
    from people.models import Employee


@transaction.atomic
def plan_action(
    *,
    case: Case,
    actor: Employee,
    kind: str,
    what: str = "",
    planned_for: date | None = None,
    started_on: date | None = None,
    deadline: date | None = None,
    responsible: Employee | None = None,
    chosen_because: str = "",
    chosen_words: str = "",
    paid_hours_per_week: int | None = None,
    offer: Offer | None = None,
    parallel_with: Sequence[Action] = (),
    at: datetime | None = None,
) -> Action:
    """Write down what is to happen, or (with `started_on`) what has just begun.

    `deadline` makes it an agreement, for which the case's owner is responsible unless somebody else
    is named. `offer` is one of the catalogue's, open and of this
    kind; `parallel_with` are actions of the case that it goes on beside. Raises PermissionDenied
    unless the actor owns the case; ValidationError for an action without any date and for dates
    that cannot be.
    """
    case = guards.locked(case)
    guards.require_owner(actor, case)
    guards.require_open(case)
    today = guards.local_day(at)
    _check_dates(planned_for, started_on, deadline, today)
    _check_offer(offer, kind, today)
    _check_beside(parallel_with, case)
    _check_words(chosen_because, chosen_words)
    action = Action(
        case=case,
        kind=kind,
        what=what.strip(),
        planned_for=planned_for,
        started_on=started_on,
        outcome=ActionOutcome.RUNNING if started_on else "",
        deadline=deadline,
        responsible=responsible or (actor if deadline else None),
        chosen_because=chosen_because,
        chosen_words=chosen_words.strip(),
        paid_hours_per_week=paid_hours_per_week,
        offer=offer,
    )
    guards.clean(action)
    action.save()
    action.parallel_with.add(*parallel_with)
    if at is not None:
        Action.objects.filter(pk=action.pk).update(created_at=at)
    return _done(action, actor, "action.plan", kind=kind)


@transaction.atomic
def start_action(
    *, action: Action, actor: Employee, on: date | None = None, at: datetime | None = None
) -> Action:
    """Say that a planned action has begun (today, or on a day gone by)."""
    action = _locked(action, actor)
    if action.started_on is not None or action.outcome:
        raise ValidationError(_("The action has already begun or is over."), code="begun")
    today = guards.local_day(at)
    action.started_on = guards.not_ahead(on or today, field="on", today=today)
    action.outcome = ActionOutcome.RUNNING
    action.save(update_fields=["started_on", "outcome"])
    return _done(action, actor, "action.start")


@transaction.atomic
def end_action(
    *,
    action: Action,
    actor: Employee,
    outcome: str,
    on: date | None = None,
    success_moment: str = "",
    at: datetime | None = None,
) -> Action:
    """Say how an action ended: completed, or stopped; a plan that is given up can only be stopped.

    `success_moment` is one thing that went well, also in what was stopped.
    """
    action = _locked(action, actor)
    if outcome not in (ActionOutcome.COMPLETED, ActionOutcome.STOPPED):
        raise ValidationError({"outcome": _("Choose how the action ended.")})
    if action.outcome in (ActionOutcome.COMPLETED, ActionOutcome.STOPPED):
        raise ValidationError(_("The action is over already."), code="over")
    today = guards.local_day(at)
    if action.started_on is not None:
        action.ended_on = guards.not_ahead(on or today, field="on", today=today)
        if action.ended_on < action.started_on:
            raise ValidationError({"on": _("It cannot end before it began.")})
    elif outcome == ActionOutcome.COMPLETED:
        raise ValidationError({"outcome": _("An action that never began cannot be completed.")})
    action.outcome, action.success_moment = outcome, success_moment.strip()
    guards.clean(action)
    action.save(update_fields=["ended_on", "outcome", "success_moment"])
    return _done(action, actor, "action.end", outcome=outcome)


@transaction.atomic
def mark_parallel(*, action: Action, actor: Employee, others: Sequence[Action]) -> Action:
    """Say which of the case's other actions this one goes on beside: those, and no others (R12)."""
    action = _locked(action, actor)
    _check_beside(others, action.case)
    action.parallel_with.set([other for other in others if other.pk != action.pk])
    return _done(action, actor, "action.beside", others=str(len(others)))


@transaction.atomic
def report_success(*, action: Action, actor: Employee, moment: str) -> Action:
    """Write down one thing that went well while the action goes on, or after it: a result (B1)."""
    action = _locked(action, actor)
    if action.started_on is None:
        raise ValidationError(_("The action has not begun."), code="not_begun")
    if not moment.strip():
        raise ValidationError({"success_moment": _("Write one thing that went well.")})
    action.success_moment = moment.strip()
    guards.clean(action)
    action.save(update_fields=["success_moment"])
    return _done(action, actor, "action.success")


@transaction.atomic
def mark_agreement_done(
    *, action: Action, actor: Employee, on: date | None = None, at: datetime | None = None
) -> Action:
    """Say that what was agreed has been done; the reminder about it ends (R10)."""
    action = _locked(action, actor)
    if action.deadline is None:
        raise ValidationError(_("This is no agreement: it has no deadline."), code="no_deadline")
    if action.done_on is not None:
        raise ValidationError(_("The agreement is marked as done already."), code="done")
    today = guards.local_day(at)
    action.done_on = guards.not_ahead(on or today, field="on", today=today)
    action.save(update_fields=["done_on"])
    return _done(action, actor, "action.agreement_done")


def _locked(action: Action, actor: Employee) -> Action:
    """Lock the action's case and return the action read anew.

    Raises PermissionDenied for others than the case's owner and the responsible person, who may
    only while they see the case.
    """
    case = guards.locked(action.case)
    fresh = Action.objects.select_for_update(of=("self",)).get(pk=action.pk)
    if not actions_of(actor).filter(pk=fresh.pk).exists():
        raise PermissionDenied("Only the case's caseworker or who is responsible does this.")
    guards.require_open(case)
    fresh.case = case
    return fresh


def _check_dates(
    planned_for: date | None, started_on: date | None, deadline: date | None, today: date
) -> None:
    if planned_for is None and started_on is None and deadline is None:
        raise ValidationError({"planned_for": _("Say when: a day it begins, or a deadline.")})
    if started_on is not None:
        guards.not_ahead(started_on, field="started_on", today=today)
    elif planned_for is not None and planned_for < today:
        raise ValidationError({"planned_for": _("Choose today or a day that lies ahead.")})
    if deadline is not None and deadline < today:
        raise ValidationError({"deadline": _("Choose today or a day that lies ahead.")})


def _check_offer(offer: Offer | None, kind: str, today: date) -> None:
    """An offer that is closed is named with what can be done instead."""
    if offer is None:
        return
    if offer.closed_on is not None and offer.closed_on <= today:
        instead = offer.shown_alternative
        tell = _("This offer is closed: %(why)s. Instead: %(instead)s.")
        values = {"why": offer.closed_because, "instead": instead.name if instead else "–"}
        raise ValidationError({"offer": tell % values})
    if offer.action_kind not in ("", kind):
        raise ValidationError({"offer": _("This offer is another kind of action.")})


def _check_words(chosen_because: str, chosen_words: str) -> None:
    if chosen_because == ChosenBecause.OTHER and not chosen_words.strip():
        raise ValidationError({"chosen_words": _("Write what else it was.")})


def _check_beside(actions: Sequence[Action], case: Case) -> None:
    if any(action.case_id != case.pk for action in actions):
        raise ValidationError({"parallel_with": _("Choose among this case's own actions.")})


def _done(action: Action, actor: Employee, verb: str, **details: str) -> Action:
    record(action, actor, verb, **details)
    recompute([action.case])
    return action
