"""What is published: grouped, suppressed, then given intervals (docs/indicators.md).

Every figure says its definition's version, the day its data are from, how many it is about, and
what it cannot say. The same objects feed the page, the file and the command.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from privacy.intervals import wilson
from privacy.suppression import RATE_DENOMINATOR, Cell, Row, Table, hide_what_parts_reveal, publish

from . import queries
from .queries import StepCount
from .scopes import Scope

DEFINITION_VERSION = 1
GROUPS = ((0, 2), (3, 4), (5, 6), (7, 8), (9, 10))
# Seed 003: about 6 % of activity-ready cash-benefit recipients within a year (the BIP period).
PUBLISHED_BASE_RATE = 0.06


@dataclass(frozen=True)
class Group:
    """One row of I1 as everybody may see it. Shares are 0–1, None where they may not be shown."""

    label: str
    n: int | None
    yes: int | None
    under: int | None
    share: float | None
    low: float | None
    high: float | None

    @property
    def share_below(self) -> float | None:
        """ "Under 2.1 %": the most a hidden count could mean, where that much may be said."""
        return self.under / self.n if self.under and self.n else None


@dataclass(frozen=True)
class OutcomeByBelief:
    """I1: outcome within twelve months by the belief at the start."""

    scope: Scope
    as_of: date
    groups: tuple[Group, ...]
    apart: int | None
    n: int
    own_base_rate: float | None

    @property
    def shown(self) -> list[Group]:
        return [group for group in self.groups if group.share is not None]


def join_labels(first: str, second: str) -> str:
    """ "0–2" and "3–4" are shown together as "0–4"."""
    return f"{first.split('–')[0]}–{second.split('–')[-1]}"


def _grouped(counts: Sequence[StepCount]) -> list[Row]:
    rows = []
    for low, high in GROUPS:
        inside = [count for count in counts if low <= count.value <= high]
        yes = sum(count.yes for count in inside)
        rows.append(Row(f"{low}–{high}", yes, sum(count.bids - count.apart for count in inside)))
    return rows


def _table(counts: Sequence[StepCount], threshold: int) -> Table:
    return publish(_grouped(counts), threshold=threshold, join=join_labels)


def _group(cell: Cell) -> Group:
    if not cell.has_rate or cell.count is None or cell.n is None:
        return Group(cell.label, cell.n, cell.count, cell.under, None, None, None)
    low, high = wilson(cell.count, cell.n)
    return Group(cell.label, cell.n, cell.count, None, cell.count / cell.n, low, high)


def _share_of(cell: Cell | None) -> float | None:
    if cell is None or not cell.has_rate or cell.count is None or not cell.n:
        return None
    return cell.count / cell.n


def outcome_by_belief(scope: Scope, *, today: date, threshold: int = 5) -> OutcomeByBelief:
    """I1 for one scope. All municipalities together hide a row that exactly one of them hides."""
    counts = queries.outcome_by_belief(today=today)
    if scope.municipality_id is None:
        table = _table(counts, threshold)
        places = {count.municipality_id for count in counts}
        parts = [_table([c for c in counts if c.municipality_id == p], threshold) for p in places]
        table = hide_what_parts_reveal(table, parts)
    else:
        counts = [count for count in counts if count.municipality_id == scope.municipality_id]
        table = _table(counts, threshold)
    apart = sum(count.apart for count in counts)
    return OutcomeByBelief(
        scope=scope,
        as_of=today,
        groups=tuple(_group(cell) for cell in table.cells if cell.n != 0),
        apart=apart if apart == 0 or apart >= threshold else None,
        n=sum(cell.n or 0 for cell in table.cells),
        own_base_rate=_share_of(table.total),
    )


@dataclass(frozen=True)
class Share:
    """One share as it may be shown, with its interval; None where the numbers are too small."""

    n: int | None
    share: float | None
    low: float | None
    high: float | None


def share(count: int, n: int, *, threshold: int = 5) -> Share:
    """A single share, suppressed by the same function as every table."""
    cell = publish([Row("", count, n)], threshold=threshold).cells[0]
    if not cell.has_rate:
        return Share(cell.n, None, None, None)
    low, high = wilson(count, n)
    return Share(n, count / n, low, high)


@dataclass(frozen=True)
class WaitingForAction:
    """I3 for high (6 or more) or lower belief. `median_days` is None under the rate's limit."""

    high_belief: bool
    over_180: Share
    median_days: int | None


def since_action(scope: Scope, *, today: date) -> tuple[WaitingForAction, ...]:
    """I3: days since the newest started action, active cases, split by belief."""
    rows = queries.since_action(municipality_id=scope.municipality_id, today=today)
    return tuple(
        WaitingForAction(
            row.high,
            share(row.over_180, row.cases),
            row.median_days if row.cases >= RATE_DENOMINATOR else None,
        )
        for row in rows
    )


@dataclass(frozen=True)
class FreshBeliefs:
    """I5: shares of active cases. A fresh date is not a fresh thought."""

    caseworker: Share
    citizen: Share


def fresh_beliefs(scope: Scope, *, today: date) -> FreshBeliefs:
    counts = queries.fresh_beliefs(municipality_id=scope.municipality_id, today=today)
    return FreshBeliefs(share(counts.caseworker, counts.cases), share(counts.citizen, counts.cases))
