"""Domain functions for a person's working hours, absences and preferences."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.dispatch import Signal

from people.models import Absence, Employee, WorkingHours
from people.roles import Right
from privacy import audit

# Sent with `actor` and `absence`, inside the transaction that adds it.
absence_added = Signal()


@transaction.atomic
def set_hours(
    *, actor: Employee, employee: Employee, hours: dict[int, tuple[time, time]]
) -> Employee:
    """Replace the week. `hours` is {weekday 0–6: (from, to)} in Europe/Copenhagen."""
    if actor != employee:
        raise PermissionDenied("Only one's own hours.")
    employee.hours.all().delete()
    WorkingHours.objects.bulk_create(
        WorkingHours(employee=employee, weekday=day, start=start, end=end)
        for day, (start, end) in sorted(hours.items())
    )
    audit.record(actor=actor, action="hours.set", target=employee)
    return employee


@transaction.atomic
def add_absence(
    *, actor: Employee, employee: Employee, kind: str, first_day: date, last_day: date
) -> Absence:
    """Register an absence: the actor's own, or a colleague's by the municipality's coordinator.

    The next plan leaves the person out of it; `absence_added` lets booked talks know.
    """
    if actor != employee and not _coordinates(actor, employee):
        raise PermissionDenied("Only one's own absence.")
    absence = Absence.objects.create(
        employee=employee, kind=kind, first_day=first_day, last_day=last_day
    )
    audit.record(
        actor=actor,
        action="absence.added",
        target=absence,
        municipality_id=employee.municipality_id,
    )
    absence_added.send(sender=Absence, actor=actor, absence=absence)
    return absence


@transaction.atomic
def remove_absence(*, actor: Employee, absence: Absence) -> None:
    """Delete one's own absence and audit it; PermissionDenied for anybody else's."""
    if actor != absence.employee:
        raise PermissionDenied("Only one's own absence.")
    audit.record(
        actor=actor,
        action="absence.removed",
        target=absence,
        municipality_id=actor.municipality_id,
    )
    absence.delete()


@transaction.atomic
def set_availability(
    *, actor: Employee, employee: Employee, **values: bool | int | list[int] | None
) -> Employee:
    """Set pick_me_next, guest_elsewhere, theme_numbers, the limits of some days and of a week."""
    if actor != employee:
        raise PermissionDenied("Only one's own availability.")
    for name, value in values.items():
        setattr(employee, name, value)
    employee.full_clean(exclude=["password"])
    employee.save(update_fields=list(values))
    audit.record(actor=actor, action="availability.set", target=employee)
    return employee


def consume_next_pick(*, actor: Employee | None, employees: Iterable[Employee]) -> list[Employee]:
    """Clear "pick me next" of employees who got a session; returns those who had set it.

    Call it in the transaction that creates their participation.
    """
    return _set_pick_me_next(employees, False, actor, "availability.picked")


def restore_next_pick(*, actor: Employee | None, employees: Iterable[Employee]) -> list[Employee]:
    """Set "pick me next" again for employees whose session was cancelled; returns the changed.

    Call it with those whom `consume_next_pick` returned, in the transaction that cancels.
    """
    return _set_pick_me_next(employees, True, actor, "availability.not_picked")


def _set_pick_me_next(
    employees: Iterable[Employee], wanted: bool, actor: Employee | None, verb: str
) -> list[Employee]:
    """Set "pick me next" to `wanted` where it differs; returns the changed employees."""
    ids = [employee.pk for employee in employees]
    changed = list(Employee.objects.filter(pk__in=ids, pick_me_next=not wanted).order_by("pk"))
    Employee.objects.filter(pk__in=[employee.pk for employee in changed]).update(
        pick_me_next=wanted
    )
    for employee in changed:
        audit.record(actor=actor, action=verb, target=employee)
    return changed


def _coordinates(actor: Employee, employee: Employee) -> bool:
    return (
        actor.is_active
        and actor.may(Right.PLAN)
        and actor.municipality_id is not None
        and actor.municipality_id == employee.municipality_id
    )
