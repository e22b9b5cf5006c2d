"""After each single change the match is the optimum again, for whoever is served."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.absence import replan_without
from matching.check import broken_rules
from matching.floor import highest_floor
from matching.generate import SIZES, generate
from matching.load import seats_of
from matching.repair import Repair
from matching.solve import best_match, solve

from .problems import best_assignment, every_plan, gains, problems, small

STEPS = st.lists(
    st.tuples(st.sampled_from(["withdraw", "insert", "change"]), st.integers(0, 20)), max_size=12
)


def _start(problem):
    return Repair(problem, best_match(problem, highest_floor(problem, problem.capacity)))


def _apply(repair, outside, step, case, rng):
    if step == "withdraw" and case not in outside:
        repair.withdraw(case)
        outside.add(case)
    elif step == "insert" and case in outside:
        outside.discard(case)
        repair.insert(case)
    elif step == "change" and case not in outside:
        row = repair.problem.row(case)
        repair.change(case, rng.integers(-1, 1_000_001, row.stop - row.start))


@given(problems(most_need=1, busy=False, cases=8, slots=30), STEPS, st.integers(0, 99))
@settings(max_examples=300, deadline=None)
def test_any_sequence_of_changes_keeps_the_optimum(problem, steps, seed):
    repair, outside, rng = _start(problem), set(), np.random.default_rng(seed)

    for step, case in steps:
        if case < problem.cases:
            _apply(repair, outside, step, case, rng)

        served = np.unique(problem.pair_case[repair.chosen]).tolist()
        matrix = gains(problem, np.where(repair.gain < -(10**15), -(10**12), repair.gain))
        inside = [one for one in range(problem.cases) if one not in outside]
        capacity, weight = problem.capacity, problem.load_weight
        most, _ = best_assignment(problem, matrix, capacity, weight, cases=inside)
        assert len(served) == most
        assert best_assignment(problem, matrix, capacity, weight, cases=served) == (
            len(served),
            repair.value(),
        )
        assert set(repair.waiting) == set(inside) - set(served)


@given(problems(cases=3, colleagues=4, busy=False, slots=30), STEPS)
@settings(max_examples=150, deadline=None)
def test_several_partners_keep_the_optimum_too(problem, steps):
    repair, outside = _start(problem), set()
    seats = seats_of(problem, problem.capacity, problem.load_weight)

    for step, case in steps:
        if case < problem.cases and step != "change":
            _apply(repair, outside, step, case, None)

        served = set(problem.pair_case[repair.chosen].tolist())
        need = np.array([n if i in served else 0 for i, n in enumerate(problem.need)], np.int64)
        best = max(
            int(repair.gain[pairs].sum()) - seats.total(load)
            for pairs, load in every_plan(replace(problem, need=need), problem.capacity)
            if len(pairs) == need.sum()
        )
        assert repair.value() == best


def test_a_case_out_and_in_again_changes_nothing():
    problem = generate(SIZES["a"])
    plan = solve(problem)
    repair = Repair(problem, plan.match)

    for case in range(0, 400, 9):
        repair.withdraw(case)
        assert case not in problem.pair_case[repair.chosen]
        assert repair.insert(case)
        assert repair.value() == plan.match.proof.value


def test_a_new_case_moves_others_along_one_chain():
    """c1 comes and can only take p0, so c0 moves to p1."""
    problem = small({(0, 0): 0.9, (0, 1): 0.5, (1, 0): 0.8}, capacity=[1, 1])
    without = best_match(
        replace(problem, need=np.array([1, 0])),
        highest_floor(replace(problem, need=np.array([1, 0])), problem.capacity),
    )
    repair = Repair(problem, without, out=[1])

    assert repair.insert(1)

    pairs = zip(
        problem.pair_case[repair.chosen], problem.pair_colleague[repair.chosen], strict=True
    )
    assert list(pairs) == [(0, 1), (1, 0)]


def test_a_freed_seat_goes_to_who_waits():
    problem = small({(0, 0): 0.9, (1, 0): 0.8}, capacity=[1])
    repair = _start(problem)
    assert repair.waiting == [1]

    repair.withdraw(0)

    assert repair.waiting == []
    assert problem.pair_case[repair.chosen].tolist() == [1]


def test_nobody_served_loses_a_session_to_a_newcomer():
    problem = small({(0, 0): 0.2, (1, 0): 0.9}, capacity=[1])
    first = replace(problem, need=np.array([1, 0]))
    repair = Repair(problem, best_match(first, highest_floor(first, problem.capacity)), out=[1])

    assert not repair.insert(1)

    assert repair.waiting == [1]
    assert problem.pair_case[repair.chosen].tolist() == [0]


def test_a_colleague_falls_ill_and_few_others_move():
    plan = solve(generate(SIZES["a"]))

    replanned = [replan_without(plan, colleague) for colleague in range(0, 60, 10)]

    assert sum(len(one.moved) for one in replanned) / len(replanned) <= 4
    for colleague, one in zip(range(0, 60, 10), replanned, strict=True):
        problem = one.plan.problem
        assert colleague not in problem.pair_colleague[one.plan.timetable.chosen()]
        assert broken_rules(problem, one.plan.timetable) == []
        assert one.plan.unplaced == {}
        assert (problem.owner[list(one.own)] == colleague).all()
        kept = set(range(400)) - set(one.moved) - set(one.left)
        assert all(one.plan.timetable.slot[i] == plan.timetable.slot[i] for i in kept)


def test_a_case_with_two_partners_is_taken_out_whole():
    """The seat that gets free draws the case's own other seat to it before that one goes too."""
    problem = replace(small({(0, 0): 0.0, (0, 1): 0.1}, capacity=[1, 1]), need=np.array([2]))
    repair = _start(problem)
    assert len(repair.chosen) == 2

    repair.withdraw(0)

    assert (len(repair.chosen), repair.load.tolist(), repair.value()) == (0, [0, 0], 0)
