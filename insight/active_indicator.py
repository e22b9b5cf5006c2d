"""What an indicator of active cases is: its rows, the statement that counts them, its sentences.

All of them are about the same people, so their rows are suppressed as one table (decision 0024).
How the rows lie inside each other is declared with them: it bounds what a hidden number can be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from privacy.intervals import wilson

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

    from privacy.suppression import Cell


@dataclass(frozen=True)
class Row:
    """One group of active cases, some of which are counted.

    label: its name in the statement, one of its own among all indicators.
    everybody: whether the group is all active cases. Otherwise no case is in two of the
        indicator's rows.
    among: where each case that counts is in one of these rows' groups, their labels.
    """

    label: str
    everybody: bool = False
    among: tuple[str, ...] = ()


@dataclass(frozen=True)
class Nested:
    """A row of the same group as `within`, where whoever counts here counts there too.

    The two counts bound each other, so it is shown only where nothing of either row is hidden on
    any level: then there is no number that the other one could give back.
    """

    label: str
    within: str


@dataclass(frozen=True)
class Share:
    """One share as it may be shown, with its interval; None where the numbers are too small."""

    n: int | None = None
    share: float | None = None
    low: float | None = None
    high: float | None = None

    @classmethod
    def of(cls, cell: Cell) -> Share:
        """The cell's share, without one where it may not be shown."""
        if not cell.has_rate or cell.count is None or cell.n is None:
            return cls(cell.n)
        return cls(cell.n, cell.count / cell.n, *wilson(cell.count, cell.n))


@dataclass(frozen=True)
class Found:
    """What may be shown of a row. `median` is None under the rate's limit, or where not asked."""

    share: Share = Share()
    median: int | None = None


Shown = Mapping[str, Found]
"""The rows of a scope by their label; a scope without active cases has none."""


@dataclass(frozen=True)
class Passage:
    """A heading of the page and its sentences; without any the page says "too few"."""

    heading: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class ActiveIndicator:
    """One indicator of active cases.

    code: its number in docs/indicators.md. Indicators stand on the page in this order.
    key: its name in what the command prints.
    nested: further rows of the same statement, whose cases are among those that a row counts.
    statement: one SELECT over active cases on the day `%(today)s`, with the columns
        municipality_id, row, count and n, and a median as a fifth where there is one. A row
        without municipality is all of them together and is read for the median only. Never
        anything about one person.
    passages: what the page says.
    caution: what the figure cannot say.
    report: what the command prints, dataclasses or what JSON holds.
    """

    code: str
    key: str
    rows: tuple[Row, ...]
    statement: str
    passages: Callable[[Shown], Iterable[Passage]]
    caution: StrPromise | str = ""
    report: Callable[[Shown], Any] = dict
    nested: tuple[Nested, ...] = ()

    @property
    def labels(self) -> list[str]:
        """Of its rows, and of those within them."""
        return [row.label for row in self.rows] + [nested.label for nested in self.nested]

    @property
    def number(self) -> int:
        """The number after the I, for sorting."""
        return int(self.code[1:])
