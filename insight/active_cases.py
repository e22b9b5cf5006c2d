"""I3 and I5, the figures about active cases, as they may be shown (docs/indicators.md).

They are suppressed as one table: who has a belief is counted in both, and a fresh belief is one
of those, so the sizes of one figure bound those of the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from people.thresholds import smallest_by_municipality
from privacy.intervals import wilson
from privacy.levels import Levels, publish_levels
from privacy.suppression import RATE_DENOMINATOR, Cell, CountRow, SuppressedTable

from . import queries

if TYPE_CHECKING:
    from .queries import Fresh, SinceAction
    from .scopes import FigureScope

HIGH, LOW, CASEWORKER, CITIZEN = "high", "low", "caseworker", "citizen"


@dataclass(frozen=True)
class Share:
    """One share as it may be shown, with its interval; None where the numbers are too small."""

    n: int | None = None
    share: float | None = None
    low: float | None = None
    high: float | None = None

    @classmethod
    def of(cls, cell: Cell) -> Share:
        if not cell.has_rate or cell.count is None or cell.n is None:
            return cls(cell.n)
        return cls(cell.n, cell.count / cell.n, *wilson(cell.count, cell.n))


@dataclass(frozen=True)
class WaitingForAction:
    """I3 for high (6 or more) or lower belief. `median_days` is None under the rate's limit."""

    high_belief: bool
    over_180: Share
    median_days: int | None


@dataclass(frozen=True)
class FreshBeliefs:
    """I5: shares of active cases. A fresh date is not a fresh thought."""

    caseworker: Share
    citizen: Share


@dataclass(frozen=True)
class ActiveCases:
    """What is shown of a scope's active cases."""

    since_action: tuple[WaitingForAction, ...]
    fresh: FreshBeliefs


def active_levels(
    since: Sequence[SinceAction], fresh: Sequence[Fresh], thresholds: dict[int, int]
) -> Levels:
    """I3 and I5 on every level at once."""
    by_municipality = {(row.municipality_id, row.high): row for row in since}

    def waiting(municipality_id: int, label: str) -> CountRow:
        row = by_municipality.get((municipality_id, label == HIGH))
        return CountRow(label, row.over_180, row.cases) if row else CountRow(label, 0, 0)

    parts = {}
    for counts in fresh:
        high, low = (waiting(counts.municipality_id, label) for label in (HIGH, LOW))
        parts[counts.municipality_id] = (
            high,
            low,
            CountRow(CASEWORKER, counts.caseworker, counts.cases, most=high.n + low.n),
            CountRow(CITIZEN, counts.citizen, counts.cases),
        )
    return publish_levels(parts, thresholds=thresholds, linked=True)


def active_cases(scope: FigureScope, *, today: date) -> ActiveCases:
    """I3: days since the newest started action, by belief. I5: how many bids are fresh."""
    since = queries.since_action(today=today)
    levels = active_levels(since, queries.fresh_beliefs(today=today), smallest_by_municipality())
    cells = _by_label(levels.table(scope.municipality_id))
    medians = {
        row.high: row.median_days for row in since if row.municipality_id == scope.municipality_id
    }
    return ActiveCases(
        since_action=tuple(
            WaitingForAction(high, Share.of(cells[label]), _median(cells[label], medians.get(high)))
            for label, high in ((HIGH, True), (LOW, False))
            if label in cells
        ),
        fresh=FreshBeliefs(
            *(Share.of(cells[name]) if name in cells else Share() for name in (CASEWORKER, CITIZEN))
        ),
    )


def _by_label(table: SuppressedTable) -> dict[str, Cell]:
    return {cell.label: cell for cell in table.cells}


def _median(cell: Cell, days: int | None) -> int | None:
    return days if cell.n is not None and cell.n >= RATE_DENOMINATOR else None
