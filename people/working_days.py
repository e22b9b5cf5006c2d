"""Danish working days, for whatever is due: talks, reminders, readings. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from dateutil.easter import easter

SATURDAY = 5
_LAST_GREAT_PRAYER_DAY = 2023


class ClosedDay(StrEnum):
    """Days on which a Danish municipality is closed, besides weekends."""

    NEW_YEAR = "new_year"
    MAUNDY_THURSDAY = "maundy_thursday"
    GOOD_FRIDAY = "good_friday"
    EASTER_SUNDAY = "easter_sunday"
    EASTER_MONDAY = "easter_monday"
    GREAT_PRAYER_DAY = "great_prayer_day"
    ASCENSION = "ascension"
    WHIT_SUNDAY = "whit_sunday"
    WHIT_MONDAY = "whit_monday"
    CONSTITUTION_DAY = "constitution_day"
    CHRISTMAS_EVE = "christmas_eve"
    CHRISTMAS_DAY = "christmas_day"
    SECOND_CHRISTMAS_DAY = "second_christmas_day"
    NEW_YEARS_EVE = "new_years_eve"


_FROM_EASTER = {
    ClosedDay.MAUNDY_THURSDAY: -3,
    ClosedDay.GOOD_FRIDAY: -2,
    ClosedDay.EASTER_SUNDAY: 0,
    ClosedDay.EASTER_MONDAY: 1,
    ClosedDay.ASCENSION: 39,
    ClosedDay.WHIT_SUNDAY: 49,
    ClosedDay.WHIT_MONDAY: 50,
}
_FIXED = {
    ClosedDay.NEW_YEAR: (1, 1),
    ClosedDay.CONSTITUTION_DAY: (6, 5),
    ClosedDay.CHRISTMAS_EVE: (12, 24),
    ClosedDay.CHRISTMAS_DAY: (12, 25),
    ClosedDay.SECOND_CHRISTMAS_DAY: (12, 26),
    ClosedDay.NEW_YEARS_EVE: (12, 31),
}
_GREAT_PRAYER_FROM_EASTER = 26


@lru_cache(maxsize=64)
def closed_days(year: int) -> Mapping[date, ClosedDay]:
    """The year's closed days. A church holiday names the day when two fall together.

    Great Prayer Day (store bededag) was abolished as a holiday from 2024.
    """
    sunday = easter(year)
    found = {date(year, month, day): name for name, (month, day) in _FIXED.items()}
    if year <= _LAST_GREAT_PRAYER_DAY:
        found[sunday + timedelta(days=_GREAT_PRAYER_FROM_EASTER)] = ClosedDay.GREAT_PRAYER_DAY
    found.update({sunday + timedelta(days=days): name for name, days in _FROM_EASTER.items()})
    return found


def is_working_day(day: date) -> bool:
    """Whether people are at work: Monday to Friday and not a closed day."""
    return day.weekday() < SATURDAY and day not in closed_days(day.year)


def working_days_since(day: date, today: date) -> int:
    """How many working days lie after `day`, up to and including `today`; 0 when none do."""
    later_days = (day + timedelta(days=offset) for offset in range(1, (today - day).days + 1))
    return sum(is_working_day(later_day) for later_day in later_days)


def working_days_after(day: date, number: int) -> date:
    """The day that many working days after `day`; the day itself never counts."""
    while number > 0:
        day += timedelta(days=1)
        number -= is_working_day(day)
    return day
