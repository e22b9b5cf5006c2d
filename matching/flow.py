"""The match itself: one min-cost flow over the best pairs, priced until it is the optimum of all.

Maximises  affinity + stay bonus - load penalty  over the plans that fill the most seats, using
only pairs at or above a floor. A seat that nobody can fill goes to the overflow node.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from matching.load import Seats, seats_of
from matching.problem import (
    BEST_PAIRS,
    SCALE,
    SPREAD_PAIRS,
    STAY_BONUS,
    Bools,
    Ints,
    Problem,
)
from matching.segments import first_in_rows, row_max, row_starts, spread_in_rows


@dataclass(frozen=True, slots=True)
class Flow:
    """An optimal flow with the prices that prove it.

    `chosen` are the pairs used (sorted), `missing` the unfilled seats per case, `price` what one
    more seat of each colleague is worth to the whole, `big` what an unfilled seat costs; all in
    millionths of affinity.
    """

    chosen: Ints
    missing: Ints
    price: Ints
    big: int


def overflow_cost(problem: Problem, seats: Seats, *, fillable: bool) -> int:
    """What an unfilled seat costs.

    If every seat can be filled, any cost that beats one plain exchange will do as a first try;
    otherwise it must outweigh the longest chain of exchanges, so that the most seats are filled.
    """
    exchange = 2 * (SCALE + STAY_BONUS) + int(seats.cost.max(initial=0))
    return 4 * exchange if fillable else exchange * (problem.colleagues + 2)


def solve_flow(
    problem: Problem,
    *,
    capacity: Ints,
    floor: int,
    weight: float,
    bonus: bool = True,
    fillable: bool = True,
) -> Flow:
    """The optimum over all pairs with affinity >= `floor` (millionths).

    `fillable` says that every seat is known to be fillable; a wrong hint costs time only.
    """
    seats = seats_of(problem, capacity, weight)
    gain = problem.gain if bonus else problem.affinity.astype(np.int64)
    allowed = (problem.affinity >= floor) & (seats.capacity > 0)[problem.pair_colleague]
    active = first_in_rows(problem.start, allowed, BEST_PAIRS)
    active |= allowed & (problem.agreed | spread_in_rows(problem.start, SPREAD_PAIRS))
    while True:
        big = overflow_cost(problem, seats, fillable=fillable)
        flow = _priced(problem, gain, allowed, active, seats=seats, big=big)
        if not (fillable and flow.missing.any()):
            return flow
        fillable = False


def _priced(
    problem: Problem, gain: Ints, allowed: Bools, active: Bools, *, seats: Seats, big: int
) -> Flow:
    """Solve over the active pairs, add the pairs that the prices show to be better, repeat."""
    while True:
        pairs = np.flatnonzero(active)
        chosen, missing = _min_cost_flow(problem, gain, pairs, seats, big)
        price, to_beat = _prices(problem, gain, pairs, chosen, seats=seats, big=big)
        better = gain - price[problem.pair_colleague] > to_beat[problem.pair_case]
        better &= allowed & ~active
        if not better.any():
            return Flow(chosen, missing, price, big)
        active |= _most_promising(problem, gain, price, better)


def _most_promising(problem: Problem, gain: Ints, price: Ints, better: Bools) -> Bools:
    """At most 30 new pairs per case, the most profitable at these prices first."""
    found = np.flatnonzero(better)
    profit = gain[found] - price[problem.pair_colleague[found]]
    order = np.lexsort((-profit, problem.pair_case[found]))
    start = row_starts(problem.pair_case[found], problem.cases)
    best = first_in_rows(start, np.ones(len(found), bool), BEST_PAIRS)
    mask = np.zeros_like(better)
    mask[found[order[best]]] = True
    return mask


def _min_cost_flow(
    problem: Problem, gain: Ints, pairs: Ints, seats: Seats, big: int
) -> tuple[Ints, Ints]:
    """Chosen pairs and unfilled seats: cases -> colleagues -> sink, with overflow to the sink."""
    cases, sink = problem.cases, problem.cases + problem.colleagues
    solver = SimpleMinCostFlow()
    arcs = solver.add_arcs_with_capacity_and_unit_cost(
        problem.pair_case[pairs].astype(np.int64),
        cases + problem.pair_colleague[pairs].astype(np.int64),
        np.ones(len(pairs), np.int64),
        -gain[pairs],
    )
    solver.add_arcs_with_capacity_and_unit_cost(
        cases + seats.colleague, np.full(len(seats.colleague), sink), seats.width, seats.cost
    )
    overflow = solver.add_arcs_with_capacity_and_unit_cost(
        np.arange(cases), np.full(cases, sink), problem.need, np.full(cases, big)
    )
    supply = np.concatenate(
        [problem.need, np.zeros(problem.colleagues, np.int64), [-problem.need.sum()]]
    )
    solver.set_nodes_supplies(np.arange(sink + 1), supply)
    status = solver.solve()
    if status != solver.OPTIMAL:
        raise ArithmeticError(f"the flow was not solved: {status}")
    used = solver.flows(arcs) if len(pairs) else np.empty(0, np.int64)
    missing = solver.flows(overflow) if cases else np.empty(0, np.int64)
    return pairs[used > 0], missing


def _prices(
    problem: Problem, gain: Ints, pairs: Ints, chosen: Ints, *, seats: Seats, big: int
) -> tuple[Ints, Ints]:
    """Shortest ways to the sink in the residual graph (Bellman-Ford, a whole layer at a time).

    Returns the price of a seat per colleague, and per case the profit a new pair would have to
    beat: that of its worst pair in use, or -big while it lacks a partner.
    """
    load = np.bincount(problem.pair_colleague[chosen], minlength=problem.colleagues)
    free = np.setdiff1d(pairs, chosen, assume_unique=True)
    start = row_starts(problem.pair_case[free], problem.cases)
    free_gain, free_colleague = gain[free], problem.pair_colleague[free]
    held_case, held_colleague = problem.pair_case[chosen], problem.pair_colleague[chosen]
    held_gain = gain[chosen]
    price = seats.next_cost(load, full=3 * big)
    while True:
        worth = np.maximum(row_max(free_gain - price[free_colleague], start, -big), -big)
        lower = price.copy()
        np.minimum.at(lower, held_colleague, held_gain - worth[held_case])
        if np.array_equal(lower, price):
            break
        price = lower
    used = row_starts(held_case, problem.cases)
    worst_used = -row_max(price[held_colleague] - held_gain, used, big)
    lacking = np.diff(used) < problem.need
    return price, np.where(lacking, -big, worst_used)
