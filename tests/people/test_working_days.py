from datetime import date, timedelta

import pytest
from dateutil.easter import easter
from hypothesis import assume, given
from hypothesis import strategies as st

from people.working_days import (
    ClosedDay,
    closed_days,
    is_working_day,
    working_days_after,
    working_days_since,
)

DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))


@pytest.mark.parametrize(
    "expected",
    [
        date(1818, 3, 22),
        date(1943, 4, 25),
        date(2000, 4, 23),
        date(2008, 3, 23),
        date(2011, 4, 24),
        date(2019, 4, 21),
        date(2023, 4, 9),
        date(2024, 3, 31),
        date(2025, 4, 20),
        date(2026, 4, 5),
        date(2027, 3, 28),
        date(2038, 4, 25),
        date(2076, 4, 19),
    ],
)
def test_easter(expected):
    assert closed_days(expected.year)[expected] is ClosedDay.EASTER_SUNDAY


def test_the_closed_days_of_2026():
    assert dict(sorted(closed_days(2026).items())) == {
        date(2026, 1, 1): "new_year",
        date(2026, 4, 2): "maundy_thursday",
        date(2026, 4, 3): "good_friday",
        date(2026, 4, 5): "easter_sunday",
        date(2026, 4, 6): "easter_monday",
        date(2026, 5, 14): "ascension",
        date(2026, 5, 24): "whit_sunday",
        date(2026, 5, 25): "whit_monday",
        date(2026, 6, 5): "constitution_day",
        date(2026, 12, 24): "christmas_eve",
        date(2026, 12, 25): "christmas_day",
        date(2026, 12, 26): "second_christmas_day",
        date(2026, 12, 31): "new_years_eve",
    }


def test_great_prayer_day_is_a_working_day_from_2024():
    assert closed_days(2023)[date(2023, 5, 5)] is ClosedDay.GREAT_PRAYER_DAY
    assert not is_working_day(date(2023, 5, 5))
    assert is_working_day(date(2024, 4, 26))
    assert ClosedDay.GREAT_PRAYER_DAY not in closed_days(2024).values()


def test_a_church_holiday_names_a_day_that_is_two():
    assert closed_days(2017)[date(2017, 6, 5)] is ClosedDay.WHIT_MONDAY
    assert len(closed_days(2017)) == 13


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 20), True),
        (date(2026, 11, 21), False),
        (date(2026, 11, 22), False),
        (date(2026, 12, 23), True),
        (date(2026, 12, 24), False),
        (date(2026, 12, 30), True),
    ],
)
def test_working_days(day, expected):
    assert is_working_day(day) is expected


@pytest.mark.parametrize(
    ("day", "today", "expected"),
    [
        (date(2026, 11, 20), date(2026, 11, 20), 0),
        (date(2026, 11, 20), date(2026, 11, 22), 0),
        (date(2026, 11, 20), date(2026, 11, 25), 3),
        (date(2026, 12, 23), date(2027, 1, 4), 4),
        (date(2026, 11, 25), date(2026, 11, 20), 0),
    ],
)
def test_working_days_since(day, today, expected):
    assert working_days_since(day, today) == expected


@given(DAYS, st.integers(1, 60))
def test_counting_forwards_is_counting_back(day, number):
    due = working_days_after(day, number)

    assert is_working_day(due)
    assert working_days_since(day, due) == number
    assert working_days_since(day, due - timedelta(days=1)) == number - 1


@given(day=DAYS, extra=st.integers(0, 60))
def test_working_days_add_up(day, extra):
    middle = day + timedelta(days=extra)
    end = middle + timedelta(days=extra)

    assert working_days_since(day, middle) + working_days_since(middle, end) == (
        working_days_since(day, end)
    )


@given(st.integers(1900, 2199))
def test_every_year_has_its_closed_days(year):
    found = closed_days(year)

    assume(easter(year) + timedelta(days=49) not in (date(year, 6, 5), date(year, 6, 4)))
    assume(easter(year) + timedelta(days=39) != date(year, 6, 5))
    assume(year > 2023)
    assert len(found) == 13
