"""When a talk can be held: Danish working days and free slots, right across both clock changes.

Pure time arithmetic. Days are dates in Europe/Copenhagen, moments are aware; working hours are wall
clock times, as people say them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
TALK_LENGTH = timedelta(minutes=25)
SLOT_STEP = timedelta(minutes=30)
_SATURDAY = 5
_LAST_GREAT_PRAYER_DAY = 2023
_MIDNIGHT = timedelta(days=1)

Interval = tuple[datetime, datetime]


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


def easter_sunday(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus' form of the anonymous algorithm)."""
    golden = year % 19
    century, rest = divmod(year, 100)
    leap_centuries, century_rest = divmod(century, 4)
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap_centuries - moon + 15) % 30
    leaps, year_rest = divmod(rest, 4)
    weekday = (32 + 2 * century_rest + 2 * leaps - epact - year_rest) % 7
    correction = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * correction + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=64)
def closed_days(year: int) -> Mapping[date, ClosedDay]:
    """The year's closed days. A church holiday names the day when two fall together.

    Great Prayer Day (store bededag) was abolished as a holiday from 2024.
    """
    easter = easter_sunday(year)
    found = {date(year, month, day): name for name, (month, day) in _FIXED.items()}
    if year <= _LAST_GREAT_PRAYER_DAY:
        found[easter + timedelta(days=_GREAT_PRAYER_FROM_EASTER)] = ClosedDay.GREAT_PRAYER_DAY
    found.update({easter + timedelta(days=days): name for name, days in _FROM_EASTER.items()})
    return found


def is_working_day(day: date) -> bool:
    """Whether a talk can be held: Monday to Friday and not a closed day."""
    return day.weekday() < _SATURDAY and day not in closed_days(day.year)


def working_days_since(day: date, today: date) -> int:
    """How many working days lie after `day`, up to and including `today`; 0 when none do."""
    ahead = (day + timedelta(days=each) for each in range(1, (today - day).days + 1))
    return sum(is_working_day(each) for each in ahead)


@dataclass(frozen=True)
class WorkingHours:
    """Weekly hours: weekday (0 is Monday) → windows of wall clock time, each (from, to)."""

    windows: Mapping[int, Sequence[tuple[time, time]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for weekday, windows in self.windows.items():
            if weekday not in range(7) or any(start >= end for start, end in windows):
                raise ValueError("A window begins before it ends, on a weekday from 0 to 6.")

    @classmethod
    def from_rows(cls, rows: Iterable[tuple[int, time, time]]) -> WorkingHours:
        """From rows of (weekday, from, to), in any order."""
        windows: dict[int, list[tuple[time, time]]] = {}
        for weekday, start, end in sorted(rows):
            windows.setdefault(weekday, []).append((start, end))
        return cls(windows)

    @classmethod
    def weekdays(cls, start: time, end: time) -> WorkingHours:
        """The same window Monday to Friday."""
        return cls(dict.fromkeys(range(_SATURDAY), ((start, end),)))


def slots(
    window_start: date,
    days: int,
    hours: WorkingHours,
    busy: Iterable[Interval] = (),
    *,
    length: timedelta = TALK_LENGTH,
    step: timedelta = SLOT_STEP,
) -> list[datetime]:
    """Every moment in the window at which a talk of `length` can begin, in order, without doubles.

    The window is `days` calendar days from `window_start`. Slots lie on the clock's grid of `step`
    from midnight, so that different people's slots meet; a talk lies wholly inside one window of
    `hours` and touches nothing in `busy` (aware intervals, the end is free again). Returns aware
    datetimes in Europe/Copenhagen. ValueError on naive or backward intervals or a `length` or
    `step` that is not positive.
    """
    if length <= timedelta(0) or step <= timedelta(0):
        raise ValueError("Length and step must be positive.")
    taken = _merged(busy)
    starts = sorted(set(_starts(window_start, days, hours, length, step)))
    return [start.astimezone(COPENHAGEN) for start in _free(starts, length, taken)]


def _starts(
    window_start: date, days: int, hours: WorkingHours, length: timedelta, step: timedelta
) -> Iterator[datetime]:
    """Possible starts in UTC, where adding time means time gone by."""
    for offset in range(days):
        day = window_start + timedelta(days=offset)
        if not is_working_day(day):
            continue
        for opens, closes in hours.windows.get(day.weekday(), ()):
            end = _moment(day, closes)
            start = _on_grid(day, opens, step)
            while start is not None and start + length <= end:
                yield start
                start += step


def _on_grid(day: date, opens: time, step: timedelta) -> datetime | None:
    """The first grid moment of the day at or after `opens`, in UTC; None when the day is over."""
    since_midnight = timedelta(
        hours=opens.hour,
        minutes=opens.minute,
        seconds=opens.second,
        microseconds=opens.microsecond,
    )
    on_grid = -(-since_midnight // step) * step
    if on_grid >= _MIDNIGHT:
        return None
    return _moment(day, (datetime.min + on_grid).time())


def _moment(day: date, wall: time) -> datetime:
    return datetime.combine(day, wall, tzinfo=COPENHAGEN).astimezone(UTC)


def _merged(busy: Iterable[Interval]) -> list[Interval]:
    """Busy intervals in UTC, sorted, overlapping ones joined, empty ones left out."""
    merged: list[Interval] = []
    for start, end in sorted(_checked(each) for each in busy):
        if start == end:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def _checked(interval: Interval) -> Interval:
    start, end = interval
    if start.tzinfo is None or end.tzinfo is None:
        raise ValueError("A busy time needs a time zone.")
    start, end = start.astimezone(UTC), end.astimezone(UTC)
    if start > end:
        raise ValueError("A busy time ends before it begins.")
    return start, end


def _free(
    starts: Iterable[datetime], length: timedelta, taken: Sequence[Interval]
) -> Iterator[datetime]:
    """The starts, given in order, whose talk touches no taken interval."""
    at = 0
    for start in starts:
        while at < len(taken) and taken[at][1] <= start:
            at += 1
        if at == len(taken) or start + length <= taken[at][0]:
            yield start
