"""A talk as a calendar file (RFC 5545): pure, in UTC, asking nobody for an answer."""

from __future__ import annotations

from datetime import UTC, datetime

from icalendar import Event

from people.calendars.writing import add_texts, new_calendar


def calendar_file(
    *,
    uid: str,
    stamp: datetime,
    start: datetime,
    end: datetime,
    summary: str,
    location: str = "",
    description: str = "",
) -> bytes:
    """One event to put into any calendar; the times are aware. Raises ValueError backwards."""
    if start.tzinfo is None or end.tzinfo is None or end <= start:
        raise ValueError("An event ends after it begins, at times with a zone.")
    event = Event()
    event.add("uid", uid)
    event.add("sequence", 0)
    event.add("dtstamp", stamp.astimezone(UTC))
    event.add("dtstart", start.astimezone(UTC))
    event.add("dtend", end.astimezone(UTC))
    event.add("summary", summary)
    add_texts(event, location=location, description=description)
    calendar = new_calendar("PUBLISH")
    calendar.add_component(event)
    return calendar.to_ical()
