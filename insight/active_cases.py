"""The figures about active cases as they may be shown: every file in `insight/active/` is one.

They are suppressed as one table (decision 0024), since the sizes of one figure bound those of
another: who has a belief is counted in both I3 and I5, and a fresh belief is one of those.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any, Final

from people.thresholds import smallest_by_municipality
from privacy.levels import Levels, publish_levels
from privacy.suppression import RATE_DENOMINATOR, Cell, CountRow

from . import active, queries
from .active_indicator import ActiveIndicator, Found, Passage, Row, Share, Shown

if TYPE_CHECKING:
    from .queries import ActiveCount
    from .scopes import FigureScope


def _found() -> tuple[ActiveIndicator, ...]:
    indicators: list[ActiveIndicator] = [
        import_module(f"{active.__name__}.{module.name}").INDICATOR
        for module in iter_modules(active.__path__)
    ]
    require_well_formed(indicators)
    return tuple(sorted(indicators, key=lambda indicator: indicator.number))


def require_well_formed(indicators: Sequence[ActiveIndicator]) -> None:
    """ValueError for names that two share, and for a row that is said to be among none."""
    _require_own(indicator.code for indicator in indicators)
    _require_own(indicator.key for indicator in indicators)
    _require_own(label for indicator in indicators for label in indicator.labels)
    _require_rows_to_count_among([row for indicator in indicators for row in indicator.rows])
    for indicator in indicators:
        _require_rows_to_be_within(indicator)


def _require_own(named: Iterable[str]) -> None:
    names = list(named)
    if len(set(names)) != len(names):
        raise ValueError(f"Two indicators of active cases share a name: {sorted(names)}.")


def _require_rows_to_count_among(rows: Sequence[Row]) -> None:
    labels = {row.label for row in rows}
    if strange := {label for row in rows for label in row.among} - labels:
        raise ValueError(f"There are no rows {sorted(strange)}.")


def _require_rows_to_be_within(indicator: ActiveIndicator) -> None:
    labels = {row.label for row in indicator.rows}
    if {nested.within for nested in indicator.nested} - labels:
        raise ValueError(f"{indicator.code} has no row that its rows are within.")


INDICATORS: Final = _found()
"""Every indicator of active cases, in the order of the codes."""
ROWS: Final = tuple(row for indicator in INDICATORS for row in indicator.rows)


@dataclass(frozen=True)
class ShownIndicator:
    """One indicator as a scope sees it."""

    indicator: ActiveIndicator
    shown: Shown

    @property
    def report(self) -> Any:
        """What the command prints."""
        return self.indicator.report(self.shown)

    @property
    def passages(self) -> list[Passage]:
        """What the page says."""
        return list(self.indicator.passages(self.shown))


def active_levels(counts: Iterable[ActiveCount], thresholds: dict[int, int]) -> Levels:
    """The rows of all indicators on every level at once."""
    parts: dict[int, dict[str, ActiveCount]] = {}
    for counted in counts:
        if counted.municipality_id is not None:
            parts.setdefault(counted.municipality_id, {})[counted.row] = counted
    return publish_levels(
        {part: _rows(parts[part]) for part in sorted(parts)}, thresholds=thresholds, linked=True
    )


def nested_levels(
    counts: Iterable[ActiveCount], thresholds: dict[int, int], levels: Levels
) -> dict[str, Levels]:
    """The rows within rows that may be shown, on every level at once; `levels` are the others'."""
    found = {}
    for nested in (nested for indicator in INDICATORS for nested in indicator.nested):
        parts = {
            counted.municipality_id: [CountRow(nested.label, counted.count, counted.n)]
            for counted in counts
            if counted.row == nested.label and counted.municipality_id is not None
        }
        own = publish_levels(parts, thresholds=thresholds)
        cells = [*_cells(own, nested.label), *_cells(levels, nested.within)]
        if cells and not any(cell.hidden for cell in cells):
            found[nested.label] = own
    return found


def _cells(levels: Levels, label: str) -> list[Cell]:
    tables = (levels.whole, *levels.parts.values())
    return [cell for table in tables for cell in table.cells if cell.label == label]


def _rows(counted: Mapping[str, ActiveCount]) -> list[CountRow]:
    """The table of one municipality; who is in none of a row's groups is nobody."""
    sizes = {label: (found.count, found.n) for label, found in counted.items()}
    rows = []
    for row in ROWS:
        count, n = sizes.get(row.label, (0, 0))
        among = sum(sizes.get(label, (0, 0))[1] for label in row.among)
        rows.append(CountRow(row.label, count, n, most=min(among, n) if row.among else None))
    return rows


def active_cases(scope: FigureScope, *, today: date) -> dict[str, ShownIndicator]:
    """Every indicator by its key, for one scope."""
    counts = [
        counted
        for indicator in INDICATORS
        for counted in queries.active_counts(indicator.statement, today=today)
    ]
    thresholds = smallest_by_municipality()
    levels = active_levels(counts, thresholds)
    table = levels.table(scope.municipality_id)
    within = nested_levels(counts, thresholds, levels).values()
    cells = [*table.cells, *(c for own in within for c in own.table(scope.municipality_id).cells)]
    medians = {
        counted.row: counted.median
        for counted in counts
        if counted.municipality_id == scope.municipality_id
    }
    found = {
        cell.label: Found(Share.of(cell), _median(cell, medians.get(cell.label))) for cell in cells
    }
    return {
        indicator.key: ShownIndicator(
            indicator,
            {label: found[label] for label in indicator.labels if label in found},
        )
        for indicator in INDICATORS
    }


def _median(cell: Cell, median: int | None) -> int | None:
    return median if cell.n is not None and cell.n >= RATE_DENOMINATOR else None
