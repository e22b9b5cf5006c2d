"""Parses the busy times of an .ics file within a window, and nothing else.

RFC 5545: all-day, floating, zoned and UTC times; RRULE, RDATE, EXDATE and RECURRENCE-ID; what is
cancelled or shown as free takes no time. Floating times are Danish.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from people.enums import CalendarProblem

from .lines import IcsLine, contents
from .repeats import MOST_WORK, Budget, TooMuchWork, UnreadableRule, unroll
from .zones import COPENHAGEN, Zones

MOST_BYTES = 1_000_000
MOST_EVENTS = 5_000
MOST_TIMES = 5_000
OWN_UID = "sparring-"
DAY = timedelta(days=1)
FREE = ("FREE", "WORKINGELSEWHERE")

Interval = tuple[datetime, datetime]
_MOMENT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?")
_LENGTH = re.compile(
    r"([+-]?)P(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,8})S)?)?"
)


class CalendarError(ValueError):
    """The file cannot be read; `problem` says why, in words for its owner."""

    def __init__(self, problem: CalendarProblem) -> None:
        super().__init__(problem.label)
        self.problem = problem


@dataclass(frozen=True)
class ParsedCalendar:
    """`times`: joined, in order, UTC, within the window. `skipped`: events not understood."""

    times: list[Interval]
    skipped: int


@dataclass(frozen=True)
class IcsMoment:
    """A wall clock time of a zone; of a date without a time, its midnight."""

    wall: datetime
    zone: tzinfo
    is_date: bool = False

    @property
    def instant(self) -> datetime:
        return self.at(self.wall)

    def at(self, wall: datetime) -> datetime:
        return wall.replace(tzinfo=self.zone).astimezone(UTC)

    def on_this_clock(self, moment: datetime) -> datetime:
        return moment.astimezone(self.zone).replace(tzinfo=None)


@dataclass
class IcsEvent:
    """One event of a calendar file, with the rule and the exceptions by which it is repeated."""

    uid: str
    start: IcsMoment
    length: timedelta
    rule: str = ""
    more: list[tuple[IcsMoment, timedelta | None]] = field(default_factory=list)
    gone: set[datetime] = field(default_factory=set)
    gone_days: set[date] = field(default_factory=set)
    replaces: IcsMoment | None = None
    takes_time: bool = True

    def ends(self, start: IcsMoment, length: timedelta) -> datetime:
        """Whole days end at midnight, whatever the clocks did; other lengths are exact."""
        if start.is_date:
            return start.at(start.wall + length)
        return start.instant + length


def parse(
    content: bytes, opens: datetime, closes: datetime, *, own_host: str = ""
) -> ParsedCalendar:
    """The busy times between `opens` and `closes` (aware). Raises CalendarError.

    Talks of this site at `own_host`, which came out by invitation or subscription, are left out:
    they hold their time themselves, and may be moved.
    """
    if len(content) > MOST_BYTES:
        raise CalendarError(CalendarProblem.TOO_LARGE)
    found = contents(content.decode("utf-8-sig", "replace"))
    if found is None:
        raise CalendarError(CalendarProblem.NOT_A_CALENDAR)
    if len(found.parts) > MOST_EVENTS:
        raise CalendarError(CalendarProblem.TOO_MANY)
    return _Parser(Zones(found.zones), opens, closes, own_host).read(found.parts)


class _Parser:
    def __init__(self, zones: Zones, opens: datetime, closes: datetime, own_host: str) -> None:
        self.zones = zones
        self.opens, self.closes = opens.astimezone(UTC), closes.astimezone(UTC)
        self.own = f"@{own_host}"
        self.work = Budget(MOST_WORK)
        self.skipped = 0

    def read(self, parts: list[list[IcsLine]]) -> ParsedCalendar:
        events = self._events(parts)
        replaced: dict[str, list[IcsMoment]] = defaultdict(list)
        for event in events:
            if event.replaces is not None:
                replaced[event.uid].append(event.replaces)
        times = self._free_busy(parts)
        for event in events:
            if event.replaces is None:
                _exclude(event, replaced[event.uid])
            if event.takes_time:
                times += self._times(event)
            if len(times) > MOST_TIMES:
                raise CalendarError(CalendarProblem.TOO_MANY)
        return ParsedCalendar(_merged(times), self.skipped)

    def _events(self, parts: list[list[IcsLine]]) -> list[IcsEvent]:
        events = []
        for lines in parts:
            by_name = _by_name(lines)
            if "FREEBUSY" in by_name or "DTSTART" not in by_name:
                continue
            try:
                event = self._event(by_name)
            except (ValueError, OverflowError):
                self.skipped += 1
                continue
            if not (event.uid.startswith(OWN_UID) and event.uid.endswith(self.own)):
                events.append(event)
        return events

    def _event(self, lines: dict[str, list[IcsLine]]) -> IcsEvent:
        start = self._moment(lines["DTSTART"][0])
        recurrence = lines.get("RECURRENCE-ID")
        event = IcsEvent(
            uid=_text(lines, "UID"),
            start=start,
            length=self._length(start, lines),
            rule=_text(lines, "RRULE"),
            replaces=self._moment(recurrence[0]) if recurrence else None,
            takes_time=_takes_time(lines),
        )
        for line in lines.get("RDATE", ()):
            event.more += self._periods(line)
        for line in lines.get("EXDATE", ()):
            _exclude(event, [self._moment(line, value) for value in line.value.split(",")])
        return event

    def _moment(self, line: IcsLine, value: str | None = None) -> IcsMoment:
        match = _MOMENT.fullmatch((line.value if value is None else value).strip())
        if match is None:
            raise UnreadableRule(line.name)
        year, month, day, hour, minute, second, utc = match.groups()
        if hour is None:
            midnight = datetime(int(year), int(month), int(day))  # noqa: DTZ001 (zone kept beside)
            return IcsMoment(midnight, COPENHAGEN, is_date=True)
        wall = datetime(  # noqa: DTZ001 (the zone is kept beside it, in IcsMoment)
            int(year), int(month), int(day), int(hour), int(minute), min(int(second), 59)
        )
        name = line.parameters.get("TZID", "")
        zone = UTC if utc else self.zones.named(name) if name else COPENHAGEN
        return IcsMoment(wall, zone)

    def _length(self, start: IcsMoment, lines: dict[str, list[IcsLine]]) -> timedelta:
        if "DTEND" in lines:
            end = self._moment(lines["DTEND"][0])
            return end.wall - start.wall if start.is_date else end.instant - start.instant
        if "DURATION" in lines:
            return _duration(_text(lines, "DURATION"))
        return DAY if start.is_date else timedelta(0)

    def _periods(self, line: IcsLine) -> Iterator[tuple[IcsMoment, timedelta | None]]:
        """Moments and periods ("start/end" or "start/length") of a line, with their length."""
        for value in line.value.split(","):
            begins, slash, ends = value.partition("/")
            start = self._moment(line, begins)
            if not slash:
                yield start, None
            elif "P" in ends:
                yield start, _duration(ends)
            else:
                yield start, self._moment(line, ends).instant - start.instant

    def _free_busy(self, parts: list[list[IcsLine]]) -> list[Interval]:
        times = []
        for line in (line for lines in parts for line in lines if line.name == "FREEBUSY"):
            if line.parameters.get("FBTYPE", "BUSY").upper() == "FREE":
                continue
            try:
                for start, length in self._periods(line):
                    ends = start.instant + (length or timedelta(0))
                    times += self._within(start.instant, ends)
            except (ValueError, OverflowError):
                self.skipped += 1
        return times

    def _times(self, event: IcsEvent) -> list[Interval]:
        """The event's times in the window; none, and counted, when its rule is not understood."""
        times: list[Interval] = []
        try:
            for start, length in self._occurrences(event):
                if start.instant not in event.gone and start.wall.date() not in event.gone_days:
                    times += self._within(start.instant, event.ends(start, length))
                    if len(times) > MOST_TIMES:
                        raise CalendarError(CalendarProblem.TOO_MANY)
        except TooMuchWork as error:
            raise CalendarError(CalendarProblem.TOO_MANY) from error
        except (UnreadableRule, OverflowError):
            self.skipped += 1
            return []
        return times

    def _occurrences(self, event: IcsEvent) -> Iterator[tuple[IcsMoment, timedelta]]:
        start = event.start
        yield start, event.length
        for moment, length in event.more:
            yield moment, event.length if length is None else length
        if event.rule and event.replaces is None:
            walls = unroll(
                event.rule,
                start.wall,
                opens=start.on_this_clock(self.opens - max(event.length, DAY)) - DAY,
                closes=start.on_this_clock(self.closes),
                until=lambda text: self._until(text, start),
                work=self.work,
            )
            for wall in walls:
                yield IcsMoment(wall, start.zone, start.is_date), event.length

    def _until(self, text: str, start: IcsMoment) -> datetime:
        until = self._moment(IcsLine("UNTIL", text))
        if until.is_date:
            return datetime.combine(until.wall.date(), time.max)
        return start.on_this_clock(until.instant) if text.endswith("Z") else until.wall

    def _within(self, starts: datetime, ends: datetime) -> list[Interval]:
        start, end = max(starts, self.opens), min(ends, self.closes)
        return [(start, end)] if start < end else []


def _by_name(lines: Iterable[IcsLine]) -> dict[str, list[IcsLine]]:
    found: dict[str, list[IcsLine]] = defaultdict(list)
    for line in lines:
        found[line.name].append(line)
    return found


def _text(lines: dict[str, list[IcsLine]], name: str) -> str:
    return lines[name][0].value if name in lines else ""


def _takes_time(lines: dict[str, list[IcsLine]]) -> bool:
    return (
        _text(lines, "STATUS").upper() != "CANCELLED"
        and _text(lines, "TRANSP").upper() != "TRANSPARENT"
        and _text(lines, "X-MICROSOFT-CDO-BUSYSTATUS").upper() not in FREE
    )


def _duration(text: str) -> timedelta:
    match = _LENGTH.fullmatch(text.strip().upper())
    if match is None or match.group(1) == "-":
        raise UnreadableRule(text)
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in match.groups()[1:])
    return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)


def _exclude(event: IcsEvent, moments: Iterable[IcsMoment]) -> None:
    for moment in moments:
        if moment.is_date:
            event.gone_days.add(moment.wall.date())
        else:
            event.gone.add(moment.instant)


def _merged(times: list[Interval]) -> list[Interval]:
    """In order, with what overlaps or touches made one."""
    joined: list[Interval] = []
    for start, end in sorted(times):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
