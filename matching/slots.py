"""One concrete time for every session: free for its owner, every partner and the case itself.

First greedily, the session with the fewest common hours first, each in its earliest hour; what is
left over goes to the ejection search (`ejection.py`). No person is ever in two sessions in one
slot.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from matching.limits import LimitKeeper

if TYPE_CHECKING:
    from matching.problem import Bools, Ints, Problem


@dataclass(slots=True)
class Timetable:
    """Who talks with whom and when.

    `pairs[i]` are the pairs (indices) of case i, empty where it has no partners; `slot[i]` is its
    slot column, or -1. A case without a slot is not placed, whatever its pairs.
    """

    pairs: list[tuple[int, ...]]
    slot: list[int]

    def waiting(self, problem: Problem) -> list[int]:
        """Cases that ask for a session and have no slot."""
        asking = (problem.need > 0).tolist()
        return [case for case, slot in enumerate(self.slot) if slot < 0 and asking[case]]

    def chosen(self) -> Ints:
        """All pairs of placed sessions, sorted."""
        placed = (pairs for pairs, slot in zip(self.pairs, self.slot, strict=True) if slot >= 0)
        return np.array(sorted(pair for pairs in placed for pair in pairs), np.int64)


def complete_sessions(problem: Problem, chosen: Ints) -> list[tuple[int, ...]]:
    """The pairs of every case that got all the partners it needs; empty for the others."""
    pairs: list[tuple[int, ...]] = [()] * problem.cases
    for pair, case in zip(chosen.tolist(), problem.pair_case[chosen].tolist(), strict=True):
        pairs[case] += (pair,)
    need = problem.need.tolist()
    return [held if len(held) == need[case] else () for case, held in enumerate(pairs)]


def assign_greedily(
    problem: Problem, pairs: list[tuple[int, ...]], before: Timetable | None = None
) -> Timetable:
    """Earliest common hour for each session, fewest common hours first.

    Sessions that stand as in the timetable `before` keep their slot; sessions with new partners
    come after them, and keep theirs where everybody is free.
    """
    people = _masks(problem.colleague_free)
    common = _common_masks(problem, pairs, people)
    timetable = Timetable(list(pairs), [-1] * problem.cases)
    agreed, stands = _agreed_before(pairs, before)
    sessions = [case for case, held in enumerate(pairs) if held]
    sessions.sort(key=lambda case: (case not in stands, common[case].bit_count(), case))
    keeper = LimitKeeper(problem.limits, []) if problem.limits else None
    for case in sessions:
        persons = persons_of(problem, case, pairs[case])
        free = common[case]
        for person in persons:
            free &= people[person]
        if keeper is not None:
            free &= _within_limits(problem, keeper, case, persons)
        free = (free & agreed.get(case, 0)) or free
        if free:
            hour = free & -free
            timetable.slot[case] = hour.bit_length() - 1
            for person in persons:
                people[person] ^= hour
                if keeper is not None:
                    presents = person == problem.owner[case]
                    keeper.take(case, person, timetable.slot[case], presents=presents)
    return timetable


def _within_limits(problem: Problem, keeper: LimitKeeper, case: int, persons: list[int]) -> int:
    """The slots at which nobody's limits are reached, as a mask."""
    owner = problem.owner[case]
    suits = [keeper.limits.suits(person, presents=person == owner) for person in persons]
    return _masks(np.logical_and.reduce(suits)[None, :])[0]


def _agreed_before(
    pairs: list[tuple[int, ...]], before: Timetable | None
) -> tuple[dict[int, int], set[int]]:
    """Slots agreed before, as masks by case, and the cases whose partners are the same."""
    if before is None:
        return {}, set()
    agreed = {case: 1 << slot for case, slot in enumerate(before.slot) if slot >= 0}
    return agreed, {case for case in agreed if before.pairs[case] == pairs[case]}


def persons_of(problem: Problem, case: int, pairs: tuple[int, ...]) -> list[int]:
    """Colleagues whose calendars a session uses: its partners, and its owner if it has one."""
    persons = [int(problem.pair_colleague[pair]) for pair in pairs]
    owner = int(problem.owner[case])
    return persons if owner < 0 else [*persons, owner]


def _common_masks(problem: Problem, pairs: list[tuple[int, ...]], people: list[int]) -> list[int]:
    common = _masks(problem.session_free)
    for case, held in enumerate(pairs):
        for pair in held:
            common[case] &= people[problem.pair_colleague[pair]]
    return common


def _masks(free: Bools) -> list[int]:
    """Each calendar as one whole number, bit s for slot s."""
    packed = np.packbits(free, axis=1, bitorder="little")
    return [int.from_bytes(row.tobytes(), "little") for row in packed]
