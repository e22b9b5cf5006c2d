"""Whose figures a user sees: one municipality's or all of them together, never a unit's.

Each user has one fixed level, since results of free filters could be subtracted.
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
    """All municipalities for project staff and auditors, else the user's; None without a unit."""
    if employee.may(Right.SEE_EVERYWHERE):
        names = Municipality.objects.order_by("name").values_list("name", flat=True)
        return FigureScope(None, ", ".join(names))
    if employee.municipality is None:
        return None
    return FigureScope(employee.municipality.pk, employee.municipality.name)
