"""Who does what here: an administrator gives a colleague roles, or closes the account."""

from __future__ import annotations

from collections.abc import Collection

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from form_drafts.domain.drafts import forget_drafts_of
from people.domain.accounts import note_change
from people.enums import AccountChange
from people.models import Employee
from people.queries.accounts import manages, roles_given_by


@transaction.atomic
def set_account(
    *, actor: Employee, employee: Employee, roles: Collection[str], is_active: bool
) -> Employee:
    """Set what somebody does here, and whether the account is open; the owner is mailed.

    For an administrator of the account's municipality, or of none, and never for one's own account.
    A role that opens more than a municipality is given and taken by an administrator of none.
    """
    employee = Employee.objects.select_for_update(of=("self",)).get(pk=employee.pk)
    if not manages(actor, employee):
        raise PermissionDenied("Another administrator sets an account's roles.")
    changed = set(roles) ^ set(employee.roles)
    if changed - {role.value for role in roles_given_by(actor)}:
        raise ValidationError({"roles": _("That role is given by who runs the installation.")})
    if not changed and is_active == employee.is_active:
        return employee
    employee.roles, employee.is_active = sorted(roles), is_active
    employee.save(update_fields=["roles", "is_active"])
    forget_drafts_of(employee)
    note_change(actor=actor, employee=employee, change=AccountChange.ROLES)
    return employee
