"""Who was at an event has passed the modules that it counts for (events.attendance_hooks).

The right to record is the organiser's here, and no wider than this: an editor has said that being
at this event passes the module, and the organiser says who was. A person's own word is not enough,
and nobody passes anything by their own mark.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from events.attendance_hooks import register
from events.domain.attendance import require_organiser
from learning.domain.passes import note_pass
from learning.models import Certificate, Module, ModulePass
from privacy import audit

if TYPE_CHECKING:
    from events.models import EventPage
    from people.models import Employee


@register
@transaction.atomic
def record_attendance(
    *, event: EventPage, employee: Employee, came: bool, actor: Employee
) -> list[ModulePass]:
    """Record what somebody passed by being there, or take it back; return what is new.

    Nothing for the organiser's own mark and for who has left: a coordinator sees to the first.
    Raises ValidationError where a mark is taken back that a certificate stands on.
    """
    require_organiser(actor, event)
    if not came:
        _take_back(event, employee, actor)
        return []
    if actor.pk == employee.pk or not employee.is_active:
        return []
    modules = Module.objects.shown().filter(counting_events__event=event).order_by("pk")
    return [
        note_pass(actor=actor, employee=employee, module=module, passed_on=event.date, event=event)
        for module in modules
    ]


def _take_back(event: EventPage, employee: Employee, actor: Employee) -> None:
    for passed in ModulePass.objects.filter(employee=employee, event=event):
        programmes = (*passed.module.in_programmes.values_list("programme", flat=True),
                      *passed.module.renews.values_list("pk", flat=True))  # fmt: skip
        given = Certificate.objects.filter(
            employee=employee,
            programme__in=programmes,
            issued_on__gte=passed.passed_on,
            revoked_on__isnull=True,
        )
        if given.exists():
            sentence = _(
                "%(name)s has got a certificate for having been there. The coordinator revokes "
                "it first."
            )
            raise ValidationError(sentence % {"name": employee}, code="certificate")
        audit.record(
            actor=actor,
            action="module.take_back",
            target=passed,
            municipality_id=employee.municipality_id,
            module=passed.module_id,
            employee=employee.pk,
            event=event.pk,
        )
        passed.delete()
