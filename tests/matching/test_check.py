"""The checks of a plan must themselves notice: each hard rule broken alone, each false claim."""

from dataclasses import replace

import numpy as np
import pytest

from matching.certificate import Certificate, case_bounds, verify_certificate
from matching.check import broken_rules
from matching.problem import SCALE
from matching.slots import Timetable

from .problems import small

# Pairs 0–4: case 0 with colleagues 0 and 1, case 1 with 1 and 2, case 2 with 0.
PAIRS = {(0, 0): 0.9, (0, 1): 0.5, (1, 1): 0.5, (1, 2): 0.25, (2, 0): 0.75}


def problem(**rest):
    return small(PAIRS, **{"capacity": [1, 1, 1], "slots": 3, **rest})


def test_a_lawful_plan_breaks_nothing():
    owned = problem(capacity=[1, 1, 1], owner=[2, -1, -1])

    assert broken_rules(owned, Timetable([(0,), (2,), ()], [0, 0, -1])) == []


def test_a_case_that_is_not_placed_is_not_looked_at():
    tight = problem(capacity=[0, 0, 0], need=[2, 2, 2])

    assert broken_rules(tight, Timetable([(0,), (2,), (4,)], [-1, -1, -1])) == []


@pytest.mark.parametrize(
    ("changed", "pairs", "slots", "broken"),
    [
        ({}, [(4,), (), ()], [0, -1, -1], ["case 0: a pair of another case"]),
        ({"need": [2, 1, 1]}, [(0,), (), ()], [1, -1, -1], ["case 0: not the partners it needs"]),
        ({}, [(0, 1), (), ()], [1, -1, -1], ["case 0: not the partners it needs"]),
        (
            {"case_free": [[1], [0, 1], [0]]},
            [(0,), (), ()],
            [0, -1, -1],
            ["case 0: not free for the case"],
        ),
        (
            {"colleague_free": [[0, 1], [1], [0, 1]]},
            [(), (2,), ()],
            [-1, 0, -1],
            ["case 1: not free for a person"],
        ),
        ({"need": [2, 1, 1]}, [(0, 3), (), ()], [0, -1, -1], ["case 0: a pair of another case"]),
        (
            {"need": [2, 1, 1], "colleague_free": [[0, 1], [1], [0, 1]]},
            [(0, 1), (), ()],
            [0, -1, -1],
            ["case 0: not free for a person"],
        ),
        ({}, [(0,), (), (4,)], [0, -1, 1], ["colleague 0: over capacity"]),
        (
            {"capacity": [2, 1, 1]},
            [(0,), (), (4,)],
            [0, -1, 0],
            ["colleague 0: two sessions in slot 0"],
        ),
        (
            {"owner": [-1, 0, -1]},
            [(0,), (3,), ()],
            [2, 2, -1],
            ["colleague 0: two sessions in slot 2"],
        ),
    ],
)
def test_each_rule_is_noticed_when_it_alone_is_broken(changed, pairs, slots, broken):
    assert broken_rules(problem(**changed), Timetable(pairs, slots)) == broken


def test_an_owner_who_is_a_partner_is_noticed_in_both_places():
    own = replace(problem(), owner=np.array([0, -1, -1], np.int32))

    assert broken_rules(own, Timetable([(0,), (), ()], [0, -1, -1])) == [
        "case 0: its owner is a partner",
        "colleague 0: two sessions in slot 0",
    ]


def certificate(**rest):
    usual = {
        "price": np.zeros(3, np.int64),
        "capacity": np.ones(3, np.int64),
        "need": np.ones(3, np.int64),
        "floor": 0,
        "big": 10 * SCALE,
        "load_weight": 0.0,
        "stay_bonus": 0,
    }
    return Certificate(**{**usual, **rest})


def test_the_best_match_reaches_its_bound():
    roomy = certificate(capacity=np.array([2, 1, 1]))

    proof = verify_certificate(problem(capacity=[2, 1, 1]), roomy, np.array([0, 2, 4]))

    assert (proof.value, proof.bound, proof.gap) == (2_150_000, 2_150_000, 0.0)


def test_the_gap_is_what_is_lost_by_the_bound():
    # Case 0 waits, so that its seat is lacking and its best pair lost.
    short = verify_certificate(problem(), certificate(), np.array([2, 4]))

    assert (short.value, short.bound) == (1_250_000, 12_150_000)
    assert short.gap == 10_900_000 / 12_150_000


def test_a_small_bound_does_not_blow_the_gap_up():
    tiny = small({(0, 0): 0.25, (0, 1): 0.5}, capacity=[1, 1])
    one = certificate(
        price=np.zeros(2, np.int64), capacity=np.ones(2, np.int64), need=np.ones(1, np.int64)
    )

    assert verify_certificate(tiny, one, np.array([1])).gap == 0.25


def test_prices_load_and_agreed_pairs_count():
    """Worked out by hand: a second seat of two costs 0.75 of the weight, the first 0.25."""
    shared = small({(0, 0): 0.5, (1, 0): 0.75}, capacity=[2], agreed=[(0, 0)])
    claims = certificate(
        price=np.array([400_000]),
        capacity=np.array([2]),
        need=np.ones(2, np.int64),
        load_weight=0.4,
        stay_bonus=10_000,
    )

    proof = verify_certificate(shared, claims, np.array([0, 1]))

    # 0.51 + 0.75 less a load of 0.1 + 0.3; bound: 0.11 + 0.35 and seats worth 0.3 + 0.1.
    assert (proof.value, proof.bound) == (860_000, 860_000)


def test_a_case_is_bounded_by_the_best_partners_it_needs_above_the_floor():
    prices = np.array([100_000, 0, 0])
    two = certificate(price=prices, need=np.array([2, 0, 2]), floor=400_000, big=2 * SCALE)

    bounds = case_bounds(problem(need=[2, 1, 2]), two)

    assert bounds.tolist() == [400_000 + 900_000, 0, 650_000 - 2 * SCALE]
    one = certificate(price=prices, floor=600_000, big=2 * SCALE)
    assert case_bounds(problem(), one).tolist() == [800_000, -2 * SCALE, 650_000]


def test_the_smallest_price_counts_too():
    dear = certificate(price=np.array([1, 0, 0]))

    # One millionth less for each of the pairs with colleague 0, and one more for the seat.
    assert verify_certificate(problem(), certificate(), np.array([0, 2])).bound == 12_150_000
    assert verify_certificate(problem(), dear, np.array([0, 2])).bound == 12_149_999


@pytest.mark.parametrize(
    ("changed", "chosen", "message"),
    [
        ({}, [1, 1], "used twice"),
        ({}, [0, 4], "over capacity"),
        ({"capacity": np.array([0, 1, 1])}, [4], "over capacity"),
        ({"capacity": np.array([2, 1, 1])}, [1], "over capacity"),
        ({}, [0, 1], "more partners"),
        ({"need": np.array([2, 1, 1])}, [0], "more partners"),
        ({"floor": 500_001}, [2], "under the floor"),
        ({"price": np.array([0, -1, 0])}, [1], "price is negative"),
        ({"load_weight": float("inf")}, [1], "price is negative"),
    ],
)
def test_what_cannot_be_proven_is_refused(changed, chosen, message):
    with pytest.raises(ValueError, match=message):
        verify_certificate(problem(), certificate(**changed), np.array(chosen))


def test_a_pair_on_the_floor_is_above_it():
    assert verify_certificate(problem(), certificate(floor=500_000), np.array([2])).value == 500_000
