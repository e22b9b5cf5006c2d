"""What the audit is told of a case: the verb, the case, its municipality; codes and ids only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from privacy import audit
from sparring.models import Action, Belief, FollowUp, QuickAsk, SparringRequest, SparringSession

if TYPE_CHECKING:
    from people.models import Employee

OfCase = Action | Belief | FollowUp | QuickAsk | SparringRequest | SparringSession


def record(
    target: OfCase, actor: Employee | None, verb: str, reason: str = "", **details: Any
) -> None:
    """One audit entry about something that belongs to a case; never what somebody wrote."""
    case = target.outcome.session.case if isinstance(target, FollowUp) else target.case
    audit.record(
        actor=actor,
        action=verb,
        target=target,
        municipality_id=case.municipality_id,
        reason=reason,
        case=case.pk,
        **details,
    )
