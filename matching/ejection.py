"""Ejection search: give a waiting session the (colleague, hour) that throws out least, and repeat.

A session grows heavier each time it is thrown out, so that the search does not go in circles. What
a change of partner costs is its reduced cost at the prices of the match: what the whole loses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from matching.limits import LimitKeeper
from matching.own_cases import capacity_within_limits
from matching.problem import SCALE, Ints, Problem
from matching.slots import Timetable, persons_of

if TYPE_CHECKING:
    from matching.certificate import Certificate

AFFINITY_WEIGHT = 30.0
"""What a whole affinity lost weighs against one session thrown out."""
UNDER_FLOOR = 0.5
"""Extra affinity that a partner under the max-min floor counts as lost."""
STEPS = 3000
STEPS_PER_SESSION = 6
_OUT = np.inf

Floats = npt.NDArray[np.float64]


class EjectionSearch:
    """Improves a timetable in place; deterministic, bounded by a number of steps, not by time."""

    def __init__(self, problem: Problem, certificate: Certificate, timetable: Timetable) -> None:
        self.problem = problem
        self.certificate = certificate
        self.pairs = [
            held if slot >= 0 else ()
            for held, slot in zip(timetable.pairs, timetable.slot, strict=True)
        ]
        self.slot = [-1] * problem.cases
        self.weight = [1.0] * problem.cases
        self.busy: Floats = np.where(problem.colleague_free, 0.0, _OUT)
        self.session_at = np.full(problem.colleague_free.shape, -1, np.int32)
        self.partner_in: list[set[int]] = [set() for _ in range(problem.colleagues)]
        self.full_cost: Floats = np.where(problem.capacity > 0, 0.0, _OUT)
        self.keeper = LimitKeeper(problem.limits, self.weight) if problem.limits else None
        for case, slot in enumerate(timetable.slot):
            if slot >= 0:
                self._assign(case, self.pairs[case], slot)

    def run(self, waiting: list[int], fewest: int) -> Timetable:
        """Place the waiting sessions; stop when only `fewest` (a proven minimum) are left."""
        stack = waiting[::-1]
        best, best_left = self._snapshot(), len(stack)
        for _ in range(STEPS + STEPS_PER_SESSION * len(stack)):
            if len(stack) <= fewest:
                break
            case = stack.pop()
            option = self._cheapest(case)
            if option is None:
                stack.insert(0, case)
                continue
            stack.extend(self._force(case, *option))
            if len(stack) < best_left:
                best, best_left = self._snapshot(), len(stack)
        return best

    def _snapshot(self) -> Timetable:
        return Timetable(self.pairs.copy(), self.slot.copy())

    def _cheapest(self, case: int) -> tuple[tuple[int, ...], int] | None:
        """The pairs and the slot that cost least, or None if no hour suits enough colleagues."""
        problem, need = self.problem, int(self.problem.need[case])
        row = problem.row(case)
        hours = np.flatnonzero(problem.session_free[case])
        if row.stop - row.start < need or not len(hours):
            return None
        who = problem.pair_colleague[row]
        cost = self.busy[np.ix_(who, hours)]
        cost += (self._lost(row) * AFFINITY_WEIGHT + self.full_cost[who])[:, None]
        if self.keeper is not None:
            room = [self.keeper.cost(person, presents=False)[hours] for person in who.tolist()]
            cost += np.array(room)
        total = (
            cost.min(axis=0) if need == 1 else np.partition(cost, need - 1, axis=0)[:need].sum(0)
        )
        owner = problem.owner[case]
        if owner >= 0:
            total = total + self.busy[owner, hours]
        if owner >= 0 and self.keeper is not None:
            total = total + self.keeper.cost(int(owner), presents=True)[hours]
        at = int(total.argmin())
        if not np.isfinite(total[at]):
            return None
        partners = np.argsort(cost[:, at], kind="stable")[:need]
        return tuple((partners + row.start).tolist()), int(hours[at])

    def _lost(self, row: slice) -> Floats:
        """Reduced cost of every pair of a case, in whole affinities, 0 for its best."""
        problem = self.problem
        price = self.certificate.price[problem.pair_colleague[row]]
        affinity = problem.affinity[row]
        profit = affinity + self.certificate.stay_bonus * problem.agreed[row] - price
        under = np.where(affinity < self.certificate.floor, UNDER_FLOOR, 0.0)
        return (profit.max() - profit) / SCALE + under

    def _force(self, case: int, pairs: tuple[int, ...], slot: int) -> list[int]:
        """Place a session, throwing out whatever is in its way; returns what was thrown out."""
        thrown = [
            self._remove(int(self.session_at[person, slot]))
            for person in persons_of(self.problem, case, pairs)
            if self.session_at[person, slot] >= 0
        ]
        for pair in pairs:
            colleague = int(self.problem.pair_colleague[pair])
            if len(self.partner_in[colleague]) >= self.problem.capacity[colleague]:
                lightest = min(self.partner_in[colleague], key=lambda t: (self.weight[t], t))
                thrown.append(self._remove(lightest))
        thrown += self._make_room(case, pairs, slot)
        self._assign(case, pairs, slot)
        return thrown

    def _make_room(self, case: int, pairs: tuple[int, ...], slot: int) -> list[int]:
        """Throw out what keeps somebody's limits from holding one session more."""
        thrown: list[int] = []
        if self.keeper is None:
            return thrown
        for person in persons_of(self.problem, case, pairs):
            presents = person == self.problem.owner[case]
            while (found := self.keeper.in_the_way(person, slot, presents=presents)) is not None:
                thrown.append(self._remove(found))
        return thrown

    def _assign(self, case: int, pairs: tuple[int, ...], slot: int) -> None:
        self.pairs[case], self.slot[case] = pairs, slot
        for person in persons_of(self.problem, case, pairs):
            self.busy[person, slot] = self.weight[case]
            self.session_at[person, slot] = case
            if self.keeper is not None:
                presents = person == self.problem.owner[case]
                self.keeper.take(case, person, slot, presents=presents)
        for pair in pairs:
            colleague = int(self.problem.pair_colleague[pair])
            self.partner_in[colleague].add(case)
            self._weigh(colleague)

    def _remove(self, case: int) -> int:
        slot, pairs = self.slot[case], self.pairs[case]
        for person in persons_of(self.problem, case, pairs):
            self.busy[person, slot] = 0.0
            self.session_at[person, slot] = -1
            if self.keeper is not None:
                self.keeper.drop(case, person)
        self.pairs[case], self.slot[case] = (), -1
        self.weight[case] += 1.0
        for pair in pairs:
            colleague = int(self.problem.pair_colleague[pair])
            self.partner_in[colleague].discard(case)
            self._weigh(colleague)
        return case

    def _weigh(self, colleague: int) -> None:
        """What it costs that a colleague may be full: the lightest of the sessions in the way."""
        capacity = int(self.problem.capacity[colleague])
        sessions = self.partner_in[colleague]
        if len(sessions) < capacity:
            self.full_cost[colleague] = 0.0
        else:
            self.full_cost[colleague] = min((self.weight[t] for t in sessions), default=_OUT)


def capacity_beside_own(problem: Problem) -> Ints:
    """Seats a colleague can fill and still have an hour for each own case.

    Every plan that places all sessions keeps to it, so the match may use it from the start.
    """
    placeable = (np.diff(problem.start) >= problem.need) & (problem.owner >= 0)
    own = np.bincount(problem.owner[placeable], minlength=problem.colleagues)
    hours = problem.colleague_free.sum(axis=1)
    beside = np.minimum(problem.capacity, np.maximum(hours - own, 0))
    return capacity_within_limits(problem, beside)
