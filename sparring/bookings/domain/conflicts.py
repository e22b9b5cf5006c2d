"""Declaring quietly that a case or a colleague is not for oneself (docs/domain.md B4).

The audit says that somebody has changed what they can be asked for, never about whom or what.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from privacy import audit
from sparring.models import Conflict
from sparring.shared import guards

if TYPE_CHECKING:
    from people.models import Employee


@transaction.atomic
def declare_conflict(
    *, actor: Employee, case_code: str = "", colleague: Employee | None = None
) -> Conflict:
    """Never be asked about the case with that code, or to sit with that colleague; twice is once.

    The answer is the same whether or not there is such a case. Raises ValidationError unless it
    is one of the two, and for oneself; PermissionDenied for somebody of another municipality.
    """
    code = case_code.strip().upper()
    if bool(code) == (colleague is not None):
        raise ValidationError(_("Choose a case or a colleague."), code="one")
    if colleague is not None and colleague.pk == actor.pk:
        raise ValidationError({"colleague": _("Choose somebody else.")})
    if colleague is not None and colleague.municipality_id != actor.municipality_id:
        raise PermissionDenied("Only colleagues of the own municipality.")
    conflict = Conflict(employee=actor, case_code=code, colleague=colleague)
    guards.clean(conflict)
    known = Conflict.objects.filter(employee=actor, case_code=code, colleague=colleague).first()
    if known is not None:
        return known
    conflict.save()
    audit.record(actor=actor, action="conflict.change", target=actor)
    return conflict


@transaction.atomic
def withdraw_conflict(*, actor: Employee, conflict: Conflict) -> None:
    """Take back one's own declaration. Raises PermissionDenied for anybody else's."""
    if conflict.employee_id != actor.pk:
        raise PermissionDenied("Only one's own.")
    conflict.delete()
    audit.record(actor=actor, action="conflict.change", target=actor)
