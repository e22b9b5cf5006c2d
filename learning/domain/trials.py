"""Colleagues write what happened when they tried a method; project staff let it in."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from learning.enums import TrialState
from learning.models import MethodTrial
from people.roles import Right
from privacy import audit
from privacy.anonymity import check

if TYPE_CHECKING:
    from learning.models import Method
    from people.models import Employee


@transaction.atomic
def register_trial(
    *,
    actor: Employee,
    method: Method,
    tried_on: date,
    what_happened: str,
    adapted: str = "",
    show_name: bool = False,
) -> MethodTrial:
    """Write down one's own trial. It waits until somebody else has read it."""
    if actor.unit is None:
        raise ValidationError(_("Only those who belong to a unit can tell what happened there."))
    if tried_on > timezone.localdate():
        raise ValidationError({"tried_on": _("The day lies ahead.")})
    _refuse_what_can_be_recognised({"what_happened": what_happened, "adapted": adapted})
    trial = MethodTrial(
        employee=actor,
        unit=actor.unit,
        method=method,
        tried_on=tried_on,
        what_happened=what_happened,
        adapted=adapted,
        show_name=show_name,
    )
    trial.full_clean()
    trial.save()
    audit.record(
        actor=actor,
        action="method_trial.register",
        target=trial,
        municipality_id=actor.municipality_id,
        method=method.pk,
    )
    return trial


@transaction.atomic
def decide_trial(
    *, actor: Employee, trial: MethodTrial, show: bool, reason: str = ""
) -> MethodTrial:
    """Show it on the method's page, or send it back with a reason."""
    if not actor.may(Right.MODERATE_TRIALS):
        raise PermissionDenied("Only project staff let trials in.")
    trial = MethodTrial.objects.select_for_update().get(pk=trial.pk)
    if trial.state != TrialState.WAITING:
        raise ValidationError(_("Somebody has decided about it already."))
    if trial.employee_id == actor.pk:
        raise ValidationError(_("Somebody else reads what you wrote."))
    trial.state = TrialState.SHOWN if show else TrialState.DECLINED
    trial.decided_by, trial.reason = actor, "" if show else reason.strip()
    trial.full_clean()
    trial.save()
    audit.record(
        actor=actor,
        action="method_trial.show" if show else "method_trial.decline",
        target=trial,
        municipality_id=trial.unit.municipality_id,
    )
    return trial


@transaction.atomic
def withdraw_trial(*, actor: Employee, trial: MethodTrial) -> None:
    """Take back what one wrote oneself, shown or not."""
    if trial.employee_id != actor.pk:
        raise PermissionDenied("A trial is withdrawn by who wrote it.")
    audit.record(
        actor=actor,
        action="method_trial.withdraw",
        target=trial,
        municipality_id=trial.unit.municipality_id,
    )
    trial.delete()


def _refuse_what_can_be_recognised(texts: dict[str, str]) -> None:
    faults = {}
    for name, text in texts.items():
        if words := [found.text for found in check(text).findings if found.level == "block"]:
            faults[name] = _("Leave out what somebody could be recognised by: %(words)s") % {
                "words": ", ".join(dict.fromkeys(words))
            }
    if faults:
        raise ValidationError(faults)
