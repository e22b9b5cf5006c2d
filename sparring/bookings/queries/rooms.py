"""Rooms that somebody keeps: those of the municipality's units."""

from __future__ import annotations

from typing import TYPE_CHECKING

from people.models import Unit
from people.roles import Right
from sparring.models import Room

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from people.models import Employee


def rooms_of(employee: Employee) -> QuerySet[Room]:
    """All rooms of the municipality for who keeps them, those out of use last."""
    if employee.municipality_id is None or not employee.may(Right.KEEP_ROOMS):
        return Room.objects.none()
    rooms = Room.objects.filter(unit__municipality=employee.municipality_id)
    return rooms.select_related("unit__municipality").order_by("unit__name", "-in_use", "name")


def units_of(employee: Employee) -> QuerySet[Unit]:
    """The units that somebody may give rooms to."""
    if employee.municipality_id is None or not employee.may(Right.KEEP_ROOMS):
        return Unit.objects.none()
    return Unit.objects.filter(municipality=employee.municipality_id).order_by("name")
