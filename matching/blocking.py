"""Who is full: the cases and colleagues that keep a case from being placed.

Three causes, from proof to evidence:
- seats: the cases of the set want more seats than the colleagues of the set have (the minimum
  cut seen from the unplaced case, a Hall violator);
- one owner's hours: the owner has more sessions than hours that suit them (`window.py`);
- the window: whoever is busy in every hour that is left, and the sessions that keep them busy.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from matching.floor import Cut, widest_cut
from matching.reach import closures, mask_of, members

if TYPE_CHECKING:
    from matching.problem import Bools, Ints, Problem


@dataclass(frozen=True, slots=True)
class Blocking:
    """The blocking set of a case, by index, sorted; shared by all cases it blocks."""

    cases: tuple[int, ...]
    colleagues: tuple[int, ...]


def blocking_of(cases: Iterable[int], colleagues: Iterable[int]) -> Blocking:
    """A blocking set of these cases and colleagues; they may repeat and have any order."""
    return Blocking(tuple(sorted(set(cases))), tuple(sorted(set(colleagues))))


class SeatCut:
    """Minimum cuts seen from the cases that a match leaves waiting.

    From a waiting case one gets to all its colleagues, from a colleague to the cases served
    there, from those to all their other colleagues. If nobody on all these ways has a seat to
    spare, the cases met want more seats than the colleagues met have.
    """

    def __init__(self, problem: Problem, capacity: Ints, chosen: Ints, waiting: list[int]) -> None:
        self.problem, self.capacity, self.chosen = problem, capacity, chosen
        load = np.bincount(problem.pair_colleague[chosen], minlength=problem.colleagues)
        self.spare = mask_of(load < capacity)
        self.closure = closures(problem, chosen)
        self.reached = {case: self._reached(case) for case in waiting}
        self.alike: dict[int, list[int]] = {}
        for case, reached in self.reached.items():
            self.alike.setdefault(reached, []).append(case)
        self.known: dict[int, Blocking] = {}

    def blocking(self, case: int) -> Blocking | None:
        """The blocking set of a waiting case, or None if it is not seats that are lacking.

        A case that could get some of its partners, but not all, takes the cut of all cases.
        """
        reached = self.reached[case]
        if not reached & self.spare:
            if reached not in self.known:
                self.known[reached] = self._blocking(reached)
            return self.known[reached]
        if self.problem.need[case] > 1 and self._cut.cases[case]:
            return self._cut_blocking
        return None

    def _reached(self, case: int) -> int:
        reached = 0
        for colleague in self.problem.pair_colleague[self.problem.row(case)].tolist():
            if not reached >> colleague & 1:
                reached |= self.closure[colleague]
        return reached

    def _blocking(self, reached: int) -> Blocking:
        inside = members(reached, self.problem.colleagues)
        held = self.chosen[inside[self.problem.pair_colleague[self.chosen]]]
        cases = set(self.problem.pair_case[held].tolist())
        for other, waiting in self.alike.items():
            if not other & ~reached:
                cases.update(waiting)
        return blocking_of(cases, self._neighbours(np.array(sorted(cases))))

    @cached_property
    def _cut(self) -> Cut:
        return widest_cut(self.problem, self.capacity)

    @cached_property
    def _cut_blocking(self) -> Blocking:
        cases = np.flatnonzero(self._cut.cases)
        return blocking_of(cases.tolist(), self._neighbours(cases))

    def _neighbours(self, cases: Ints) -> set[int]:
        """Every colleague the cases may talk with, and who never has time for them."""
        problem = self.problem
        rows = [problem.pair_colleague[problem.row(case)] for case in cases.tolist()]
        met: Bools = np.zeros(problem.colleagues, bool)
        met[np.concatenate(rows)] = True
        late = np.isin(problem.timeless.case, cases)
        met[problem.timeless.colleague[late]] = True
        owners = problem.owner[problem.timeless.case[late]]
        met[owners[owners >= 0]] = True
        return set(np.flatnonzero(met).tolist())
