"""Changes of an account are audited, and mailed to its owner (docs/decisions/0025)."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.enums import AccountChange
from people.models import Employee
from people.roles import Right
from privacy import audit
from privacy.jobs import defer


@transaction.atomic
def note_change(
    *, actor: Employee, employee: Employee, change: AccountChange, old_address: str = ""
) -> None:
    """Audit a change and mail it to the owner: to `old_address` where one is given."""
    audit.record(actor=actor, action=f"account.{change.value}", target=employee)
    defer(
        "people.mail_account_change",
        employee_id=employee.pk,
        change=change.value,
        at=timezone.now().isoformat(),
        old_address=old_address,
    )


@transaction.atomic
def change_email(*, actor: Employee, employee: Employee, address: str) -> Employee:
    """Change the mail address of an account, and notify the old address.

    For an administrator of the account's municipality, or of none, and never for one's own account:
    the address is where a new password goes. Links mailed before become invalid.
    """
    _require_administrator(actor, employee)
    employee = Employee.objects.select_for_update(of=("self",)).get(pk=employee.pk)
    address = address.strip().lower()
    if address == employee.email.lower():
        raise ValidationError({"email": _("The account has that address already.")})
    old_address, employee.email = employee.email, address
    if not address:
        raise ValidationError({"email": _("Write the new address.")})
    others = {field.name for field in Employee._meta.fields} - {"email"}
    employee.full_clean(exclude=others)
    employee.save(update_fields=["email"])
    note_change(actor=actor, employee=employee, change=AccountChange.EMAIL, old_address=old_address)
    return employee


def _require_administrator(actor: Employee, employee: Employee) -> None:
    if not actor.is_active or not actor.may(Right.MANAGE_ACCOUNTS) or actor == employee:
        raise PermissionDenied("Another administrator changes an account's address.")
    if actor.municipality_id not in (None, employee.municipality_id):
        raise PermissionDenied("Only accounts of one's own municipality.")
