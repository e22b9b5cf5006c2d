from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renewal.months import add_months, months_passed, whole_months

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 8, 30), 6, date(2027, 2, 28)),
        (date(2026, 8, 28), 6, date(2027, 2, 28)),
        (date(2026, 3, 31), 1, date(2026, 4, 30)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 1, 15), -2, date(2025, 11, 15)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 5, 20), 0, date(2026, 5, 20)),
    ],
)
def test_add_months(start, months, expected):
    assert add_months(start, months) == expected


def test_six_months_from_the_end_of_august_have_passed_on_the_last_of_february():
    assert not months_passed(date(2026, 8, 31), 6, date(2027, 2, 27))
    assert months_passed(date(2026, 8, 31), 6, date(2027, 2, 28))


def test_a_year_from_a_leap_day_has_passed_on_28_february():
    assert not months_passed(date(2028, 2, 29), 12, date(2029, 2, 27))
    assert months_passed(date(2028, 2, 29), 12, date(2029, 2, 28))


@pytest.mark.parametrize(
    ("since", "today", "expected"),
    [
        (date(2026, 1, 31), date(2026, 2, 27), 0),
        (date(2026, 1, 31), date(2026, 2, 28), 1),
        (date(2026, 1, 31), date(2026, 3, 30), 1),
        (date(2026, 1, 31), date(2026, 3, 31), 2),
        (date(2025, 9, 26), date(2026, 11, 26), 14),
        (date(2025, 9, 27), date(2026, 11, 26), 13),
        (date(2026, 5, 1), date(2026, 4, 1), 0),
    ],
)
def test_whole_months(since, today, expected):
    assert whole_months(since, today) == expected


@given(start=DAYS, months=st.integers(-240, 240))
def test_adding_months_lands_in_the_right_month_and_never_later_in_it(start, months):
    result = add_months(start, months)

    assert (result.year * 12 + result.month) - (start.year * 12 + start.month) == months
    assert result.day <= start.day
    assert result.day == start.day or (result + timedelta(days=1)).day == 1


@given(start=DAYS, months=st.integers(0, 240))
def test_adding_months_never_overtakes(start, months):
    assert add_months(start, months) <= add_months(start + timedelta(days=1), months)


@given(since=DAYS, today=DAYS)
def test_whole_months_is_the_largest_number_that_has_passed(since, today):
    months = whole_months(since, today)

    assert not months_passed(since, months + 1, today)
    assert since >= today or months_passed(since, months, today)
