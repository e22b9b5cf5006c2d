"""What every domain function of the case half asks first: when, who, and is the text in order."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.roles import Right
from renewal import local_date
from sparring.enums import CaseStatus
from sparring.models import Case
from sparring.shared.access_rows import keeps
from sparring.shared.guest_texts import refuse_for_guest

if TYPE_CHECKING:
    from people.models import Employee


def moment(at: datetime | None) -> datetime:
    """`at`, or now. Raises ValidationError for a naive moment and for one that lies ahead."""
    now = timezone.now()
    if at is None:
        return now
    if timezone.is_naive(at):
        raise ValidationError(_("A moment needs a time zone."), code="naive")
    if at > now:
        raise ValidationError(_("The date lies in the future."), code="future")
    return at


def local_day(at: datetime | None) -> date:
    """The calendar day in Europe/Copenhagen of `at`, or today."""
    return local_date(moment(at))


def not_ahead(day: date, *, field: str, today: date) -> date:
    """`day`, unless it lies after `today`: ValidationError on `field`."""
    if day > today:
        raise ValidationError({field: _("The date lies in the future.")})
    return day


def clean(instance: models.Model) -> None:
    """Check every field but the relations, which callers give as objects.

    No query is made, unless a guest could read words that the check warns about. Raises
    ValidationError by field. Constraints are left to the database, the last guard.
    """
    relations = {field.name for field in instance._meta.fields if field.is_relation}
    instance.clean_fields(exclude=relations | {instance._meta.pk.name})
    for field in instance._meta.fields:
        if isinstance(field, models.TextField) and field.max_length:
            _within(field, getattr(instance, field.name))
    refuse_for_guest(instance)


def _within(field: models.TextField, text: str) -> None:
    """Hold a text to its length, which Django leaves to forms."""
    if len(text) > (field.max_length or 0):
        tell = _("Write %(most)d characters at most; this is %(length)d.")
        raise ValidationError({field.name: tell % {"most": field.max_length, "length": len(text)}})


def locked(case: Case) -> Case:
    """The case's row, locked until the transaction ends, fresh from the database."""
    return (
        Case.objects.select_for_update(of=("self",))
        .select_related("unit__municipality")
        .get(pk=case.pk)
    )


def require_open(case: Case) -> None:
    """Raise ValidationError when the case is closed."""
    if case.status == CaseStatus.CLOSED:
        raise ValidationError(_("The case is closed."), code="closed")


def require_owner(actor: Employee, case: Case) -> None:
    """Raise PermissionDenied unless the case is the actor's own, in their municipality."""
    if case.owner_id != actor.pk or not keeps(case, actor):
        raise PermissionDenied("Only the case's own caseworker does this.")


def can_own(employee: Employee, municipality_id: int | None) -> bool:
    """Whether somebody can have cases in that municipality."""
    return (
        employee.is_active
        and employee.may(Right.CASEWORK)
        and municipality_id is not None
        and employee.municipality_id == municipality_id
    )


def coordinates(actor: Employee, municipality_id: int | None) -> bool:
    """Whether the actor is a coordinator of that municipality."""
    return (
        actor.is_active
        and actor.may(Right.PLAN)
        and municipality_id is not None
        and actor.municipality_id == municipality_id
    )


def require_owner_or_coordinator(actor: Employee, case: Case) -> None:
    """Raise PermissionDenied unless the actor owns the case or coordinates its municipality."""
    if not coordinates(actor, case.municipality_id):
        require_owner(actor, case)
