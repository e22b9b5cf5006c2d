"""The exact max-min: the highest affinity floor that leaves as many seats fillable as no floor.

Each try is one maximum flow. A try that fails yields its minimum cut, and with it a proof: of
the pairs across the cut at least as many as seats are lacking must come back, which bounds the
floor from above. So few tries are needed, and the first is mostly the last.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from ortools.graph.python.max_flow import SimpleMaxFlow

from matching.problem import BEST_PAIRS, SPREAD_PAIRS, Bools, Ints, Problem
from matching.segments import first_in_rows, spread_in_rows


@dataclass(frozen=True, slots=True)
class Floor:
    """The highest floor (millionths), and how many seats can be filled at it and without it."""

    value: int
    seats: int


@dataclass(frozen=True, slots=True)
class Cut:
    """A maximum flow's value and the source side of its minimum cut."""

    seats: int
    cases: Bools
    colleagues: Bools


class _Network:
    """Maximum flows over growing sets of pairs; a pair is added only where a cut asks for it."""

    def __init__(self, problem: Problem, capacity: Ints) -> None:
        self.problem = problem
        self.capacity = capacity
        everything = np.ones(len(problem.affinity), bool)
        self.active = first_in_rows(problem.start, everything, BEST_PAIRS)
        self.active |= spread_in_rows(problem.start, SPREAD_PAIRS)

    def try_floor(self, floor: int) -> Cut:
        """The most seats over all pairs at or above the floor, with the cut that proves it."""
        problem = self.problem
        while True:
            pairs = np.flatnonzero(self.active & (problem.affinity >= floor))
            tried = self._max_flow(pairs)
            across = self._across(tried) & ~self.active & (problem.affinity >= floor)
            if not across.any():
                return tried
            self.active |= first_in_rows(problem.start, across, BEST_PAIRS)

    def bound(self, tried: Cut, floor: int, wanted: int) -> int:
        """The highest floor at which the cut of a failed try could let enough through."""
        below = self._across(tried) & (self.problem.affinity < floor)
        values = self.problem.affinity[below]
        nth = len(values) - (wanted - tried.seats)
        return int(np.partition(values, nth)[nth])

    def _across(self, tried: Cut) -> Bools:
        inside = tried.cases[self.problem.pair_case]
        return inside & ~tried.colleagues[self.problem.pair_colleague]

    def _max_flow(self, pairs: Ints) -> Cut:
        problem, cases = self.problem, self.problem.cases
        source, sink = cases + problem.colleagues, cases + problem.colleagues + 1
        solver = SimpleMaxFlow()
        solver.add_arcs_with_capacity(np.full(cases, source), np.arange(cases), problem.need)
        solver.add_arcs_with_capacity(
            problem.pair_case[pairs].astype(np.int64),
            cases + problem.pair_colleague[pairs].astype(np.int64),
            np.ones(len(pairs), np.int64),
        )
        solver.add_arcs_with_capacity(
            cases + np.arange(problem.colleagues),
            np.full(problem.colleagues, sink),
            np.minimum(self.capacity, problem.cases),
        )
        solver.solve(source, sink)
        reached = np.zeros(sink + 1, bool)
        reached[solver.get_source_side_min_cut()] = True
        return Cut(solver.optimal_flow(), reached[:cases], reached[cases:source])


def widest_cut(problem: Problem, capacity: Ints) -> Cut:
    """The minimum cut over all pairs: its cases cannot all be placed, if any are in it."""
    return _Network(problem, capacity).try_floor(0)


def highest_floor(problem: Problem, capacity: Ints) -> Floor:
    """The exact max-min affinity. With nothing to place it is 0 with 0 seats."""
    network = _Network(problem, capacity)
    wanted, low, high = _start(problem, network)
    tries = 0
    while low < high:
        tries += 1
        floor = high if tries % 2 else (low + high + 1) // 2
        tried = network.try_floor(floor)
        if tried.seats == wanted:
            low = floor
        else:
            high = network.bound(tried, floor, wanted)
    return Floor(low, wanted)


def _start(problem: Problem, network: _Network) -> tuple[int, int, int]:
    """Fillable seats, a floor known to work, and one known to be no lower than the highest."""
    best = _best_case_bound(problem)
    if best is not None and network.try_floor(best).seats == problem.need.sum():
        return int(problem.need.sum()), best, best
    wanted = network.try_floor(0).seats
    if wanted == problem.need.sum() and best is not None:
        return wanted, 0, best
    return wanted, 0, int(problem.affinity.max(initial=0)) if wanted else 0


def _best_case_bound(problem: Problem) -> int | None:
    """The lowest, over the cases, of what the worst of its best `need` pairs offers."""
    asking = problem.need > 0
    if not asking.any() or (np.diff(problem.start) < problem.need).any():
        return None
    return int(problem.affinity[(problem.start[:-1] + problem.need - 1)[asking]].min())
