"""Who was there: their own word, and the organiser's mark, which counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events import attendance_hooks
from events.enums import SignUpState
from events.models import SignUp
from privacy import audit

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.contrib.auth.models import AnonymousUser

    from events.models import EventPage
    from people.models import Employee


def may_organise(employee: Employee | AnonymousUser, event: EventPage) -> bool:
    """The organiser, and editors who may publish the page."""
    if not employee.is_authenticated or not employee.is_active:
        return False
    if event.organiser_id == employee.pk:
        return True
    return bool(event.permissions_for_user(employee).can_publish())


def require_organiser(employee: Employee, event: EventPage) -> None:
    """Raise PermissionDenied for everybody else."""
    if not may_organise(employee, event):
        raise PermissionDenied("Only the organiser and editors.")


@transaction.atomic
def mark_attendance(*, actor: Employee, event: EventPage, present: Collection[int]) -> int:
    """Mark those whose sign-up is in `present` as come, all others as not; return how many changed.

    The rooms above are told of each employee whose mark changes. Raises PermissionDenied,
    ValidationError before the event begins.
    """
    require_organiser(actor, event)
    if event.starts_at is None or event.starts_at > timezone.now():
        raise ValidationError(_("Nobody can have come before it begins."), code="early")
    changed = 0
    rows = event.sign_ups.seated().select_for_update(of=("self",)).select_related("employee")
    for sign_up in rows:
        came = sign_up.pk in present
        if sign_up.came == came:
            continue
        was = sign_up.came
        sign_up.came = came
        sign_up.save(update_fields=["came"])
        changed += 1
        if sign_up.employee is not None and (came or was):
            attendance_hooks.tell(event=event, employee=sign_up.employee, came=came, actor=actor)
    audit.record(actor=actor, action="event.attendance", target=event, changed=changed)
    return changed


@transaction.atomic
def say_came(*, actor: Employee | None, sign_up: SignUp) -> SignUp:
    """»I was there«, in somebody's own words; the organiser sees it on the list and marks it.

    Raises PermissionDenied for another's sign-up, ValidationError before the event or without a
    seat.
    """
    if sign_up.employee_id != (actor.pk if actor is not None else None):
        raise PermissionDenied("Only whoever signed up says so.")
    sign_up = SignUp.objects.select_for_update(of=("self",)).get(pk=sign_up.pk)
    event = sign_up.event
    if event.starts_at is None or event.starts_at > timezone.now():
        raise ValidationError(_("The event has not begun yet."), code="early")
    if sign_up.state != SignUpState.SEATED:
        raise ValidationError(_("You had no place at the event."), code="no_place")
    if not sign_up.says_came:
        sign_up.says_came = True
        sign_up.save(update_fields=["says_came"])
        audit.record(actor=actor, action="event.says_came", target=sign_up)
    return sign_up
