"""When a session can be held: free slots on working days, right across both clock changes.

Pure time arithmetic. Days are dates in Europe/Copenhagen, moments are aware; working hours are wall
clock times, as people say them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from people.working_days import is_working_day

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
SESSION_LENGTH = timedelta(minutes=25)
SLOT_STEP = timedelta(minutes=30)
_MIDNIGHT = timedelta(days=1)

Interval = tuple[datetime, datetime]


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


def slots(
    window_start: date,
    days: int,
    hours: WorkingHours,
    busy: Iterable[Interval] = (),
    *,
    length: timedelta = SESSION_LENGTH,
    step: timedelta = SLOT_STEP,
) -> list[datetime]:
    """Every moment in the window at which a session of `length` can begin.

    In order, without doubles.

    The window is `days` calendar days from `window_start`. Slots lie on the clock's grid of `step`
    from midnight, so that different people's slots meet; a session lies wholly inside one window of
    `hours` and touches nothing in `busy` (aware intervals, the end is free again). Returns aware
    datetimes in Europe/Copenhagen. ValueError on naive or backward intervals or a `length` or
    `step` that is not positive.
    """
    if length <= timedelta(0) or step <= timedelta(0):
        raise ValueError("Length and step must be positive.")
    occupied = _merged(busy)
    starts = sorted(set(_starts(window_start, days, hours, length, step)))
    return [start.astimezone(COPENHAGEN) for start in _free(starts, length, occupied)]


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
    return _moment(day, (datetime.combine(day, time.min) + on_grid).time())


def _moment(day: date, wall: time) -> datetime:
    return datetime.combine(day, wall, tzinfo=COPENHAGEN).astimezone(UTC)


def _merged(busy: Iterable[Interval]) -> list[Interval]:
    """Busy intervals in UTC, sorted, overlapping ones joined, empty ones left out."""
    merged: list[Interval] = []
    for start, end in sorted(_checked(interval) for interval in busy):
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
    starts: Iterable[datetime], length: timedelta, occupied: Sequence[Interval]
) -> Iterator[datetime]:
    """The starts, given in order, whose session touches no taken interval."""
    at = 0
    for start in starts:
        while at < len(occupied) and occupied[at][1] <= start:
            at += 1
        if at == len(occupied) or start + length <= occupied[at][0]:
            yield start
