"""Whether what somebody passed completes a programme, by days alone."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from learning.completion import Part, Progress, Rules, progress

DAY = date(2026, 3, 2)
days = st.integers(0, 30).map(lambda n: DAY + timedelta(days=n))
passes = st.dictionaries(st.integers(1, 4), st.lists(days, min_size=1, max_size=3), max_size=4)
parts = st.lists(
    st.builds(Part, st.integers(1, 4), st.booleans()),
    min_size=1,
    max_size=4,
    unique_by=lambda part: part.module,
)


def on(*numbers):
    return [DAY + timedelta(days=number) for number in numbers]


def test_all_required_modules_complete_it_on_the_last_day():
    rules = Rules([Part(1), Part(2)])

    assert progress(rules, {1: on(5), 2: on(3)}, None) == Progress((), 0, DAY + timedelta(days=5))
    assert progress(rules, {1: on(5)}, None) == Progress((2,), 0, None)
    assert progress(Rules([]), {}, None).completed_on is None


def test_n_of_m_optional_modules_are_enough():
    rules = Rules([Part(1), Part(2, False), Part(3, False), Part(4, False)], optional_needed=2)

    assert progress(rules, {1: on(1), 3: on(2)}, None) == Progress((), 1, None)
    done = progress(rules, {1: on(1), 2: on(9), 3: on(2), 4: on(4)}, None)
    assert done.completed_on == DAY + timedelta(days=4)


def test_where_the_order_counts_a_module_taken_too_early_is_taken_again():
    rules = Rules([Part(1), Part(2)], in_order=True)

    assert progress(rules, {1: on(5), 2: on(3)}, None).missing == (2,)
    assert progress(rules, {2: on(3)}, None).missing == (1, 2)
    assert progress(rules, {1: on(5), 2: on(3, 8)}, None).completed_on == DAY + timedelta(days=8)


def test_what_was_passed_till_the_last_certificate_is_used_up():
    rules = Rules([Part(1)])

    assert progress(rules, {1: on(5)}, DAY + timedelta(days=5)).missing == (1,)
    assert progress(rules, {1: on(5, 6)}, DAY + timedelta(days=5)).completed_on == on(6)[0]


@given(parts, passes, st.integers(0, 3), st.booleans())
def test_it_is_complete_exactly_where_nothing_is_missing(rows, passed, needed, in_order):
    rules = Rules(rows, needed, in_order)

    found = progress(rules, passed, None)

    nothing = not found.missing and not found.optional_missing
    required = any(part.required for part in rows)
    assert (found.completed_on is not None) == (nothing and (required or needed > 0))
    assert set(found.missing) <= {part.module for part in rows if part.required}


@given(parts, passes, days, st.booleans())
def test_one_more_pass_never_takes_anything_away(rows, passed, day, in_order):
    rules = Rules(rows, 0, in_order)
    last = max((one for found in passed.values() for one in found), default=day)
    more = {part.module: [*passed.get(part.module, []), last + timedelta(days=1)] for part in rows}

    assert progress(rules, more, None).missing == ()
