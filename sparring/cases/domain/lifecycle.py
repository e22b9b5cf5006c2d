"""A case's life: opened, paused, resumed, closed (docs/domain.md B1, B2).

Handing it over is a room of its own: `sparring.handovers`.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from privacy import audit
from sparring.beliefs.domain.needs import recompute
from sparring.bookings.domain.requests import lapse_requests
from sparring.enums import CaseStatus, ContactForm
from sparring.handovers.domain.handing_over import call_off_sessions
from sparring.models import Case, CaseOwnership, TargetGroup
from sparring.shared import guards
from sparring.states import CaseSteps

if TYPE_CHECKING:
    from people.models import Employee, Unit


@transaction.atomic
def open_case(
    *,
    actor: Employee,
    code: str,
    target_group: TargetGroup,
    started: date,
    owner: Employee | None = None,
    contact_form: str = ContactForm.IN_PERSON,
    at: datetime | None = None,
) -> Case:
    """Open a case for `owner` (default: the actor) in the owner's unit.

    Raises PermissionDenied unless the actor opens it for themselves or coordinates the owner's
    municipality; ValidationError for a bad code, a taken code or a start that lies ahead.
    """
    owner = owner or actor
    unit = _unit_of(actor, owner)
    today = guards.local_day(at)
    guards.not_ahead(started, field="started", today=today)
    case = Case(
        municipality=unit.municipality,
        unit=unit,
        code=code.strip().upper(),
        owner=owner,
        target_group=target_group,
        started=started,
        contact_form=contact_form,
    )
    guards.clean(case)
    _insert(case)
    CaseOwnership.objects.create(case=case, employee=owner, since=started)
    audit.record(actor=actor, action="case.open", target=case)
    recompute([case])
    return case


@transaction.atomic
def pause(
    *, case: Case, actor: Employee, reason: str, until: date, at: datetime | None = None
) -> Case:
    """Put the case on pause until a day ahead, for a reason; it is held back meanwhile (B2, B3)."""
    case = guards.locked(case)
    guards.require_owner(actor, case)
    if not CaseSteps.PAUSE.starts_from(case.status):
        raise ValidationError(_("Only an active case can be paused."), code="not_active")
    if not reason.strip():
        raise ValidationError({"reason": _("Write why the case is paused.")})
    if until <= guards.local_day(at):
        raise ValidationError({"until": _("Choose a day that lies ahead.")})
    CaseSteps.PAUSE.take(case, "status")
    case.paused_reason, case.paused_until = reason.strip(), until
    guards.clean(case)
    case.save(update_fields=["status", "paused_reason", "paused_until"])
    audit.record(actor=actor, action="case.pause", target=case, until=until.isoformat())
    recompute([case])
    return case


@transaction.atomic
def resume(*, case: Case, actor: Employee | None) -> Case:
    """Take the case off its pause; the system (None) does it when the pause's last day is over."""
    case = guards.locked(case)
    if actor is not None:
        guards.require_owner(actor, case)
    if not CaseSteps.RESUME.starts_from(case.status):
        raise ValidationError(_("The case is not paused."), code="not_paused")
    CaseSteps.RESUME.take(case, "status")
    case.paused_reason, case.paused_until = "", None
    case.save(update_fields=["status", "paused_reason", "paused_until"])
    audit.record(actor=actor, action="case.resume", target=case)
    recompute([case])
    return case


@transaction.atomic
def close_case(
    *,
    case: Case,
    actor: Employee,
    closed_as: str,
    closed_on: date | None = None,
    at: datetime | None = None,
) -> Case:
    """Close the case with its outcome; booked sessions are called off and open requests lapse (B2).

    Beliefs stay as they are: each is judged at its own horizon, not at closing.
    """
    case = guards.locked(case)
    guards.require_owner_or_coordinator(actor, case)
    guards.require_open(case)
    today = guards.local_day(at)
    closed_on = guards.not_ahead(closed_on or today, field="closed_on", today=today)
    if closed_on < case.started:
        raise ValidationError({"closed_on": _("The case cannot close before it started.")})
    CaseSteps.CLOSE.take(case, "status")
    case.closed_as, case.closed_on = closed_as, closed_on
    case.paused_reason, case.paused_until = "", None
    guards.clean(case)
    if not closed_as:
        raise ValidationError({"closed_as": _("Choose how the case ended.")})
    case.save(update_fields=["status", "closed_as", "closed_on", "paused_reason", "paused_until"])
    call_off_sessions(case, actor, at)
    lapse_requests(case=case, actor=actor)
    audit.record(actor=actor, action="case.close", target=case, closed_as=closed_as)
    recompute([case])
    return case


def _unit_of(actor: Employee, owner: Employee) -> Unit:
    """The unit of the new case. Raises PermissionDenied when the actor may not open it there."""
    if owner.unit is None or not guards.can_own(owner, owner.municipality_id):
        raise PermissionDenied("Only a caseworker of a unit has cases.")
    if actor.pk != owner.pk and not guards.coordinates(actor, owner.municipality_id):
        raise PermissionDenied("A case is opened by its caseworker or the coordinator.")
    return owner.unit


def _insert(case: Case) -> None:
    """Save a new case; the database decides whether its code is free."""
    try:
        with transaction.atomic():
            case.save(force_insert=True)
    except IntegrityError as error:
        if "case_unique_code" not in str(error):
            raise
        raise ValidationError({"code": _("Another case has this code.")}) from error


def end_pauses(today: date | None = None) -> int:
    """Resume the cases whose pause has passed its last day; return how many."""
    over = Case.objects.filter(
        status=CaseStatus.PAUSED, paused_until__lt=today or timezone.localdate()
    )
    return len([resume(case=case, actor=None) for case in over])
