"""One table on every level it is published on: no sum or difference gives a hidden number back.

The levels are parts (municipalities) and the whole they add up to. Somebody may hold the tables
of all of them. What they know of a hidden number is an interval: what its own cell says of it,
narrowed by the equation *whole = sum of the parts* of its row. All levels show the same rows, so
there is no other equation, and the interval is exact. Wherever it holds fewer numbers than the
threshold, the next smallest part of the row is hidden too, and when no part is left the whole.

`tests/insight/test_attack.py` proves it against a solver that knows nothing of this reasoning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from .suppression import THRESHOLD, Cell, CountRow, SuppressedTable, telling

Parts = Mapping[int, Sequence[CountRow]]


@dataclass(frozen=True)
class Levels:
    """What may be shown of one table on each level."""

    whole: SuppressedTable
    parts: Mapping[int, SuppressedTable]

    def table(self, part: int | None) -> SuppressedTable:
        """A part's table, the whole's for None, and an empty one for a part that has no rows."""
        return self.whole if part is None else self.parts.get(part, SuppressedTable())

    @property
    def worth(self) -> tuple[int, int]:
        """How many cells are shown on all levels; of two that show as many, fewer hidden ones."""
        tables = (self.whole, *self.parts.values())
        hidden = [cell.hidden for table in tables for cell in table.cells]
        return hidden.count(False), -hidden.count(True)


class _Margin:
    """One row on one level, while it is decided what is shown of it."""

    def __init__(self, row: CountRow, threshold: int) -> None:
        self.row, self.threshold = row, threshold
        # Where the count can be fewer numbers than the threshold, no hiding of it is enough.
        self.closed = row.n < threshold or row.limit + 1 < threshold
        self.hidden = self.closed or telling(row.count, row.n, threshold=threshold)
        # Whether "below the threshold" is said where it is so. Where it is not said, the hidden
        # count is then known to be larger: for that there have to be numbers enough.
        self.speaks = row.limit >= 4 * threshold

    def close(self) -> None:
        """Show neither the count nor how many there are."""
        self.closed, self.hidden = True, True

    def hide(self) -> None:
        """Show how many there are, and the count not."""
        self.hidden = True

    @property
    def claims(self) -> bool:
        """Whether the cell says "below the threshold"."""
        return self.speaks and self.hidden and not self.closed and self.row.count < self.threshold

    @property
    def least(self) -> int:
        """The smallest the hidden count can be: what could have said "below" did not."""
        silent = self.speaks and self.hidden and not self.closed and not self.claims
        return self.threshold if silent else 0

    @property
    def floor(self) -> int:
        """The smallest possible count: where few said no, those few must stay hidden."""
        is_nearly_all = self.least and self.row.n - self.row.count < self.threshold
        return self.row.n - self.threshold + 1 if is_nearly_all else self.least

    @property
    def most(self) -> int:
        """The largest the hidden count can be by what its own cell says."""
        return self.threshold - 1 if self.claims else self.row.limit

    @property
    def cell(self) -> Cell:
        if self.closed:
            return Cell(self.row.label, None, None)
        if self.hidden:
            under = self.threshold if self.claims else None
            return Cell(self.row.label, self.row.n, None, under)
        return Cell(self.row.label, self.row.n, self.row.count)


class _LevelRow:
    """One row on all levels."""

    def __init__(self, rows: Sequence[CountRow], thresholds: Sequence[int]) -> None:
        self.parts = [_Margin(row, k) for row, k in zip(rows, thresholds, strict=True)]
        self.whole = _Margin(
            CountRow(
                rows[0].label,
                sum(row.count for row in rows),
                sum(row.n for row in rows),
                sum(row.limit for row in rows),
            ),
            max(thresholds),
        )

    def groups_are_safe(self) -> bool:
        """Whether no closed group's size can be read off the whole less the others."""
        closed = [margin for margin in self.parts if margin.closed]
        if self.whole.closed or not closed:
            return True
        rest = sum(margin.row.n for margin in closed)
        return len(closed) > 1 and all(_holds(0, rest, margin) for margin in closed)

    def counts_are_safe(self) -> bool:
        """Whether what is known of each hidden count leaves as many numbers as its threshold.

        low–high is what is known of the sum of the hidden counts; a closed part takes from
        nothing to all that the closed ones have together, since there are two of them or more.
        """
        hidden = [margin for margin in self.parts if margin.hidden and not margin.closed]
        if self.whole.closed:
            return all(_holds(margin.least, margin.most, margin) for margin in hidden)
        closed = [margin for margin in self.parts if margin.closed]
        closed_limit = sum(margin.row.limit for margin in closed)
        shown = sum(margin.row.count for margin in self.parts if not margin.hidden)
        low = high = self.whole.row.count - shown
        if self.whole.hidden:
            low, high = self.whole.least - shown, self.whole.most - shown
        most, least = (
            sum(getattr(margin, name) for margin in hidden) for name in ("most", "least")
        )
        # A further hidden count shows that it had to be hidden, which excludes one number.
        must_hide = 1 if least else 0
        safe = all(
            _holds(
                max(margin.floor, low - (most - margin.most) - closed_limit),
                min(
                    margin.most, high - (least - margin.least) - (0 if margin.least else must_hide)
                ),
                margin,
            )
            for margin in hidden
        )
        others = sum(margin.row.n for margin in closed) - max(0, low - most)
        safe &= all(_holds(0, min(closed_limit, high - least, others), margin) for margin in closed)
        if self.whole.hidden:
            smallest = max(self.whole.least, shown + least)
            safe &= _holds(smallest, min(self.whole.most, shown + most + closed_limit), self.whole)
        return safe

    def hide_until_safe(self) -> None:
        """Hide counts, the smallest part first, until no hidden one is narrowed too far."""
        while not self.counts_are_safe():
            shown = [margin for margin in self.parts if not margin.hidden]
            speaking = [margin for margin in (self.whole, *self.parts) if margin.speaks]
            if shown:
                min(shown, key=lambda margin: margin.row.n).hide()
            elif not self.whole.hidden:
                self.whole.hide()
            elif speaking:
                for margin in speaking:
                    margin.speaks = False
            else:
                self.whole.close()


def _holds(low: int, high: int, margin: _Margin) -> bool:
    """Whether low–high, from nought up, holds as many numbers as the place's threshold."""
    return high - max(0, low) + 1 >= margin.threshold


def publish_levels(
    parts: Parts, *, thresholds: Mapping[int, int] | None = None, linked: bool = False
) -> Levels:
    """Return what may be shown of each part and of the whole. All parts have the same rows.

    thresholds: a part's own smallest number, the usual one where it has none.
    linked: the rows' sizes bound each other, so a level shows the sizes of all rows or of none.
    """
    if not parts:
        return Levels(SuppressedTable(), {})
    own = [(thresholds or {}).get(part, THRESHOLD) for part in parts]
    lines = [_LevelRow(rows, own) for rows in zip(*parts.values(), strict=True)]
    for group in [lines] if linked else [[line] for line in lines]:
        _close_until_safe(group)
    for line in lines:
        line.hide_until_safe()
    return Levels(
        SuppressedTable(tuple(line.whole.cell for line in lines)),
        {
            part: SuppressedTable(tuple(line.parts[at].cell for line in lines))
            for at, part in enumerate(parts)
        },
    )


def _close_until_safe(lines: Sequence[_LevelRow]) -> None:
    """Close groups, the smallest first; a level that is closed in one line is closed in all."""
    levels = [*zip(*(line.parts for line in lines), strict=True), [line.whole for line in lines]]
    for margins in levels:
        if any(margin.closed for margin in margins):
            _close(margins)
    while not all(line.groups_are_safe() for line in lines):
        open_levels = [margins for margins in levels if not margins[0].closed]
        _close(min(open_levels, key=lambda margins: sum(margin.row.n for margin in margins)))


def _close(margins: Sequence[_Margin]) -> None:
    for margin in margins:
        margin.close()


def joinings(rows: int) -> Iterator[tuple[slice, ...]]:
    """Every way to join neighbouring rows, from none joined to all in one."""
    for size in range(rows, 0, -1):
        for cuts in combinations(range(1, rows), size - 1):
            edges = (0, *cuts, rows)
            yield tuple(slice(a, b) for a, b in pairwise(edges))


def publish_joined(
    parts: Parts,
    *,
    join: Callable[[str, str], str],
    thresholds: Mapping[int, int] | None = None,
) -> Levels:
    """Join neighbouring rows in the one way, the same on all levels, that shows most of them.

    A row without people on every level is left out.
    """
    rows_of_all = enumerate(zip(*parts.values(), strict=True))
    some = [at for at, rows in rows_of_all if any(row.n for row in rows)]
    candidates = (
        publish_levels(
            {
                part: [_join([rows[at] for at in some[span]], join) for span in way]
                for part, rows in parts.items()
            },
            thresholds=thresholds,
        )
        for way in joinings(len(some))
    )
    return max(candidates, key=lambda levels: levels.worth, default=Levels(SuppressedTable(), {}))


def _join(rows: Sequence[CountRow], join: Callable[[str, str], str]) -> CountRow:
    label = rows[0].label if len(rows) == 1 else join(rows[0].label, rows[-1].label)
    return CountRow(label, sum(row.count for row in rows), sum(row.n for row in rows))
