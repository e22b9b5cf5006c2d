"""Keeps a match optimal while single cases come, go or change: one cheapest chain each.

The prices of the optimum make every exchange cost >= 0, so a shortest-way search (Dijkstra over
colleagues) finds the best chain "A takes this case, B takes one of A's ..." and the new prices.
Afterwards the match is the optimum again for the cases it serves, the same objective and floor.
A partner under the floor is a last resort. Finding a *higher* floor is the nightly run's affair,
since it may move many; and nobody who is served loses a session to a newcomer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from matching.load import seats_of
from matching.problem import SCALE, STAY_BONUS, Indices, Ints, Problem

if TYPE_CHECKING:
    from matching.solve import Match

_FAR = 1 << 60


@dataclass(slots=True)
class _Search:
    """Distances of colleagues, and for each the pair that is taken and the one given up for it."""

    distance: Ints
    open: Ints
    occupied: Ints
    given: Ints

    @classmethod
    def empty(cls, colleagues: int) -> _Search:
        def full(value: int) -> Ints:
            return np.full(colleagues, value, np.int64)

        return cls(full(_FAR), full(_FAR), full(-1), full(-1))

    def nearest(self) -> tuple[int, int]:
        at = int(self.open.argmin())
        return at, int(self.open[at])

    def relax(self, who: Indices, reach: Ints, occupied: Indices, given: Ints) -> None:
        """Shorten distances where `reach` does; several entries may name one colleague."""
        shorter = np.flatnonzero(reach < self.distance[who])
        who, reach = who[shorter], reach[shorter]
        np.minimum.at(self.distance, who, reach)
        first = np.flatnonzero(reach == self.distance[who])
        at = who[first]
        self.open[at] = reach[first]
        self.occupied[at], self.given[at] = occupied[shorter[first]], given[shorter[first]]


class Repair:
    """A match that cases can be taken out of and put into; pairs are indices into the problem.

    The problem holds every case that may take part; those in `out` stay outside until they are
    inserted. Cases without partners in the match are waiting.
    """

    def __init__(
        self, problem: Problem, match: Match, out: Iterable[int] = (), stay: Ints | None = None
    ) -> None:
        """`stay` (millionths, by pair) takes the place of the usual bonus on agreed pairs."""
        certificate = match.certificate
        self.problem = problem
        self.floor = certificate.floor
        self.seats = seats_of(
            problem, certificate.capacity, certificate.load_weight, need=certificate.need
        )
        self.bonus = STAY_BONUS * problem.agreed.astype(np.int64) if stay is None else stay
        exchange = 2 * (SCALE + int(self.bonus.max(initial=0))) + int(
            self.seats.cost.max(initial=0)
        )
        self.under = 2 * exchange * (problem.colleagues + 4)
        self.gain = self._floored(problem.affinity + self.bonus)
        self.price = certificate.price.copy()
        self.load = np.zeros(problem.colleagues, np.int64)
        self.held = np.full((problem.cases, int(problem.need.max(initial=1))), -1, np.int64)
        self.at: list[set[int]] = [set() for _ in range(problem.colleagues)]
        for pair in match.chosen.tolist():
            self._hold(pair)
        self.columns = np.argsort(problem.pair_colleague, kind="stable").astype(np.int32)
        self.column_case = problem.pair_case[self.columns]
        counts = np.bincount(problem.pair_colleague, minlength=problem.colleagues)
        self.column_ends = np.cumsum(counts)
        outside = set(out)
        unserved = np.flatnonzero((self.held < 0).all(axis=1)).tolist()
        self.waiting = sorted(set(unserved) - outside)
        for case in sorted(outside):
            self._take_out(case)

    @property
    def chosen(self) -> Ints:
        """The pairs of the match, sorted."""
        return np.sort(self.held[self.held >= 0])

    def value(self) -> int:
        """Affinity + stay bonus - load penalty (and what lies under the floor), in millionths."""
        return int(self.gain[self.chosen].sum()) - self.seats.total(self.load)

    def insert(self, case: int) -> bool:
        """Give a case outside its partners; False if there are not seats enough: then it waits."""
        placed = self._put_in(case)
        self.waiting = sorted({*self.waiting, case} - ({case} if placed else set()))
        return placed

    def fill(self, case: int) -> int:
        """Give a case the partners it lacks, one cheapest chain each; how many it still lacks."""
        lacking = int(self.problem.need[case] - (self.held[case] >= 0).sum())
        while lacking and self._add_seat(case):
            lacking -= 1
        return lacking

    def withdraw(self, case: int) -> None:
        """Take a case out for good; its seats go where they help most, first to who waits."""
        if case in self.waiting:
            self.waiting.remove(case)
            return
        self._take_out(case)
        for other in list(self.waiting):
            self.insert(other)

    def change(self, case: int, affinity: Ints) -> bool:
        """Give a case new affinities (millionths, one for each of its pairs); -1 forbids a pair."""
        row = self.problem.row(case)
        if case in self.waiting:
            self.waiting.remove(case)
        else:
            self._take_out(case)
        bonus = self.bonus[row]
        gain = np.where(affinity < self.floor, affinity + bonus - self.under, affinity + bonus)
        self.gain[row] = np.where(affinity < 0, -_FAR, gain)
        placed = self.insert(case)
        for other in [one for one in self.waiting if one != case]:
            self.insert(other)
        return placed

    def _floored(self, gain: Ints) -> Ints:
        under = self.problem.affinity < self.floor
        return gain.astype(np.int64) - np.where(under, self.under, 0)

    def _hold(self, pair: int) -> None:
        case, colleague = self.problem.pair_case[pair], self.problem.pair_colleague[pair]
        self.held[case, int(np.flatnonzero(self.held[case] < 0)[0])] = pair
        self.at[colleague].add(pair)
        self.load[colleague] += 1

    def _release(self, pair: int) -> None:
        case, colleague = self.problem.pair_case[pair], self.problem.pair_colleague[pair]
        self.held[case, int(np.flatnonzero(self.held[case] == pair)[0])] = -1
        self.at[colleague].discard(pair)
        self.load[colleague] -= 1

    def _put_in(self, case: int) -> bool:
        for _ in range(int(self.problem.need[case])):
            if not self._add_seat(case):
                self._take_out(case)
                return False
        return True

    def _take_out(self, case: int) -> None:
        """One seat after the other: the case's own other seats may move into the freed one."""
        while len(held := self.held[case][self.held[case] >= 0]):
            pair = int(held[0])
            self._release(pair)
            self._refill(int(self.problem.pair_colleague[pair]))

    def _profit(self, pairs: slice | Ints) -> Ints:
        return self.gain[pairs] - self.price[self.problem.pair_colleague[pairs]]

    def _add_seat(self, case: int) -> bool:
        """The cheapest way from the case to a spare seat, everybody moving one further."""
        search = _Search.empty(self.problem.colleagues)
        self._enter(search, case)
        spare = self.seats.next_cost(self.load, _FAR) - self.price
        best, end = _FAR // 2, -1
        while True:
            colleague, distance = search.nearest()
            if distance >= best:
                break
            search.open[colleague] = _FAR
            if distance + spare[colleague] < best:
                best, end = distance + int(spare[colleague]), colleague
            self._relax_out(search, colleague, distance, best)
        if end < 0:
            return False
        self.price += np.maximum(best - search.distance, 0)
        self._shift_in(search, end)
        return True

    def _enter(self, search: _Search, case: int) -> None:
        """Distances of a case's colleagues: what each is worse than the best."""
        row = self.problem.row(case)
        profit = self._profit(row)
        if not len(profit):
            return
        reach = profit.max() - profit
        held = self.held[case]
        reach[held[held >= 0] - row.start] = _FAR
        reach[self.gain[row] <= -_FAR // 2] = _FAR
        pairs = np.arange(row.start, row.stop)
        who = self.problem.pair_colleague[row]
        search.relax(who, reach, pairs, np.full(len(pairs), -1))

    def _relax_out(self, search: _Search, colleague: int, distance: int, bound: int) -> None:
        """What it costs to move each case of this colleague on to any other."""
        given = sorted(self.at[colleague])
        if not given:
            return
        cases = self.problem.pair_case[given].tolist()
        rows = [self.problem.row(case) for case in cases]
        who = np.concatenate([self.problem.pair_colleague[row] for row in rows])
        lengths = [row.stop - row.start for row in rows]
        here = distance + self.gain[given] - self.price[colleague]
        reach = np.repeat(here, lengths)
        reach += self.price[who]
        reach -= np.concatenate([self.gain[row] for row in rows])
        near = np.flatnonzero(reach < bound)
        start = np.cumsum([0, *lengths[:-1]])
        source = np.searchsorted(start, near, side="right") - 1
        pairs = near - start[source] + self.problem.start[cases][source]
        new = (self.held[np.asarray(cases)[source]] != pairs[:, None]).all(axis=1)
        near, pairs, source = near[new], pairs[new], source[new]
        search.relax(who[near], reach[near], pairs, np.asarray(given)[source])

    def _shift_in(self, search: _Search, end: int) -> None:
        colleague = end
        while True:
            occupied, given = int(search.occupied[colleague]), int(search.given[colleague])
            if given < 0:
                self._hold(occupied)
                return
            self._release(given)
            self._hold(occupied)
            colleague = int(self.problem.pair_colleague[given])

    def _refill(self, free: int) -> None:
        """After a seat of a colleague got free: the best chain that fills it, if one pays."""
        slack = int(self.price[free] - self.seats.next_cost(self.load, _FAR)[free])
        if slack <= 0:
            return
        search = _Search.empty(self.problem.colleagues)
        search.distance[free] = search.open[free] = 0
        leave = np.where(self.load > 0, self.price - self.seats.last_cost(self.load), _FAR)
        leave[free] = _FAR
        keep = np.where(self.held >= 0, self._profit(self.held), _FAR)
        best, end = slack, -1
        while True:
            colleague, distance = search.nearest()
            if distance >= best:
                break
            search.open[colleague] = _FAR
            if distance + leave[colleague] < best:
                best, end = distance + int(leave[colleague]), colleague
            self._relax_in(search, colleague, distance, best, keep)
        self.price -= np.maximum(best - search.distance, 0)
        if end >= 0:
            self._shift_out(search, end, free)

    def _relax_in(
        self, search: _Search, colleague: int, distance: int, bound: int, keep: Ints
    ) -> None:
        """What it costs that each case moves to this colleague from where it is.

        `keep` is the profit of what each case holds, shape (n, seats).
        """
        first = self.column_ends[colleague - 1] if colleague else 0
        column = slice(int(first), int(self.column_ends[colleague]))
        cases, pairs = self.column_case[column], self.columns[column]
        into = distance + self.price[colleague] - self.gain[pairs]
        for seat in range(keep.shape[1]):
            reach = into + keep[cases, seat]
            near = np.flatnonzero(reach < bound)
            held = self.held[cases[near]]
            near = near[(held != pairs[near][:, None]).all(axis=1)]
            given = self.held[cases[near], seat]
            search.relax(self.problem.pair_colleague[given], reach[near], pairs[near], given)

    def _shift_out(self, search: _Search, end: int, free: int) -> None:
        colleague = end
        while colleague != free:
            occupied = int(search.occupied[colleague])
            self._release(int(search.given[colleague]))
            self._hold(occupied)
            colleague = int(self.problem.pair_colleague[occupied])
