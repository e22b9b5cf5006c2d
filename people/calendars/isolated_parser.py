"""The reading of a calendar in a process of its own, with limits (SEC-29)."""

from __future__ import annotations

from datetime import datetime

from people.calendars.ics_parser import MOST_BYTES, CalendarError, ParsedCalendar, parse
from people.enums import CalendarProblem
from privacy import child

PATIENCE = child.PATIENCE
# What the process itself may answer, in the words that the owner of a calendar knows.
PROBLEMS = {
    "limit": CalendarProblem.TOO_MANY,
    "busy": CalendarProblem.BUSY,
    "broken": CalendarProblem.NOT_A_CALENDAR,
}


def parse_in_child(
    content: bytes,
    opens: datetime,
    closes: datetime,
    *,
    own_host: str = "",
    patience: float = PATIENCE,
) -> ParsedCalendar:
    """`reading.read`, done by a child. Raises CalendarError."""
    if len(content) > MOST_BYTES:
        raise CalendarError(CalendarProblem.TOO_LARGE)
    window = (opens.isoformat(), closes.isoformat(), own_host)
    try:
        times, skipped = child.run(parse_here, content, *window, patience=patience)
    except child.Refused as refusal:
        problem = PROBLEMS.get(refusal.why) or CalendarProblem(refusal.why)
        raise CalendarError(problem) from refusal
    moments = [tuple(map(datetime.fromisoformat, interval)) for interval in times]
    return ParsedCalendar([(start, end) for start, end in moments], skipped)


def parse_here(
    content: bytes, opens: str, closes: str, own_host: str
) -> tuple[list[list[str]], int]:
    """The same within the child, in what JSON can hold."""
    window = map(datetime.fromisoformat, (opens, closes))
    try:
        reading = parse(content, *window, own_host=own_host)
    except CalendarError as error:
        raise child.Refused(error.problem.value) from error
    times = [[start.isoformat(), end.isoformat()] for start, end in reading.times]
    return times, reading.skipped
