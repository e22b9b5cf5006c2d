"""Whose numbers hold where: the municipality's thresholds and each unit's own interval."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from people.models import Unit
from renewal import Thresholds

OWN_INTERVAL = "r1_days"
"""Stored only where a municipality decides for all its units how long a belief lasts."""


def thresholds_of(unit: Unit) -> Thresholds:
    """The numbers of the unit's municipality; the unit's own interval is how long a bid lasts."""
    return limits_for(unit, unit.municipality.renewal_thresholds)


def limits_for(unit: Unit, stored: Mapping[str, Any]) -> Thresholds:
    """The same with other numbers than the municipality has now, for a preview."""
    limits = Thresholds.from_dict(stored)
    if OWN_INTERVAL in stored:
        return limits
    days = unit.review_interval_days
    own: dict[str, Any] = {
        OWN_INTERVAL: days,
        "soon_days": min(limits.soon_days, days),
        "very_old_days": max(limits.very_old_days, days),
    }
    return replace(limits, **own)


def fingerprints(units: Collection[Unit] | None = None) -> dict[str, list[int]]:
    """Ids of units by the fingerprint of the thresholds that hold there now; all units at None."""
    found: dict[str, list[int]] = {}
    rows = Unit.objects.select_related("municipality").order_by("pk") if units is None else units
    for unit in rows:
        found.setdefault(thresholds_of(unit).fingerprint, []).append(unit.pk)
    return found
