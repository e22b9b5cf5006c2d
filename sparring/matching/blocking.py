"""Who is full: the cases and colleagues that keep a case from being placed.

Three causes, from proof to evidence:
- seats: the cases of the set want more seats than the colleagues of the set have (the minimum
  cut seen from the unplaced case, a Hall violator);
- one owner's hours: the owner has more talks than hours that suit them (Hall again, on slots);
- the window: whoever is busy in every hour that is left, and the talks that keep them busy.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from sparring.matching.problem import Ints, Problem


@dataclass(frozen=True, slots=True)
class Blocking:
    """The blocking set of one case, by index, sorted."""

    cases: tuple[int, ...]
    colleagues: tuple[int, ...]


def blocking_of(cases: Iterable[int], colleagues: Iterable[int]) -> Blocking:
    return Blocking(tuple(sorted(set(cases))), tuple(sorted(set(colleagues))))


@dataclass(slots=True)
class _Ways:
    """Alternating ways: each case with the colleague, each colleague with the case before it."""

    via: dict[int, int | None]
    by: dict[int, int]


class SeatCut:
    """Finds the minimum cut from an unplaced case, in a match nobody can be added to."""

    def __init__(self, problem: Problem, capacity: Ints, chosen: Ints) -> None:
        self.problem = problem
        self.held: dict[int, set[int]] = {}
        self.served: dict[int, set[int]] = {}
        self.spare = capacity - np.bincount(
            problem.pair_colleague[chosen], minlength=problem.colleagues
        )
        for pair in chosen.tolist():
            self._hold(int(problem.pair_case[pair]), int(problem.pair_colleague[pair]))

    def _hold(self, case: int, colleague: int) -> None:
        self.held.setdefault(case, set()).add(colleague)
        self.served.setdefault(colleague, set()).add(case)

    def _release(self, case: int, colleague: int) -> None:
        self.held[case].discard(colleague)
        self.served[colleague].discard(case)

    def blocking(self, case: int) -> Blocking | None:
        """The blocking set, or None if all seats of the case can be filled after all.

        A case that can get some of its partners takes them first, so that what remains is a cut.
        """
        while True:
            ways, spare = self._reach(case)
            if spare is None:
                break
            self._augment(ways, spare)
            if len(self.held[case]) == self.problem.need[case]:
                return None
        return blocking_of(ways.via, self._neighbours(set(ways.via)))

    def _reach(self, case: int) -> tuple[_Ways, int | None]:
        """Alternating ways from the case, breadth first, until a spare seat is found."""
        ways = _Ways({case: None}, {})
        queue = [case]
        for current in queue:
            row = self.problem.pair_colleague[self.problem.row(current)]
            for colleague in row.tolist():
                if colleague in ways.by or colleague in self.held.get(current, ()):
                    continue
                ways.by[colleague] = current
                if self.spare[colleague] > 0:
                    return ways, colleague
                for other in sorted(self.served.get(colleague, set()) - ways.via.keys()):
                    ways.via[other] = colleague
                    queue.append(other)
        return ways, None

    def _augment(self, ways: _Ways, spare: int) -> None:
        """Move everybody on the way one colleague further, into the spare seat."""
        self.spare[spare] -= 1
        colleague: int | None = spare
        while colleague is not None:
            case = ways.by[colleague]
            self._hold(case, colleague)
            colleague = ways.via[case]
            if colleague is not None:
                self._release(case, colleague)

    def _neighbours(self, cases: set[int]) -> set[int]:
        """Every colleague the cases may talk with, and who never has time for them."""
        found: set[int] = set()
        for case in cases:
            found.update(self.problem.pair_colleague[self.problem.row(case)].tolist())
        timeless = self.problem.timeless
        late = np.isin(timeless.case, np.fromiter(cases, np.int64))
        found.update(timeless.colleague[late].tolist())
        owners = {int(self.problem.owner[case]) for case in set(timeless.case[late].tolist())}
        return found | (owners - {-1})
