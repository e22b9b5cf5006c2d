"""Small numbers are not published: which counts reveal people, and what a published cell holds.

A table is a list of rows, each a group of people (`n`) of whom some (`count`) did something. A
count can reveal people when it is small, and so does its complement, since `n` stands beside it:

1. A row is *telling* where fewer than five did, or fewer than five did not. Nobody counts as few:
   were a nought shown, a hidden count would be known to be one of four numbers.
2. A telling row is shown as "under 5 of n", or, where few did *not*, without its count; where the
   group itself is under five, neither is shown.
3. A rate needs a denominator of 20. Suppression comes before rounding.

`privacy/levels.py` decides what is hidden besides, so that no sum gives a hidden number back.
"""

from __future__ import annotations

from dataclasses import dataclass

THRESHOLD = 5
RATE_DENOMINATOR = 20


@dataclass(frozen=True)
class CountRow:
    """One group before suppression: its label, how many there are, how many of them did.

    most: the largest the count can be by other published numbers, where that is less than `n`.
    """

    label: str
    count: int
    n: int
    most: int | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.count <= self.limit <= self.n:
            raise ValueError(f"{self.label}: {self.count} of {self.n}, at most {self.most}.")

    @property
    def limit(self) -> int:
        return self.n if self.most is None else self.most


@dataclass(frozen=True)
class Cell:
    """One row as it is published.

    count: None where hidden. under: the count is below this, nought included, where that may be
    said. n: None where how many there are is hidden too.
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
class SuppressedTable:
    """The rows of one level as they may be published."""

    cells: tuple[Cell, ...] = ()

    @property
    def total(self) -> Cell | None:
        """The sum of the rows, only where none is hidden: nothing can be subtracted from it."""
        if not self.cells or any(cell.hidden for cell in self.cells):
            return None
        return Cell(
            "", sum(cell.n or 0 for cell in self.cells), sum(cell.count or 0 for cell in self.cells)
        )


def telling(count: int, n: int, *, threshold: int = THRESHOLD) -> bool:
    """Whether `count` of `n` could reveal a person (rule 1). An empty group reveals nothing."""
    return n > 0 and min(count, n - count) < threshold
