"""Changes of an account are audited, and mailed to its owner (docs/decisions/0025)."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.domain.notifications import notify
from people.domain.sending import send_one
from people.enums import AccountChange
from people.models import Employee
from people.roles import Right
from privacy import audit


@transaction.atomic
def note_change(
    *, actor: Employee, employee: Employee, change: AccountChange, old_address: str = ""
) -> None:
    """Audit a change and mail it to the owner: to `old_address` where one is given."""
    audit.record(actor=actor, action=f"account.{change.value}", target=employee)
    notify(
        employee=employee,
        kind="people.account_change",
        object_id=change.value,
        key=f"account:{change.value}:{employee.pk}:{timezone.now().isoformat()}",
        address=old_address,
    )


def mail_reset_link(*, employee_id: int) -> None:
    """Mail an account the link to a new password; nothing happens for an account there is not."""
    employee = Employee.objects.filter(pk=employee_id).first()
    if employee is None:
        return
    notification = notify(
        employee=employee,
        kind="people.reset_link",
        object_id="",
        key=f"reset:{employee.pk}:{timezone.now().isoformat()}",
    )
    if notification is not None:
        send_one(notification.pk)


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
