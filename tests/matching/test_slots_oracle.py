"""Slots against an oracle: CP-SAT solves small instances whole, partners and hours in one model."""

from __future__ import annotations

import numpy as np
import pytest
from ortools.sat.python import cp_model

from matching.check import broken_rules
from matching.problem import SCALE, RawPairs, build_problem
from matching.solve import solve

CASES, COLLEAGUES = 7, 5


def instance(seed, slots, busy):
    """Seven cases, five colleagues who own them too, calendars that are busy at random."""
    rng = np.random.default_rng(seed)
    case, colleague = np.nonzero(rng.random((CASES, COLLEAGUES)) < 0.7)
    return build_problem(
        case_ids=range(CASES),
        colleague_ids=range(COLLEAGUES),
        capacity=rng.integers(1, 4, COLLEAGUES),
        owner=rng.integers(0, COLLEAGUES, CASES).astype(np.int32),
        need=np.ones(CASES, np.int64),
        colleague_free=rng.random((COLLEAGUES, slots)) > busy,
        case_free=np.ones((CASES, slots), bool),
        pairs=RawPairs(
            case.astype(np.int32),
            colleague.astype(np.int32),
            rng.integers(0, SCALE + 1, len(case)).astype(np.int32),
        ),
    )


def most_sessions(problem):
    """The most sessions that can be held at all, whoever sits in them."""
    model = cp_model.CpModel()
    sessions = {
        (pair, slot): model.new_bool_var(f"{pair}-{slot}")
        for pair in range(len(problem.pair_case))
        for slot in np.flatnonzero(
            problem.session_free[problem.pair_case[pair]]
            & problem.colleague_free[problem.pair_colleague[pair]]
        ).tolist()
    }
    for case in range(problem.cases):
        model.add_at_most_one(
            var for (pair, _slot), var in sessions.items() if problem.pair_case[pair] == case
        )
    for person in range(problem.colleagues):
        seats = [
            var for (pair, _slot), var in sessions.items() if problem.pair_colleague[pair] == person
        ]
        model.add(sum(seats) <= int(problem.capacity[person]))
        for slot in range(problem.session_free.shape[1]):
            model.add_at_most_one(
                var
                for (pair, at), var in sessions.items()
                if at == slot
                and person in (problem.pair_colleague[pair], problem.owner[problem.pair_case[pair]])
            )
    model.maximize(sum(sessions.values()))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(model) == cp_model.OPTIMAL
    return sum(solver.value(var) for var in sessions.values())


def ours(problem):
    plan = solve(problem)
    assert broken_rules(problem, plan.timetable) == []
    return len(plan.timetable.chosen())


@pytest.mark.parametrize(("slots", "busy", "lost"), [(12, 0.3, 0), (4, 0.3, 10), (3, 0.5, 5)])
def test_as_many_sessions_as_can_be_held_at_all(slots, busy, lost):
    """None is lost where there is room. In weeks so crowded that not even half of the requests fit,
    `lost` is how many of twenty weeks' sessions the second stage misses in all."""
    missed = 0
    for seed in range(20):
        problem = instance(seed, slots, busy)
        placed, most = ours(problem), most_sessions(problem)
        assert placed <= most
        missed += most - placed
    assert missed <= lost
