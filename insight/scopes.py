"""Whom a reader sees figures about: a municipality or all of them, never a unit's one person.

The levels are fixed and a reader has one of them: filters could be subtracted from each other.
"""

from __future__ import annotations

from dataclasses import dataclass

from people.models import Employee, Municipality
from people.roles import Right


@dataclass(frozen=True)
class FigureScope:
    """`municipality_id` is None for all municipalities together."""

    municipality_id: int | None
    name: str


def scope_for(employee: Employee) -> FigureScope | None:
    """All municipalities for project staff and auditors, else one's own; None without a unit."""
    if employee.may(Right.SEE_EVERYWHERE):
        names = Municipality.objects.order_by("name").values_list("name", flat=True)
        return FigureScope(None, ", ".join(names))
    if employee.municipality is None:
        return None
    return FigureScope(employee.municipality.pk, employee.municipality.name)
