"""People's own limits in every role: never broken, counted in the load, proven with the match."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.certificate import Certificate, verify_certificate
from matching.check import broken_rules
from matching.floor import highest_floor
from matching.limits import Limits
from matching.own_cases import capacity_within_limits, need_within_limits
from matching.problem import SCALE
from matching.slots import Timetable
from matching.solve import best_match, solve

from .problems import every_plan, problems, small

# Four slots on two days of one week, and two on a day of the next.
DAY, WEEK = [0, 0, 1, 1, 2, 2], [0, 0, 0, 0, 1, 1]


def limits(colleagues, *, a_day=9, a_week=(9, 9), presented=(9, 9)):
    """The same for everybody: most sessions a day, and by week in all and as presenter."""
    return Limits(
        day=np.array(DAY),
        week=np.array(WEEK),
        a_day=np.full((colleagues, 3), a_day),
        a_week=np.tile(a_week, (colleagues, 1)),
        presented=np.tile(presented, (colleagues, 1)),
    )


def owned(cases, *, partners=2, own=0, **rest):
    """Cases of colleague 0 that all others fit equally well."""
    pairs = {(case, other): 0.5 for case in range(cases) for other in range(1, partners + 1)}
    found = small(
        pairs,
        capacity=[9] * (partners + 1),
        owner=[own] * cases,
        slots=6,
        load_weight=rest.pop("load_weight", 0.8),
    )
    return replace(found, limits=limits(partners + 1, **rest))


@st.composite
def limited_problems(draw, **kinds):
    problem = draw(problems(slots=6, **kinds))
    people = problem.colleagues
    day = sorted(draw(st.lists(st.integers(0, 3), min_size=6, max_size=6)))
    week = [number // 2 for number in day]
    counts = st.integers(0, 2) | st.just(9)

    def table(width):
        rows = st.lists(counts, min_size=width, max_size=width)
        return np.array(draw(st.lists(rows, min_size=people, max_size=people)))

    return replace(
        problem, limits=Limits(np.array(day), np.array(week), table(4), table(2), table(2))
    )


@given(limited_problems())
@settings(max_examples=400, deadline=None)
def test_no_limit_is_broken_and_the_match_is_proven(problem):
    plan = solve(problem)

    assert broken_rules(problem, plan.timetable) == []
    assert plan.dual_gap == 0.0
    waiting = set(plan.timetable.waiting(problem))
    assert waiting == set(plan.unplaced)


def load_cost(problem, need, capacity, load):
    """The penalty written out: the seats of somebody with own cases come after these."""
    total = 0
    for colleague, seats in enumerate(load.tolist()):
        own = sum(
            1
            for case in range(problem.cases)
            if problem.owner[case] == colleague
            and 0 < need[case] <= problem.start[case + 1] - problem.start[case]
        )
        for seat in range(seats):
            share = (2 * (own + seat) + 1) / (2 * (own + int(capacity[colleague])))
            total += round(problem.load_weight * SCALE * share)
    return total


@given(limited_problems(most_need=1, busy=False, cases=4, colleagues=3))
@settings(max_examples=200, deadline=None)
def test_the_match_is_the_best_of_all_within_the_limits(problem):
    need = need_within_limits(problem)
    capacity = capacity_within_limits(problem, problem.capacity)

    match = best_match(problem, highest_floor(problem, problem.capacity))

    certificate = match.certificate
    assert (certificate.capacity <= capacity).all()
    asked = replace(problem, need=need)
    best = max(
        (
            len(pairs),
            int(problem.gain[pairs].sum()) - load_cost(problem, need, certificate.capacity, load),
        )
        for pairs, load in every_plan(asked, certificate.capacity)
        if (problem.affinity[pairs] >= certificate.floor).all()
    )
    assert certificate.need.tolist() == need.tolist()
    assert len(match.chosen) == best[0]
    # Both are sums of rounded costs.
    assert abs(match.proof.value - best[1]) <= problem.cases


@pytest.mark.parametrize(
    ("rest", "placed"),
    [
        ({}, 5),
        ({"a_day": 1}, 3),
        ({"presented": (1, 1)}, 2),
        ({"presented": (0, 1)}, 1),
        ({"a_week": (1, 1)}, 2),
        ({"a_week": (2, 0)}, 2),
        ({"a_day": 1, "presented": (2, 0)}, 2),
    ],
)
def test_the_first_cases_are_brought_and_the_rest_name_their_presenter(rest, placed):
    problem = owned(5, **rest)

    plan = solve(problem)

    assert [slot >= 0 for slot in plan.timetable.slot] == [True] * placed + [False] * (5 - placed)
    assert broken_rules(problem, plan.timetable) == []
    for case in range(placed, 5):
        assert plan.unplaced[case].colleagues == (0,)
        assert plan.unplaced[case].cases == (*range(placed), case)


def test_a_seat_and_an_own_case_take_the_same_day():
    """Two colleagues with a case each, one day with two slots: only one of them can be held."""
    both = small({(0, 1): 0.5, (1, 0): 0.5}, capacity=[1, 1], owner=[0, 1], slots=6)
    one_day = limits(2, a_day=1)
    one_day.a_day[:, 1:] = 0

    plan = solve(replace(both, limits=one_day))

    assert sorted(slot >= 0 for slot in plan.timetable.slot) == [False, True]


def test_who_presents_much_is_asked_less():
    """Colleagues 1 and 2 fit case 0 equally; 1 brings two cases, so 2 is asked."""
    pairs = {(0, 1): 0.5, (0, 2): 0.5, (1, 0): 0.5, (2, 0): 0.5}
    shared = small(pairs, capacity=[4, 4, 4], owner=[-1, 1, 1], slots=6, load_weight=0.8)

    match = best_match(replace(shared, limits=limits(3)), highest_floor(shared, shared.capacity))

    with_case_0 = [p for p in match.chosen.tolist() if shared.pair_case[p] == 0]
    assert shared.pair_colleague[with_case_0].tolist() == [2]
    assert match.proof.gap == 0.0


def test_the_same_without_limits_does_not_count_own_cases():
    pairs = {(0, 1): 0.5, (0, 2): 0.49, (1, 0): 0.5, (2, 0): 0.5}
    shared = small(pairs, capacity=[4, 4, 4], owner=[-1, 1, 1], slots=6, load_weight=0.8)

    match = best_match(shared, highest_floor(shared, shared.capacity))

    with_case_0 = [p for p in match.chosen.tolist() if shared.pair_case[p] == 0]
    assert shared.pair_colleague[with_case_0].tolist() == [1]


@pytest.mark.parametrize(
    ("rest", "slots", "broken"),
    [
        ({"a_day": 1}, [0, 1], ["colleague 0: too many sessions on day 0"]),
        ({"a_week": (1, 9)}, [0, 2], ["colleague 0: too many sessions in week 0"]),
        ({"presented": (1, 9)}, [0, 2], ["colleague 0: presents too often in week 0"]),
        ({"presented": (1, 9)}, [0, 4], []),
        ({"a_day": 1}, [0, 2], []),
    ],
)
def test_each_limit_is_noticed_when_it_alone_is_broken(rest, slots, broken):
    problem = owned(2, **rest)
    pairs = [(0,), (3,)]  # case 0 with colleague 1, case 1 with colleague 2

    assert broken_rules(problem, Timetable(pairs, slots)) == broken


def test_a_limit_that_a_partner_breaks_is_noticed_too():
    problem = owned(2, a_week=(1, 1))
    with_one = Timetable([(0,), (2,)], [0, 2])  # both with colleague 1

    assert sorted(broken_rules(problem, with_one)) == [
        "colleague 0: too many sessions in week 0",
        "colleague 1: too many sessions in week 0",
    ]


def proof_of(problem, chosen):
    claims = Certificate(
        price=np.zeros(3, np.int64),
        capacity=np.full(3, 9),
        need=np.ones(problem.cases, np.int64),
        floor=0,
        big=10 * SCALE,
        load_weight=0.0,
        stay_bonus=0,
    )
    return verify_certificate(problem, claims, np.array(chosen))


def test_a_match_beyond_the_limits_proves_nothing():
    chosen = [0, 3]

    assert proof_of(owned(2, load_weight=0.0), chosen).gap == 0.0
    with pytest.raises(ValueError, match="presents more than wanted"):
        proof_of(owned(2, presented=(1, 0)), chosen)
    with pytest.raises(ValueError, match="more sessions than wanted"):
        proof_of(owned(2, a_week=(1, 0), presented=(9, 9), own=-1), [0, 2])


def test_the_most_sessions_are_counted_day_by_day_as_the_slots_allow():
    """By brute force: the largest set of slots that keeps every limit."""
    table = Limits(
        day=np.array(DAY),
        week=np.array(WEEK),
        a_day=np.array([[1, 9, 1]]),
        a_week=np.array([[2, 9]]),
        presented=np.array([[1, 9]]),
    )
    for free in product([False, True], repeat=6):
        row = np.array([free])
        most = max(
            sum(held)
            for held in product(*[(0, 1) if slot else (0,) for slot in free])
            if held[0] + held[1] <= 1 and held[4] + held[5] <= 1 and sum(held[:4]) <= 2
        )
        assert table.sessions_at_most(row).tolist() == [most]
        week = min(sum(free[:4]), 1)
        assert table.presented_at_most(row).tolist() == [week + min(sum(free[4:]), 1)]
