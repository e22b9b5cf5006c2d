"""Somebody passed a module: recorded by another person, and what follows from it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from learning.completion import Part, Progress, Rules, progress
from learning.models import Certificate, ModulePass, Programme
from people.models import Employee
from people.roles import Right
from privacy import audit

if TYPE_CHECKING:
    from events.models import EventPage
    from learning.models import Module


@transaction.atomic
def pass_module(
    *, actor: Employee, employee: Employee, module: Module, passed_on: date
) -> ModulePass:
    """Record that `employee` passed `module`; a programme that is complete gives its certificate.

    Recorded twice for the same day, it is recorded once. `learning.domain.attendance` does the same
    for those who were at an event.
    """
    require_right_to_record(actor, employee)
    if not employee.is_active:
        raise ValidationError({"employee": has_left(employee)})
    if passed_on > timezone.localdate():
        raise ValidationError({"passed_on": _("The day lies ahead.")})
    return note_pass(actor=actor, employee=employee, module=module, passed_on=passed_on)


def note_pass(
    *,
    actor: Employee,
    employee: Employee,
    module: Module,
    passed_on: date,
    event: EventPage | None = None,
) -> ModulePass:
    """Write a pass down, and give what it completes. Who calls has asked for the right."""
    # One at a time for a person: two modules recorded at once complete a programme once.
    Employee.objects.select_for_update().get(pk=employee.pk)
    known = ModulePass.objects.filter(employee=employee, module=module, passed_on=passed_on)
    if found := known.first():
        return found
    noted = ModulePass(
        employee=employee, module=module, passed_on=passed_on, recorded_by=actor, event=event
    )
    noted.full_clean()
    noted.save()
    audit.record(
        actor=actor,
        action="module.pass",
        target=noted,
        municipality_id=employee.municipality_id,
        module=module.pk,
        employee=employee.pk,
        event=event.pk if event is not None else None,
    )
    for programme in Programme.objects.shown().filter(programme_modules__module=module):
        _complete(actor, employee, programme)
    for programme in module.renews.all():
        _renew(actor, employee, programme, passed_on)
    return noted


def require_right_to_record(actor: Employee, employee: Employee) -> None:
    """Raise PermissionDenied unless the actor keeps the learning of the employee's municipality."""
    same = actor.municipality_id is not None and actor.municipality_id == employee.municipality_id
    if not (actor.may(Right.RECORD_LEARNING) and same):
        raise PermissionDenied("Learning is recorded by the coordinator of the municipality.")
    if actor.pk == employee.pk:
        raise ValidationError({"employee": _("Somebody else records what you passed.")})


def has_left(employee: Employee) -> str:
    """The sentence that says why nothing is recorded for somebody any more."""
    return _(
        "%(name)s does not work here any more. What was passed before stays; nothing new is added."
    ) % {"name": employee}


def progress_in(employee: Employee, programme: Programme) -> Progress:
    """How far somebody is in a programme, counted from their last certificate of it."""
    rows = list(programme.programme_modules.all())
    parts = [Part(row.module_id, row.required) for row in rows]
    days: dict[int, list[date]] = defaultdict(list)
    passes = ModulePass.objects.filter(
        employee=employee, module__in=[part.module for part in parts]
    )
    for module, day in passes.values_list("module", "passed_on"):
        days[module].append(day)
    rules = Rules(parts, programme.optional_needed, programme.in_order)
    return progress(rules, days, _since(employee, programme))


def _since(employee: Employee, programme: Programme) -> date | None:
    """The day of the last certificate, or of its revocation; what was passed till then is used."""
    given = Certificate.objects.filter(employee=employee, programme=programme)
    days = [max(filter(None, pair)) for pair in given.values_list("issued_on", "revoked_on")]
    return max(days, default=None)


def _complete(actor: Employee, employee: Employee, programme: Programme) -> None:
    done = progress_in(employee, programme).completed_on
    if done is not None:
        _issue(actor, employee, programme, done)


def _renew(actor: Employee, employee: Employee, programme: Programme, day: date) -> None:
    """The renewal module prolongs a certificate that is there, also one that has expired."""
    known = Certificate.objects.live().filter(employee=employee, programme=programme).first()
    if known is not None and day > known.issued_on:
        _issue(actor, employee, programme, day)


def _issue(actor: Employee, employee: Employee, programme: Programme, day: date) -> Certificate:
    """Give the certificate; the one before is replaced by it."""
    months = programme.valid_months
    made = Certificate(
        employee=employee,
        programme=programme,
        title=str(programme),
        issued_on=day,
        expires_on=day + relativedelta(months=months) if months else None,
    )
    live = Certificate.objects.live().filter(employee=employee, programme=programme)
    # First, since only one of them may be live; the reference is looked at when all is done.
    live.update(replaced_by=made.pk)
    made.save(force_insert=True)
    audit.record(
        actor=actor,
        action="certificate.issue",
        target=made,
        municipality_id=employee.municipality_id,
        employee=employee.pk,
        programme=programme.pk,
    )
    return made
