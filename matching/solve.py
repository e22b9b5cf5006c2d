"""From a problem to a plan: floor, flow, slots, proof, and who is full."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from matching.blocking import Blocking, SeatCut, blocking_of
from matching.certificate import Certificate, Proof, verify_certificate
from matching.ejection import EjectionSearch, capacity_beside_own
from matching.floor import Floor, highest_floor
from matching.flow import Flow, solve_flow
from matching.own_cases import need_within_limits
from matching.problem import SCALE, STAY_BONUS, Bools, Ints, Problem
from matching.slots import Timetable, assign_greedily, complete_sessions
from matching.window import Busy, limit_blocking, owner_blocking


@dataclass(frozen=True, slots=True)
class Match:
    """The match before slots: the pairs chosen, the prices that prove it, and the proof."""

    chosen: Ints
    certificate: Certificate
    proof: Proof


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole plan; amounts in millionths of affinity.

    `max_min` is the exact max-min affinity of the cases that can get all their partners (None if
    no seat can be filled), `bound` the proven most that the placed cases could have got together
    without load penalty, floor and stay bonus. `unplaced` names who blocks each case without
    session.
    """

    problem: Problem
    match: Match
    timetable: Timetable
    unplaced: Mapping[int, Blocking]
    max_min: int | None
    bound: int
    dual_gap: float
    matching_seconds: float
    slot_seconds: float


def solve(problem: Problem, before: Timetable | None = None, *, enough: int = SCALE) -> Plan:
    """The plan for a problem; slots of the timetable `before` are kept where that can be.

    `enough` (millionths) is the most that the max-min floor asks for: above it total affinity and
    even load decide alone.
    """
    clock = time.perf_counter()
    floor = highest_floor(problem, problem.capacity)
    match = best_match(problem, floor, enough)
    matched = time.perf_counter()
    timetable = _timetable(problem, match, floor, before)
    unplaced = _who_is_full(problem, timetable)
    slotted = time.perf_counter()
    ideal = _ideal(problem, timetable)
    proven = time.perf_counter()
    return Plan(
        problem=problem,
        match=match,
        timetable=timetable,
        unplaced=unplaced,
        max_min=_max_min(problem, match, floor),
        bound=ideal.proof.bound,
        dual_gap=max(match.proof.gap, ideal.proof.gap),
        matching_seconds=matched - clock + proven - slotted,
        slot_seconds=slotted - matched,
    )


def best_match(problem: Problem, floor: Floor, enough: int = SCALE) -> Match:
    """The optimum at the exact max-min floor, within what people's hours leave beside own cases.

    Where those hours leave fewer seats than the capacities do, or cases are given up, the floor
    is found anew for what remains. A floor above `enough` is lowered to it.
    """
    capacity, need, settled = capacity_beside_own(problem), need_within_limits(problem), True
    if (capacity < problem.capacity).any() or (need < problem.need).any():
        floor = highest_floor(replace(problem, need=need), capacity)
    while True:
        asked = replace(problem, need=need)
        flow = solve_flow(
            asked,
            capacity=capacity,
            floor=min(floor.value, enough),
            weight=problem.load_weight,
            fillable=settled and floor.seats == int(need.sum()),
        )
        given_up = _partly_served(need, flow)
        if len(given_up):
            need, settled = need.copy(), False
            need[given_up] = 0
        elif not settled:
            floor, settled = highest_floor(asked, capacity), True
        else:
            break
    certificate = Certificate(
        price=flow.price,
        capacity=capacity,
        need=need,
        floor=min(floor.value, enough),
        big=flow.big,
        load_weight=problem.load_weight,
        stay_bonus=STAY_BONUS,
    )
    return Match(flow.chosen, certificate, verify_certificate(problem, certificate, flow.chosen))


def _max_min(problem: Problem, match: Match, floor: Floor) -> int | None:
    """The max-min affinity of the cases that the match did not give up."""
    need = match.certificate.need
    if (need < problem.need).any():
        floor = highest_floor(replace(problem, need=need), problem.capacity)
    return floor.value if floor.seats else None


def _partly_served(need: Ints, flow: Flow) -> Ints:
    """Half of the cases with some but not all partners, those that lack most first.

    A case is placed with all its partners or not at all; giving up one half at a time lets the
    other half use the seats that become free.
    """
    partly = np.flatnonzero((flow.missing > 0) & (flow.missing < need))
    lacking = flow.missing[partly] / need[partly]
    order = np.argsort(-lacking, kind="stable")
    return partly[order[: (len(partly) + 1) // 2]]


def _timetable(problem: Problem, match: Match, floor: Floor, before: Timetable | None) -> Timetable:
    timetable = assign_greedily(problem, complete_sessions(problem, match.chosen), before)
    waiting = timetable.waiting(problem)
    lacking = int(problem.need.sum()) - floor.seats
    beyond = int((need_within_limits(problem) < problem.need).sum())
    fewest = max(-(-lacking // int(problem.need.max(initial=1))), beyond)
    if len(waiting) <= fewest:
        return timetable
    return EjectionSearch(problem, match.certificate, timetable).run(waiting, fewest)


def _ideal(problem: Problem, timetable: Timetable) -> Match:
    """The most affinity the placed cases could have got, had nothing else counted."""
    placed: Bools = np.array(timetable.slot, np.int64) >= 0
    need = np.where(placed, problem.need, 0)
    problem = replace(problem, limits=None)
    flow = solve_flow(
        replace(problem, need=need), capacity=problem.capacity, floor=0, weight=0.0, bonus=False
    )
    certificate = Certificate(
        price=flow.price,
        capacity=problem.capacity,
        need=need,
        floor=0,
        big=flow.big,
        load_weight=0.0,
        stay_bonus=0,
    )
    return Match(flow.chosen, certificate, verify_certificate(problem, certificate, flow.chosen))


def _who_is_full(problem: Problem, timetable: Timetable) -> dict[int, Blocking]:
    """The blocking set of each waiting case: a proof where there is one, else who is busy."""
    waiting = timetable.waiting(problem)
    if not waiting:
        return {}
    chosen = timetable.chosen()
    seats = SeatCut(problem, problem.capacity, chosen, waiting)
    blocked = {
        case: limit_blocking(problem, timetable, case)
        or seats.blocking(case)
        or owner_blocking(problem, case)
        for case in waiting
    }
    left = [case for case in waiting if blocked[case] is None]
    return {case: found for case, found in blocked.items() if found} | _calendars_full(
        problem, timetable, chosen, left
    )


def _calendars_full(
    problem: Problem, timetable: Timetable, chosen: Ints, waiting: list[int]
) -> dict[int, Blocking]:
    """For cases that lack neither seats nor hours of the owner alone."""
    if not waiting:
        return {}
    beside = SeatCut(problem, capacity_beside_own(problem), chosen, waiting)
    busy = Busy(problem, timetable)
    return {
        case: _with_own_cases(problem, beside.blocking(case)) or busy.blocking(case)
        for case in waiting
    }


def _with_own_cases(problem: Problem, blocking: Blocking | None) -> Blocking | None:
    """Seats that lack because of own cases: those cases belong to the set."""
    if blocking is None:
        return None
    tight = capacity_beside_own(problem) < problem.capacity
    full = [colleague for colleague in blocking.colleagues if tight[colleague]]
    own = np.flatnonzero(np.isin(problem.owner, np.array(full, np.int32)))
    return blocking_of([*blocking.cases, *own.tolist()], blocking.colleagues)
