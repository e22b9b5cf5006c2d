"""A draft and its proposals: found, taken out, thrown away. Nobody has been told about them yet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from privacy import audit
from sparring.enums import NotPlaced, PlanState, RequestState, SessionState
from sparring.models import (
    Participation,
    SparringPlan,
    SparringRequest,
    SparringSession,
    UnplacedCase,
)
from sparring.shared import guards

from .group_sessions import dissolve_group

if TYPE_CHECKING:
    from people.models import Employee, Municipality


@transaction.atomic
def discard_plan(*, actor: Employee, plan: SparringPlan) -> SparringPlan:
    """Throw a draft away; the requests that somebody made stay on the list.

    Raises PermissionDenied unless the actor coordinates it, ValidationError for what is no draft.
    """
    plan = locked_draft(plan, actor)
    delete_proposals(list(plan.sessions.filter(state=SessionState.PROPOSED)))
    plan.state = PlanState.DISCARDED
    plan.save(update_fields=["state"])
    audit.record(actor=actor, action="plan.discard", target=plan)
    return plan


@transaction.atomic
def remove_from_plan(*, actor: Employee, session: SparringSession) -> SparringPlan:
    """Take one proposal out of its draft; the case is named among those not placed.

    Of a group session the other case keeps a session of 25 minutes.
    """
    plan = locked_draft(plan_of(session), actor)
    session = proposal(plan, session)
    dissolve_group(session)
    name_not_placed(plan, {session.case_id: NotPlaced.REMOVED})
    delete_proposals([session])
    audit.record(actor=actor, action="plan.remove", target=plan, case=session.case_id)
    return plan


def locked_draft(plan: SparringPlan, actor: Employee) -> SparringPlan:
    """The plan's fresh row, locked. Refuses who does not coordinate it, and what is no draft."""
    plan = (
        SparringPlan.objects.select_for_update(of=("self",))
        .select_related("municipality")
        .get(pk=plan.pk)
    )
    require_coordinator(actor, plan.municipality)
    if plan.state != PlanState.DRAFT:
        raise ValidationError(_("The plan is no draft any more."), code="no_draft")
    return plan


def plan_of(session: SparringSession) -> SparringPlan:
    """The plan a session belongs to. Raises ValidationError for a session without one."""
    if session.plan is None:
        raise ValidationError(_("The session belongs to no plan."), code="no_plan")
    return session.plan


def proposal(plan: SparringPlan, session: SparringSession) -> SparringSession:
    """The plan's own proposal, locked. Raises ValidationError when it is gone or not in it."""
    found = (
        SparringSession.objects.select_for_update(of=("self",))
        .select_related("case__unit", "case__owner")
        .filter(pk=session.pk, plan=plan, state=SessionState.PROPOSED)
        .first()
    )
    if found is None:
        raise ValidationError(_("The proposal is no longer in the plan."), code="gone")
    return found


def name_not_placed(plan: SparringPlan, exclusion_reasons: dict[int, NotPlaced]) -> None:
    """Add cases, by id, to those that the plan has no session for."""
    UnplacedCase.objects.bulk_create(
        UnplacedCase(plan=plan, case_id=case, why=why) for case, why in exclusion_reasons.items()
    )


def delete_proposals(sessions: Sequence[SparringSession]) -> None:
    """Remove proposals, and the requests that only the plan made for them."""
    ids = [session.pk for session in sessions]
    made = [session.request_id for session in sessions if session.made_request]
    Participation.objects.filter(session__in=ids).delete()
    SparringSession.objects.filter(pk__in=ids, follows__isnull=False).delete()
    SparringSession.objects.filter(pk__in=ids).delete()
    unused = SparringRequest.objects.filter(pk__in=made, sessions__isnull=True)
    unused.filter(state=RequestState.LISTED).delete()


def require_coordinator(actor: Employee, municipality: Municipality) -> None:
    """Raise PermissionDenied unless the actor coordinates the municipality."""
    if not guards.coordinates(actor, municipality.pk):
        raise PermissionDenied("Only a coordinator of the municipality plans.")
