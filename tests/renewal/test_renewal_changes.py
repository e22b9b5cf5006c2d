"""The nightly run asks again only when it must: until `next_change` the verdict stands."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from renewal import DEFAULTS, RULES, Rule, Thresholds, assess, next_change, order_key
from renewal.changes import next_quarter
from renewal.facts import ActionFact
from renewal.months import add_months
from renewal.rules import stale

from .conftest import TODAY
from .test_renewal_properties import CASES

ALL_ON = Thresholds(enabled=tuple(rule.value for rule in Rule))
OTHERS = Thresholds(
    enabled=tuple(rule.value for rule in Rule),
    soon_days=20, r1_days=45, r1_step_days=7, r1_step_points=5, r3_days=60, r4_months=3,
    r7_months=2, r8_months=5, r9_value=5, r9_months=4, r10_urgent_days=5, rest_days=10,
)  # fmt: skip


def stored(facts, limits, day):
    """What a list of `day` would show of a need that was worked out before."""
    need = assess(facts, limits)
    return replace(
        need,
        hits=tuple(hit.on(day) for hit in need.hits),
        waiting=tuple(hit.on(day) for hit in need.waiting),
    )


@settings(max_examples=400)
@given(CASES, st.sampled_from([DEFAULTS, ALL_ON, OTHERS]), st.floats(0, 1))
def test_until_the_next_change_a_stored_need_is_what_a_new_run_would_find(facts, limits, share):
    change = next_change(facts, limits)
    span = (change - TODAY).days - 1

    for ahead in {0, int(span * share), span}:
        day = TODAY + timedelta(days=ahead)
        later = replace(facts, today=day)
        assert stored(facts, limits, day) == assess(later, limits)
        assert order_key(assess(facts, limits), facts) == order_key(assess(later, limits), later)


@settings(max_examples=60)
@given(CASES)
def test_a_year_of_incremental_nights_ends_where_a_full_run_does(facts):
    kept, change = facts, next_change(facts, ALL_ON)
    for ahead in range(0, 366, 3):
        day = TODAY + timedelta(days=ahead)
        if day >= change:
            kept = replace(facts, today=day)
            change = next_change(kept, ALL_ON)
        assert stored(kept, ALL_ON, day) == assess(replace(facts, today=day), ALL_ON)


@given(CASES)
def test_the_next_change_lies_ahead_and_in_this_quarter(facts):
    assert TODAY < next_change(facts) <= next_quarter(TODAY)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 1, 1), date(2026, 4, 1)),
        (date(2026, 3, 31), date(2026, 4, 1)),
        (date(2026, 11, 30), date(2027, 1, 1)),
    ],
)
def test_quarters(today, expected):
    assert next_quarter(today) == expected


def test_a_fresh_bid_changes_on_the_day_it_expires(make):
    facts = make.calm(beliefs=(make.belief(5, days=85), make.citizen(5, days=10)))

    assert next_change(facts) == make.ago(days=85) + timedelta(days=91)


def test_a_snooze_that_ends_is_a_change(make):
    facts = make.calm(snoozed_until=TODAY + timedelta(days=4))

    assert next_change(facts) == TODAY + timedelta(days=4)


def test_a_stored_hit_counts_its_days_from_the_day_it_is_read(make):
    (hit,) = assess(make.calm(beliefs=(make.belief(5, days=100), make.citizen(5, days=10)))).hits

    assert hit.params["days"] == 100
    assert hit.on(TODAY + timedelta(days=4)).params["days"] == 104
    assert "104" in hit.on(TODAY + timedelta(days=4)).text()


@pytest.mark.parametrize(
    ("age", "after"),
    [
        (85, [91, 120]),
        (90, [91, 120]),
        (119, [91, 120]),
        (120, [91, 150]),
        (239, [91, 240]),
        (240, [91]),
        (900, [91]),
    ],
)
def test_an_old_bid_changes_when_it_gets_old_and_with_each_step_up_to_the_most(make, age, after):
    facts = make.calm(beliefs=(make.belief(5, days=age),))

    changes = list(stale.changes(facts, DEFAULTS))

    assert changes == [make.ago(days=age) + timedelta(days=days) for days in after]


def test_a_step_may_be_a_day_and_the_first_comes_the_day_after(make):
    facts = make.calm(beliefs=(make.belief(5, days=80),))

    changes = list(stale.changes(facts, Thresholds(r1_step_days=1)))

    assert changes == [make.ago(days=-11)] * 2


def test_where_nobody_has_bid_nothing_gets_old(make):
    assert list(stale.changes(make.calm(beliefs=()), DEFAULTS)) == []


@pytest.fixture
def turning(make):
    """One case in which every rule has something that turns."""
    return make.case(
        started=make.ago(months=5),
        owner_changed=True,
        owner_since=make.ago(days=20),
        beliefs=(
            make.belief(7, months=4), make.belief(7, months=3), make.belief(7, days=40),
            make.citizen(3, days=50),
        ),
        actions=(
            make.started(days=70, ended=make.ago(days=60)),
            ActionFact(planned_for=make.ago(days=-8), company=True),
            ActionFact(started=make.ago(days=15), deadline=make.ago(days=-5), done=True),
            ActionFact(agreed_on=make.ago(days=9), deadline=make.ago(days=-6)),
        ),
        held=(make.ago(months=2), make.ago(months=8)),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("code", "days", "months"),
    [
        ("R0", [], [("months", 5, 31)]),
        ("R2", [-141], []),
        ("R3", [-141, -131], []),
        ("R4", [15, 70, -9, -7], [("days", 15, 6), ("days", 15, 12)]),
        ("R5", [-9], [("months", 5, 6)]),
        ("R6", [-11], []),
        ("R7", [], [("months", 4, 9), ("months", 3, 9), ("days", 40, 9)]),
        ("R8", [], [("months", 2, 12)]),
        ("R9", [], [("months", 4, 12)]),
        ("R10", [-7, -37], []),
        ("R11", [], [("days", 50, 6)]),
        ("R12", [15, 70, -9, -7, -1], []),
    ],
)
def test_the_days_on_which_each_rule_may_answer_differently(make, turning, code, days, months):
    """`days`: so many ago, negative ones lie ahead; `months`: so many after what is so long ago."""
    expected = [make.ago(days=number) for number in days]
    for unit, number, later in months:
        begun = make.ago(**{unit: number})
        after = timedelta(days=later) if code == "R0" else None
        expected.append(begun + after if after else add_months(begun, later))

    assert sorted(RULES[Rule(code)].changes(turning, DEFAULTS)) == sorted(expected)


@pytest.mark.parametrize("code", ["R2", "R3", "R7", "R9"])
def test_without_a_bid_nothing_turns_for_the_rules_that_look_at_one(turning, code):
    bare = replace(turning, beliefs=())

    assert list(RULES[Rule(code)].changes(bare, DEFAULTS)) == []


def test_what_never_was_does_not_turn(make, turning):
    assert list(RULES[Rule("R6")].changes(replace(turning, owner_since=None), DEFAULTS)) == []
    assert list(RULES[Rule("R8")].changes(replace(turning, held=()), DEFAULTS)) == []
    asked = RULES[Rule("R11")].changes(replace(turning, beliefs=()), DEFAULTS)
    assert list(asked) == [add_months(turning.started, 6)]


def test_a_belief_that_is_held_turns_each_month_more_and_a_low_one_does_not(make):
    rule = RULES[Rule("R9")]
    held = make.calm(beliefs=(make.belief(7, months=14, days=5), make.belief(8, months=2)))
    first = held.beliefs[0].registered_on

    assert list(rule.changes(held, DEFAULTS)) == [add_months(first, 15)]
    assert list(rule.changes(make.calm(beliefs=(make.belief(6, months=14),)), DEFAULTS)) == []
    assert list(rule.changes(make.calm(beliefs=(make.belief(7, days=3),)), DEFAULTS)) == [
        add_months(make.ago(days=3), 12)
    ]


def test_two_copies_are_no_row_yet(make):
    twice = make.calm(beliefs=(make.belief(5, months=4), make.belief(5, months=1)))

    assert list(RULES[Rule("R7")].changes(twice, DEFAULTS)) == []


def test_a_staircase_that_lies_ahead_is_looked_at_every_day(make):
    company = ActionFact(planned_for=make.ago(days=-60), company=True)
    ahead = ActionFact(planned_for=make.ago(days=-5))
    begun = ActionFact(started=make.ago(days=10), deadline=make.ago(days=-60))
    turns = [make.ago(days=-61)]

    rule = RULES[Rule("R12")]
    assert sorted(rule.changes(make.calm(actions=(ahead, company)), DEFAULTS)) == [
        make.ago(days=-1), make.ago(days=-6), *turns
    ]  # fmt: skip
    assert sorted(rule.changes(make.calm(actions=(begun, company)), DEFAULTS)) == [
        make.ago(days=10), *turns
    ]  # fmt: skip


def test_what_holds_back_turns_the_day_after(make):
    facts = make.calm(booked=(make.ago(days=-4),))
    assert next_change(facts) == make.ago(days=-5)
    assert next_change(make.calm(held=(make.ago(days=10),))) == make.ago(days=-21)
    assert next_change(make.calm(held=(make.ago(days=-3),))) == make.ago(days=-3)
    later = make.calm()
    beliefs = (*later.beliefs, make.belief(5, days=-2))
    assert next_change(replace(later, beliefs=beliefs)) == make.ago(days=-2)
