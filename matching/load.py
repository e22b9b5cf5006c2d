"""The convex load penalty: each further seat of a colleague costs more than the one before.

x seats of a capacity c cost  w / 2 · x² / c,  so that the optimum evens out utilisation x / c,
not the bare number of sessions (matching: convex load penalty, one unit arc per extra case).
Where people have limits in every role, their own cases come first: the seats of somebody with o
own cases cost as the seats after the o-th of c + o, so whoever presents much is asked less.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.own_cases import presenting
from matching.problem import SCALE, Bools, Ints, Problem
from matching.segments import row_starts


@dataclass(frozen=True, slots=True)
class Seats:
    """Every seat that can be filled, by colleague, cheapest first.

    `width` seats cost `cost` millionths each: one seat per entry with a load weight, all seats
    of a colleague in one entry without.
    """

    colleague: Ints
    cost: Ints
    width: Ints
    start: Ints
    capacity: Ints

    def next_cost(self, load: Ints, full: int) -> Ints:
        """What one more seat costs each colleague; `full` where there is none."""
        return self._cost_of(load, load < self.capacity, full)

    def last_cost(self, load: Ints) -> Ints:
        """What the last filled seat costs each colleague; 0 where none is filled."""
        return self._cost_of(load - 1, load > 0, 0)

    def _cost_of(self, seat: Ints, exists: Bools, otherwise: int) -> Ints:
        result = np.full(len(self.capacity), otherwise, np.int64)
        who = np.flatnonzero(exists)
        entries = np.diff(self.start)[who]
        result[who] = self.cost[self.start[who] + np.where(entries > 1, seat[who], 0)]
        return result

    def total(self, load: Ints) -> int:
        """The whole penalty of a load, in millionths."""
        seat = np.arange(len(self.colleague)) - self.start[self.colleague]
        filled = np.clip(load[self.colleague] - seat, 0, self.width)
        return int((self.cost * filled).sum())


def seats_of(problem: Problem, capacity: Ints, weight: float, *, need: Ints | None = None) -> Seats:
    """The seats of a problem; a colleague has at most one more than there are pairs for.

    That one stays empty, and shows that the others are not scarce. `need` is what was asked for
    where that is less than the problem's.
    """
    pairs = np.bincount(problem.pair_colleague, minlength=problem.colleagues)
    usable = np.minimum(capacity, pairs + 1)
    everyone = np.arange(problem.colleagues)
    if weight == 0:
        who, width = everyone[usable > 0], usable[usable > 0]
        cost = np.zeros(len(who), np.int64)
    else:
        who, width = np.repeat(everyone, usable), np.ones(int(usable.sum()), np.int64)
        seat = np.arange(len(who)) - row_starts(who, problem.colleagues)[who]
        own = presenting(problem, problem.need if need is None else need)[who]
        doubled_load = 2 * (own + seat) + 1
        cost = np.rint(weight * SCALE * doubled_load / (2 * (own + capacity[who]))).astype(np.int64)
    return Seats(who, cost, width, row_starts(who, problem.colleagues), usable)
