"""Somebody who holds the published tables of every level and a solver for whole numbers.

They know what each cell says, that whole = sum of the parts, that nobody is counted who is not in
the group, and how the figures' groups lie inside each other. Of how it is decided what is hidden
they know nothing, and need not: a count that is hidden as "under 5" is one of 0–4 to them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from privacy.suppression import Cell

WHOLE = None
MOST = 100_000
KINDS = ("n", "count", "rest")


@dataclass(frozen=True)
class Pinned:
    """A hidden number that is known to lie from `low` to `high`."""

    part: object
    label: str
    kind: str
    low: int
    high: int


class Attacker:
    """published: what every level shows, by part (None for the whole) and by the row's label."""

    def __init__(self, published: Mapping[object, Mapping[str, Cell]]) -> None:
        self.published = published
        self.parts = [part for part in published if part is not WHOLE]
        self.labels = list(published[WHOLE])
        self.at = {
            key: number
            for number, key in enumerate(product([WHOLE, *self.parts], self.labels, KINDS))
        }
        self.low, self.high = np.zeros(len(self.at)), np.full(len(self.at), float(MOST))
        self.equations: list[np.ndarray] = []
        self.limits: list[np.ndarray] = []
        self._arithmetic()
        self._read()

    def _arithmetic(self) -> None:
        for part, label in product([WHOLE, *self.parts], self.labels):
            self.add({(part, label, "n"): 1, (part, label, "count"): -1, (part, label, "rest"): -1})
        for label, kind in product(self.labels, KINDS):
            self.add({(WHOLE, label, kind): -1} | {(p, label, kind): 1 for p in self.parts})

    def _read(self) -> None:
        for part, cells in self.published.items():
            for label, cell in cells.items():
                if cell.n is not None:
                    self.fix((part, label, "n"), cell.n)
                if cell.count is not None:
                    self.fix((part, label, "count"), cell.count)
                elif cell.under is not None:
                    self.high[self.at[part, label, "count"]] = cell.under - 1

    def fix(self, key: tuple, value: int) -> None:
        self.low[self.at[key]] = self.high[self.at[key]] = value

    def add(self, terms: Mapping[tuple, int], *, at_most: bool = False) -> None:
        """The sum of the terms is nought; `at_most`: nought or less."""
        row = np.zeros(len(self.at))
        for key, factor in terms.items():
            row[self.at[key]] = factor
        (self.limits if at_most else self.equations).append(row)

    def hidden(self) -> Iterator[tuple]:
        for part, cells in self.published.items():
            for label, cell in cells.items():
                if cell.n is None:
                    yield part, label, "n"
                if cell.count is None:
                    yield part, label, "count"
                    yield part, label, "rest"

    def pinned(self, smallest: Mapping[object, int] | int = 5) -> list[Pinned]:
        """The hidden numbers that fewer than `smallest` whole numbers are left for."""
        found = []
        for part, label, kind in self.hidden():
            low, high = self.range((part, label, kind))
            few = smallest if isinstance(smallest, int) else smallest[part]
            if high - low + 1 < few:
                found.append(Pinned(part, label, kind, low, high))
        return found

    def range(self, key: tuple) -> tuple[int, int]:
        low, high = (self._best(key, sign) for sign in (1, -1))
        return low, high

    def _best(self, key: tuple, sign: int) -> int:
        aim = np.zeros(len(self.at))
        aim[self.at[key]] = sign
        rules = [LinearConstraint(np.array(self.equations), 0, 0)]
        if self.limits:
            rules.append(LinearConstraint(np.array(self.limits), -np.inf, 0))
        answer = milp(
            aim,
            integrality=np.ones(len(self.at)),
            bounds=Bounds(self.low, self.high),
            constraints=rules,
        )
        assert answer.success, f"What is published contradicts itself: {answer.message}"
        return round(sign * answer.fun)
