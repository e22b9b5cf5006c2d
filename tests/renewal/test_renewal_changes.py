"""The nightly run asks again only when it must: until `next_change` the verdict stands."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from renewal import DEFAULTS, Rule, Thresholds, assess, next_change, order_key
from renewal.changes import next_quarter

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
    facts = make.calm(beliefs=(make.bid(5, days=85), make.citizen(5, days=10)))

    assert next_change(facts) == make.ago(days=85) + timedelta(days=91)


def test_a_snooze_that_ends_is_a_change(make):
    facts = make.calm(snoozed_until=TODAY + timedelta(days=4))

    assert next_change(facts) == TODAY + timedelta(days=4)


def test_a_stored_hit_counts_its_days_from_the_day_it_is_read(make):
    (hit,) = assess(make.calm(beliefs=(make.bid(5, days=100), make.citizen(5, days=10)))).hits

    assert hit.params["days"] == 100
    assert hit.on(TODAY + timedelta(days=4)).params["days"] == 104
    assert "104" in hit.on(TODAY + timedelta(days=4)).text()
