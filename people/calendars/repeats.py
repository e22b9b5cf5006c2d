"""Repeat rules (RFC 5545 3.3.10) unrolled between two moments, with a bound on the work."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta

from dateutil.rrule import rrulestr

MOST_WORK = 1_000_000  # days that one file's rules may look at
FRUITLESS = 200_000  # the cost of a rule without further occurrences
CYCLE = 7600  # years; the calendar repeats itself every 400, in dates and in weekdays
MOST_TIMES_A_DAY = 24
LONGEST_RULE = 500
LONGEST_INTERVAL = 10_000
PERIODS = {"DAILY": timedelta(days=1), "WEEKLY": timedelta(weeks=1)}
FREQUENCIES = (*PERIODS, "MONTHLY", "YEARLY")
KNOWN = frozenset(
    ("FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", "BYMONTH", "BYMONTHDAY", "BYYEARDAY",
     "BYWEEKNO", "BYSETPOS", "BYHOUR", "BYMINUTE", "BYSECOND")
)  # fmt: skip


class UnreadableRule(ValueError):
    """An event has an unsupported rule, or repeats more often than once an hour."""


class TooMuchWork(Exception):
    """The file's rules would take too long to unroll."""


class Budget:
    """What is left of the work that one file may cause."""

    def __init__(self, most: int) -> None:
        self._left = most

    def spend(self, amount: int) -> None:
        self._left -= amount
        if self._left < 0:
            raise TooMuchWork


def unroll(
    rule: str,
    start: datetime,
    *,
    opens: datetime,
    closes: datetime,
    until: Callable[[str], datetime],
    work: Budget,
) -> Iterator[datetime]:
    """The rule's wall clock times from `opens` to `closes`, in order; all moments are naive.

    `until` turns the rule's UNTIL into wall clock time of the event's zone. Raises Unreadable.
    """
    parts = _parts(rule)
    interval = _number(parts, "INTERVAL", 1, LONGEST_INTERVAL)
    times = _times_a_day(parts)
    last = closes
    if "UNTIL" in parts:
        last = min(closes, until(parts.pop("UNTIL")))
    if last < start:
        return
    if "COUNT" not in parts:
        start = _forward(start, parts["FREQ"], interval, opens)
    work.spend(((last - start).days // interval + 1) * times)
    try:
        yield from _found(parts, start, opens, last, work)
    except (ValueError, TypeError, IndexError, OverflowError) as error:
        raise UnreadableRule(rule) from error


def _found(
    parts: dict[str, str], start: datetime, opens: datetime, last: datetime, work: Budget
) -> Iterator[datetime]:
    """Dateutil's answer, stopped at `last`.

    A rule that never comes true, such as 30 February, is looked for until the year 9999. So it is
    asked about the same days 7,600 years on, where that end is near, and a file may hold a few.
    """
    text = ";".join(f"{name}={value}" for name, value in parts.items())
    seen = 0
    for later in rrulestr(text, dtstart=_years(start, CYCLE)):
        seen += 1
        moment = _years(later, -CYCLE)
        if moment > last:
            return
        if moment >= opens:
            yield moment
    if seen != int(parts.get("COUNT", -1)):
        work.spend(FRUITLESS)


def _years(moment: datetime, years: int) -> datetime:
    return moment.replace(year=moment.year + years)


def _parts(rule: str) -> dict[str, str]:
    if len(rule) > LONGEST_RULE:
        raise UnreadableRule(rule)
    parts = {
        name.strip().upper(): value.strip().upper()
        for name, _equals, value in (part.partition("=") for part in rule.split(";") if part)
    }
    if parts.keys() - KNOWN or parts.get("FREQ") not in FREQUENCIES or not all(parts.values()):
        raise UnreadableRule(rule)
    return parts


def _number(parts: dict[str, str], name: str, default: int, most: int) -> int:
    text = parts.get(name, str(default))
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= most):
        raise UnreadableRule(name)
    return int(text[:9])


def _times_a_day(parts: dict[str, str]) -> int:
    times = 1
    for name in ("BYHOUR", "BYMINUTE", "BYSECOND"):
        times *= parts.get(name, "").count(",") + 1
    if times > MOST_TIMES_A_DAY:
        raise UnreadableRule("times a day")
    return times


def _forward(start: datetime, frequency: str, interval: int, opens: datetime) -> datetime:
    """A later start in step with the rule, so that past years are skipped."""
    if start >= opens:
        return start
    if frequency in PERIODS:
        stride = PERIODS[frequency] * interval
        return start + stride * max((opens - start) // stride - 1, 0)
    strides = (opens.year - start.year) // interval - 1
    while strides > 0:  # 29 February is not in every year
        with suppress(ValueError):
            return _years(start, strides * interval)
        strides -= 1
    return start
