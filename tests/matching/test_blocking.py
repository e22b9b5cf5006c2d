"""The blocking set is the truth: its cases cannot all be placed with its colleagues."""

import numpy as np
import pytest
from hypothesis import given, settings

from matching.generate import SIZES, generate
from matching.problem import Problem
from matching.report import plan_report
from matching.solve import solve

from .problems import problems, small


def _most_seats(problem: Problem, cases, colleagues):
    """Seats the cases can fill among these colleagues, by augmenting ways (one seat at a time)."""
    capacity = {j: int(problem.capacity[j]) for j in colleagues}
    served = {j: [] for j in colleagues}

    def path(case, seen):
        for j in problem.pair_colleague[problem.row(case)].tolist():
            if j not in capacity or j in seen or case in served[j]:
                continue
            seen.add(j)
            if len(served[j]) < capacity[j]:
                served[j].append(case)
                return True
            for other in served[j]:
                if path(other, seen):
                    served[j].remove(other)
                    served[j].append(case)
                    return True
        return False

    return sum(path(case, set()) for case in cases for _ in range(int(problem.need[case])))


@given(problems(busy=False, slots=30))
@settings(max_examples=300, deadline=None)
def test_seats_that_lack_are_proven(problem):
    """Calendars are open, so only seats can lack; needs of several partners included."""
    plan = solve(problem)

    for case, blocking in plan.unplaced.items():
        assert case in blocking.cases
        rows = [problem.pair_colleague[problem.row(one)].tolist() for one in blocking.cases]
        assert set().union(*rows) == set(blocking.colleagues)
        wanted = int(problem.need[list(blocking.cases)].sum())
        assert _most_seats(problem, blocking.cases, blocking.colleagues) < wanted


@given(problems(busy=False, slots=30, most_need=1, cases=8))
@settings(max_examples=200, deadline=None)
def test_single_partners_lack_seats_by_plain_counting(problem):
    plan = solve(problem)

    for blocking in plan.unplaced.values():
        assert problem.capacity[list(blocking.colleagues)].sum() < len(blocking.cases)


def test_two_shortages_are_told_apart():
    problem = small(
        {(0, 0): 0.5, (1, 0): 0.6, (2, 1): 0.7, (3, 1): 0.8, (4, 2): 0.9}, capacity=[1, 1, 1]
    )

    unplaced = plan_report(solve(problem))["unplaced"]

    assert [entry["blocking"] for entry in unplaced] == [
        {"cases": ["c0", "c1"], "colleagues": ["p0"]},
        {"cases": ["c2", "c3"], "colleagues": ["p1"]},
    ]


def test_a_case_nobody_may_take_blocks_itself():
    plan = solve(small({(0, 0): 0.5}, cases=2, capacity=[1]))

    assert plan_report(plan)["unplaced"] == [
        {"case": "c1", "blocking": {"cases": ["c1"], "colleagues": []}}
    ]


def test_a_pair_without_a_common_hour_names_both_calendars():
    problem = small({(0, 1): 0.5}, capacity=[1, 1], owner=[0], slots=2, colleague_free=[[0], [1]])

    assert plan_report(solve(problem))["unplaced"] == [
        {"case": "c0", "blocking": {"cases": ["c0"], "colleagues": ["p0", "p1"]}}
    ]


def test_an_owner_with_too_few_hours_is_named():
    pairs = {(case, 1 + case): 0.5 for case in range(3)}
    problem = small(
        pairs,
        capacity=[0, 1, 1, 1],
        owner=[0, 0, 0],
        slots=4,
        colleague_free=[[1, 2], range(4), range(4), range(4)],
    )

    (entry,) = plan_report(solve(problem))["unplaced"]

    assert entry["blocking"] == {"cases": ["c0", "c1", "c2"], "colleagues": ["p0"]}


def test_hours_taken_by_own_cases_are_counted():
    """p0 has three seats but two hours, and needs one for the own case."""
    problem = small(
        {(0, 0): 0.9, (1, 0): 0.9, (2, 1): 0.9},
        capacity=[3, 3],
        owner=[-1, -1, 0],
        slots=3,
        colleague_free=[[0, 1], [0, 1, 2]],
    )

    (entry,) = plan_report(solve(problem))["unplaced"]

    assert entry["case"] in {"c0", "c1", "c2"}
    assert entry["blocking"]["colleagues"] == ["p0"]
    assert entry["blocking"]["cases"] == ["c0", "c1", "c2"]


def test_a_window_without_an_hour_left_names_who_is_busy():
    problem = small(
        {(0, 0): 0.9, (1, 0): 0.9},
        capacity=[2],
        slots=2,
        case_free=[[0], [0]],
    )

    (entry,) = plan_report(solve(problem))["unplaced"]

    assert entry["blocking"] == {"cases": ["c0", "c1"], "colleagues": ["p0"]}


@pytest.mark.parametrize("seed", [1, 2])
def test_a_tenth_of_the_seats_gone(seed):
    problem = generate(SIZES["a"], seed=seed)
    capacity = np.where(np.cumsum(problem.capacity) <= 360, problem.capacity, 0)
    short = Problem(
        **{
            name: getattr(problem, name)
            for name in Problem.__dataclass_fields__
            if name != "capacity"
        },
        capacity=capacity,
    )

    plan = solve(short)

    assert len(plan.unplaced) == 400 - capacity.sum()
    for blocking in plan.unplaced.values():
        assert capacity[list(blocking.colleagues)].sum() < len(blocking.cases)
