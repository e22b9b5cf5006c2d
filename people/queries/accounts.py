"""The accounts that somebody manages, and the roles that they may give."""

from __future__ import annotations

from people.models import Employee, EmployeeQuerySet
from people.roles import Right, Role

# What reaches over the border of a municipality.
BEYOND = {Right.SEE_EVERYWHERE, Right.AUDIT}


def accounts_managed_by(manager: Employee) -> EmployeeQuerySet:
    """The accounts of the manager's municipality; of all for who belongs to none."""
    if not manager.is_active or not manager.may(Right.MANAGE_ACCOUNTS):
        return Employee.objects.none()
    if manager.municipality_id is None:
        return Employee.objects.all()
    return Employee.objects.in_municipality(manager.municipality_id)


def manages(manager: Employee, account: Employee) -> bool:
    """Whether the account is the manager's to set: one of theirs, and not their own."""
    return account.pk != manager.pk and accounts_managed_by(manager).filter(pk=account.pk).exists()


def roles_given_by(manager: Employee) -> list[Role]:
    """Those that end at the municipality's border; all for who belongs to none."""
    everywhere = manager.municipality_id is None
    return [role for role in Role if everywhere or not role.rights & BEYOND]
