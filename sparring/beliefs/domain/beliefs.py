"""Belief: registered, reaffirmed, corrected; always a new row (docs/domain.md B1, B2, F3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from people.roles import Role
from renewal import local_date
from sparring.enums import BeliefSetting, ByRole
from sparring.models import Belief, Case
from sparring.models.threshold_lookup import thresholds_of
from sparring.shared import guards
from sparring.shared.case_audit import record
from sparring.shared.reasons import require_new_reason, require_reason

from .needs import recompute

if TYPE_CHECKING:
    from people.models import Employee, Unit

# Whose belief the case's own caseworker writes down.
WRITTEN_BY_OWNER = (ByRole.CASEWORKER, ByRole.CITIZEN, ByRole.EXTERNAL)


@transaction.atomic
def register_belief(
    *,
    case: Case,
    actor: Employee,
    value: int,
    because: str,
    by_role: str = ByRole.CASEWORKER,
    evidence: Sequence[str] = (),
    contact_form: str = "",
    setting: str = BeliefSetting.CONVERSATION,
    at: datetime | None = None,
) -> Belief:
    """Add a belief of 0–10 with its reason: a sentence, or a citizen's own words.

    The case's own caseworker registers their own, the citizen's and an external party's belief; a
    colleague or a business consultant who may see the case registers theirs. One's own newest
    number again needs a new reason; a new number may have the old one.
    Raises PermissionDenied, or ValidationError by field ("value", "because", "evidence").
    """
    case = guards.locked(case)
    _require_may_register(actor, case, by_role)
    guards.require_open(case)
    belief = build_belief(
        case=case,
        by_role=by_role,
        by_employee=actor,
        value=value,
        because=because,
        evidence=evidence,
        contact_form=contact_form,
        setting=setting,
        registered_at=guards.moment(at),
    )
    guards.clean(belief)
    require_reason(belief)
    _require_news(belief, actor)
    return _add(belief, actor, "belief.register")


@transaction.atomic
def reaffirm_belief(
    *, case: Case, actor: Employee, because: str, at: datetime | None = None
) -> Belief:
    """Say the same number again, with one new sentence why: a new row, never a new date on the old.

    Only one's own newest number: a predecessor's is replaced by a bid of one's own (R6).
    """
    case = guards.locked(case)
    guards.require_owner(actor, case)
    guards.require_open(case)
    newest = newest_belief(case, ByRole.CASEWORKER)
    if newest is None or newest.by_employee_id != actor.pk:
        raise ValidationError(
            _("There is no number of your own to confirm. Give your own bid first."), code="none"
        )
    belief = build_belief(
        case=case,
        by_role=ByRole.CASEWORKER,
        by_employee=actor,
        value=newest.value,
        because=because,
        evidence=newest.evidence,
        contact_form=newest.contact_form,
        setting=BeliefSetting.REAFFIRMED,
        registered_at=guards.moment(at),
    )
    guards.clean(belief)
    require_reason(belief)
    require_new_reason(belief, newest)
    return _add(belief, actor, "belief.reaffirm", reaffirms=newest.pk)


@transaction.atomic
def correct_belief(
    *,
    belief: Belief,
    actor: Employee,
    value: int,
    because: str,
    evidence: Sequence[str] | None = None,
    at: datetime | None = None,
) -> Belief:
    """Put a slip right: a new row that corrects one's own newest belief of that role.

    A correction says what was meant then, so it expires when the corrected row would have; a
    changed mind is a new belief. A handover freezes what the caseworker before wrote. Raises
    PermissionDenied for somebody else's, ValidationError for one that is not the newest or has been
    corrected already.
    """
    case = guards.locked(belief.case)
    if belief.by_employee_id != actor.pk:
        raise PermissionDenied("Only one's own belief is corrected.")
    _require_may_register(actor, case, belief.by_role)
    guards.require_open(case)
    newest = newest_belief(case, belief.by_role)
    if newest is None or newest.pk != belief.pk:
        raise ValidationError(_("Only the newest belief can be corrected."), code="not_newest")
    correction = build_belief(
        case=case,
        by_role=belief.by_role,
        by_employee=actor,
        value=value,
        because=because,
        evidence=belief.evidence if evidence is None else evidence,
        contact_form=belief.contact_form,
        setting=belief.setting,
        registered_at=guards.moment(at),
    )
    correction.expires_on = belief.expires_on
    correction.corrects = belief
    guards.clean(correction)
    require_reason(correction)
    return _add(correction, actor, "belief.correct", corrects=belief.pk)


def build_belief(
    *,
    case: Case,
    by_role: str,
    by_employee: Employee | None,
    value: int,
    because: str,
    evidence: Sequence[str] = (),
    contact_form: str = "",
    setting: str = BeliefSetting.CONVERSATION,
    registered_at: datetime,
) -> Belief:
    """An unsaved belief with its day of expiry; the import builds its rows with it too."""
    return Belief(
        case=case,
        by_role=by_role,
        by_employee=by_employee,
        value=value,
        because=because.strip(),
        evidence=list(evidence),
        contact_form=contact_form,
        setting=setting,
        registered_at=registered_at,
        expires_on=expires_on(case.unit, local_date(registered_at)),
    )


def expires_on(unit: Unit, registered_on: date) -> date:
    """The last day on which a belief registered that day is still fresh in the unit."""
    return registered_on + timedelta(days=thresholds_of(unit).r1_days)


def newest_belief(case: Case, by_role: str) -> Belief | None:
    """The role's belief that counts: the newest one that nothing corrects (B2)."""
    return case.beliefs.filter(by_role=by_role, corrected_by__isnull=True).first()


def _add(belief: Belief, actor: Employee, action: str, **details: Any) -> Belief:
    belief.save(force_insert=True)
    record(belief, actor, action, **details)
    recompute([belief.case])
    return belief


def _require_news(belief: Belief, actor: Employee) -> None:
    """One's own newest number again needs a new reason, as a confirmation does.

    Other people's are not compared: they may be hidden from the actor. Nor the citizen's words.
    """
    if belief.by_role == ByRole.CITIZEN:
        return
    newest = newest_belief(belief.case, belief.by_role)
    if newest is not None and (newest.by_employee_id, newest.value) == (actor.pk, belief.value):
        require_new_reason(belief, newest)


def _require_may_register(actor: Employee, case: Case, by_role: str) -> None:
    if by_role in WRITTEN_BY_OWNER:
        guards.require_owner(actor, case)
        return
    if by_role == ByRole.BUSINESS_CONSULTANT and not actor.has_role(Role.BUSINESS_CONSULTANT):
        raise PermissionDenied("The actor is no business consultant.")
    if not Case.objects.visible_to(actor).filter(pk=case.pk).exists():
        raise PermissionDenied("The actor does not see this case.")
