"""The smallest number that may be shown of a unit: its own, never below the common one."""

from __future__ import annotations

from collections.abc import Iterable

from privacy.suppression import THRESHOLD

from .models import Unit


def smallest_shown(units: Iterable[Unit]) -> int:
    """The strictest threshold of the units that a figure counts; the common one for none."""
    return max((unit.suppression_threshold for unit in units), default=THRESHOLD)


def smallest_by_municipality() -> dict[int, int]:
    """For each municipality the strictest threshold of its units, in one query."""
    units: dict[int, list[Unit]] = {}
    for unit in Unit.objects.only("municipality_id", "suppression_threshold"):
        units.setdefault(unit.municipality_id, []).append(unit)
    return {municipality: smallest_shown(own) for municipality, own in units.items()}
