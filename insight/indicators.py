"""What is published: grouped, suppressed, then given intervals (docs/indicators.md).

Every figure says its definition's version, the day its data are from, how many it is about, and
what it cannot say. The same objects feed the page, the file and the command. What is hidden is
decided for all levels at once (privacy/levels.py), though a visitor sees only one of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from people.thresholds import smallest_by_municipality
from privacy.intervals import wilson
from privacy.levels import Levels, publish_joined, publish_levels
from privacy.suppression import Cell, CountRow

from . import queries

if TYPE_CHECKING:
    from .queries import StepCount
    from .scopes import FigureScope

DEFINITION_VERSION = 1
GROUPS = ((0, 2), (3, 4), (5, 6), (7, 8), (9, 10))
# Seed 003: about 6 % of activity-ready cash-benefit recipients within a year (the BIP period).
PUBLISHED_BASE_RATE = 0.06


@dataclass(frozen=True)
class OutcomeGroup:
    """One published row of I1. Shares are 0–1, None where they may not be shown."""

    label: str
    n: int | None
    yes: int | None
    under: int | None
    share: float | None
    low: float | None
    high: float | None

    @property
    def share_below(self) -> float | None:
        """The most a hidden count could mean ("Under 2.1 %"), where that much may be said."""
        return self.under / self.n if self.under and self.n else None


@dataclass(frozen=True)
class OutcomeByBelief:
    """I1: outcome within twelve months by the belief at the start.

    apart: moved and paused cases, None where hidden. n: the bids of the groups whose size is shown.
    """

    scope: FigureScope
    as_of: date
    groups: tuple[OutcomeGroup, ...]
    apart: int | None
    n: int
    own_base_rate: float | None

    @property
    def shown(self) -> list[OutcomeGroup]:
        return [group for group in self.groups if group.share is not None]


def join_labels(first: str, second: str) -> str:
    """The label of two groups shown together: "0–2" and "3–4" become "0–4"."""
    return f"{first.split('–', 1)[0]}–{second.rsplit('–', 1)[-1]}"


def _grouped(counts: Sequence[StepCount]) -> list[CountRow]:
    rows = []
    for low, high in GROUPS:
        inside = [count for count in counts if low <= count.value <= high]
        yes = sum(count.yes for count in inside)
        rows.append(
            CountRow(f"{low}–{high}", yes, sum(count.beliefs - count.apart for count in inside))
        )
    return rows


def _group(cell: Cell) -> OutcomeGroup:
    if not cell.has_rate or cell.count is None or cell.n is None:
        return OutcomeGroup(cell.label, cell.n, cell.count, cell.under, None, None, None)
    low, high = wilson(cell.count, cell.n)
    return OutcomeGroup(cell.label, cell.n, cell.count, None, cell.count / cell.n, low, high)


def _share_of(cell: Cell | None) -> float | None:
    if cell is None or not cell.has_rate or cell.count is None or not cell.n:
        return None
    return cell.count / cell.n


def outcome_levels(
    counts: Sequence[StepCount], thresholds: dict[int, int]
) -> tuple[Levels, Levels]:
    """I1 on every level at once: the joined groups, and how many bids stand apart."""
    by_municipality: dict[int, list[StepCount]] = {}
    for count in counts:
        by_municipality.setdefault(count.municipality_id, []).append(count)
    groups = {municipality: _grouped(own) for municipality, own in by_municipality.items()}
    apart = {
        municipality: [CountRow("", 0, sum(count.apart for count in own))]
        for municipality, own in by_municipality.items()
    }
    return (
        publish_joined(groups, join=join_labels, thresholds=thresholds),
        publish_levels(apart, thresholds=thresholds),
    )


def outcome_by_belief(scope: FigureScope, *, today: date) -> OutcomeByBelief:
    """I1 for one scope; the rows are the same on every level."""
    counts = queries.outcome_by_belief(today=today)
    groups, apart = outcome_levels(counts, smallest_by_municipality())
    table = groups.table(scope.municipality_id)
    return OutcomeByBelief(
        scope=scope,
        as_of=today,
        groups=tuple(_group(cell) for cell in table.cells),
        apart=next((cell.n for cell in apart.table(scope.municipality_id).cells), None),
        n=sum(cell.n or 0 for cell in table.cells),
        own_base_rate=_share_of(table.total),
    )
