"""The cheapest chains over booked sessions: who takes a free seat, and whom that moves.

Every seat that stands is held by a bonus worth more than any other exchange, so the sessions as
they are booked are the optimum to start from, and a chain moves somebody only where it must: those
who have not answered before those who have said yes, the fewest, then the best fit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matching.certificate import Certificate, Proof
from matching.load import seats_of
from matching.problem import (
    SCALE,
    Bools,
    Ints,
    Problem,
    RawPairs,
    Shorts,
    build_problem,
)
from matching.repair import Repair
from matching.solve import Match
from sparring.colleagues.candidate_pairs import LOAD_WEIGHT

ASKED, AGREED = 2 * SCALE, 4 * SCALE
"""What a seat is held by: more than affinity and load together can ever offer for it."""


@dataclass(frozen=True)
class Seating:
    """Sessions × people, by places in a pool.

    owner: (n,). need: (n,), partners each session is to have. held: per session {person: bonus}.
    open: (n, m), whom each session may get. room: (m,), seats beyond those that are held.
    """

    owner: Shorts
    need: Sequence[int]
    held: Sequence[dict[int, int]]
    open: Bools
    affinity: Shorts
    capacity: Ints


def fill(seating: Seating, lacking: Sequence[int]) -> list[frozenset[int]]:
    """The partners of every session after those in `lacking` got theirs, in that order."""
    problem = _problem(seating)
    index_of = {
        (int(case), int(person)): pair
        for pair, (case, person) in enumerate(
            zip(problem.pair_case, problem.pair_colleague, strict=True)
        )
    }
    stay = np.zeros(len(problem.pair_case), np.int64)
    for case, people in enumerate(seating.held):
        for person, bonus in people.items():
            stay[index_of[case, person]] = bonus
    repair = Repair(problem, _as_booked(problem, np.flatnonzero(stay)), stay=stay)
    for case in lacking:
        repair.fill(case)
    found: list[set[int]] = [set() for _ in seating.held]
    for pair in repair.chosen.tolist():
        found[problem.pair_case[pair]].add(int(problem.pair_colleague[pair]))
    return [frozenset(row) for row in found]


def _problem(seating: Seating) -> Problem:
    """One slot that suits everybody: whether the time suits is in `open` already."""
    may = seating.open.copy()
    for row, people in enumerate(seating.held):
        may[row, list(people)] = True
    pairs = np.argwhere(may).astype(np.int32)
    case, person = pairs[:, 0], pairs[:, 1]
    occupied = np.zeros(len(seating.capacity), np.int64)
    for people in seating.held:
        occupied[list(people)] += 1
    return build_problem(
        case_ids=range(len(seating.need)),
        colleague_ids=range(len(seating.capacity)),
        capacity=seating.capacity + occupied,
        owner=seating.owner,
        need=np.array(seating.need, np.int64),
        colleague_free=np.ones((len(seating.capacity), 1), bool),
        case_free=np.ones((len(seating.need), 1), bool),
        pairs=RawPairs(case, person, seating.affinity[case, person]),
        load_weight=LOAD_WEIGHT,
    )


def _as_booked(problem: Problem, held: Ints) -> Match:
    """The sessions as they stand, with prices under which they are the optimum: the last seats'."""
    seats = seats_of(problem, problem.capacity, problem.load_weight)
    load = np.bincount(problem.pair_colleague[held], minlength=problem.colleagues)
    proof = Certificate(
        price=seats.last_cost(load),
        capacity=problem.capacity,
        need=np.bincount(problem.pair_case[held], minlength=problem.cases),
        floor=0,
        big=0,
        load_weight=problem.load_weight,
        stay_bonus=0,
    )
    return Match(held, proof, Proof(0, 0, 0.0))
