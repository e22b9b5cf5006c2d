"""Small numbers are not published: one function for page, file, API and facets (docs/domain.md, C).

A table is a list of rows, each a group of people (`n`) of whom some (`count`) did something. A
count tells on somebody when it is small, and so does its complement, since `n` stands beside it:

1. A row is *telling* where 1–4 did, or 1–4 did not, or all or none did in a group under ten.
2. A telling row is joined with its smaller neighbour (ordered groups) where that heals it.
3. What is still telling is shown as "under 5 of n", or, of those who did not, not at all.
4. While any row of a table is hidden, no total of its counts is shown: nothing can be subtracted.
5. A rate needs a denominator of 20. Suppression comes before rounding.
6. Two levels (municipality inside the whole): the whole hides a row that exactly one part hides.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

THRESHOLD = 5
SMALL_GROUP = 10
RATE_DENOMINATOR = 20


@dataclass(frozen=True)
class Row:
    """One group before suppression: its label, how many there are, how many of them did."""

    label: str
    count: int
    n: int

    def __post_init__(self) -> None:
        if not 0 <= self.count <= self.n:
            raise ValueError(f"{self.label}: {self.count} of {self.n}.")


@dataclass(frozen=True)
class Cell:
    """One row as it is published.

    count: None where hidden. under: the count is below this and above or at zero, where that may
    be said. n: None where the group itself is too small to be named.
    """

    label: str
    n: int | None
    count: int | None
    under: int | None = None

    @property
    def hidden(self) -> bool:
        return self.count is None

    @property
    def has_rate(self) -> bool:
        return self.count is not None and self.n is not None and self.n >= RATE_DENOMINATOR


@dataclass(frozen=True)
class Table:
    """Rows that may be published; `total` only where nothing was hidden."""

    cells: tuple[Cell, ...]
    total: Cell | None


def telling(count: int, n: int, *, threshold: int = THRESHOLD) -> bool:
    """Whether `count` of `n` could point at somebody (rule 1). An empty group tells nothing."""
    if n == 0:
        return False
    small = {count, n - count} & set(range(1, threshold))
    return bool(small) or n < threshold or (n < SMALL_GROUP and count in (0, n))


def publish(
    rows: Sequence[Row],
    *,
    threshold: int = THRESHOLD,
    join: Callable[[str, str], str] | None = None,
) -> Table:
    """Return what may be shown of `rows`.

    join: names two neighbouring groups that are shown as one; None where groups have no order.
    """
    kept = list(rows)
    if join is not None:
        kept = _joined(kept, threshold, join)
    cells = tuple(_cell(row, threshold) for row in kept)
    if any(cell.hidden for cell in cells):
        return Table(cells, None)
    whole = Row("", sum(row.count for row in rows), sum(row.n for row in rows))
    return Table(cells, _cell(whole, threshold) if rows else None)


def hide_what_parts_reveal(whole: Table, parts: Sequence[Table]) -> Table:
    """Hide a row of the whole that exactly one part hides: the rest could be subtracted (rule 6).

    Rows are matched by label; a row that a part shows under a joined label counts as hidden there.
    """
    cells = []
    for cell in whole.cells:
        hiding = sum(
            not any(
                part_cell.label == cell.label and not part_cell.hidden for part_cell in part.cells
            )
            for part in parts
        )
        cells.append(replace(cell, count=None, under=None) if hiding == 1 else cell)
    hidden = any(cell.hidden for cell in cells)
    return Table(tuple(cells), None if hidden else whole.total)


def _cell(row: Row, threshold: int) -> Cell:
    if not telling(row.count, row.n, threshold=threshold):
        return Cell(row.label, row.n, row.count)
    if row.n < threshold:
        return Cell(row.label, None, None)
    return Cell(row.label, row.n, None, threshold if row.count < threshold else None)


def _joined(rows: list[Row], threshold: int, join: Callable[[str, str], str]) -> list[Row]:
    """Join each telling row with its smaller neighbour, from the lowest group up, once each."""
    kept = list(rows)
    at = 0
    while at < len(kept):
        row = kept[at]
        if not telling(row.count, row.n, threshold=threshold) or len(kept) == 1:
            at += 1
            continue
        other = _neighbour(kept, at)
        first, second = sorted((at, other))
        one, two = kept[first], kept[second]
        kept[first : second + 1] = [
            Row(join(one.label, two.label), one.count + two.count, one.n + two.n)
        ]
        at = first + 1
    return kept


def _neighbour(rows: list[Row], at: int) -> int:
    """The index of the neighbour with the smaller count; the one above where they are equal."""
    around = [index for index in (at + 1, at - 1) if 0 <= index < len(rows)]
    return min(around, key=lambda index: (rows[index].count, index < at))
