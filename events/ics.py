"""Calendar files of events (RFC 5545/5546) as bytes: pure functions.

One seat has one UID for ever; every change sends a higher SEQUENCE; a cancellation is the same
event with METHOD:CANCEL. Times are in UTC, which every calendar shows as its owner's own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import Event

from people.calendars.writing import (
    Method,
    add_texts,
    address_of,
    attendee,
    name_subscription,
    new_calendar,
)

PRODUCT = "-//Sparringsrummet//Arrangementer//DA"


@dataclass(frozen=True)
class CalendarEvent:
    """An event as it stands in a calendar."""

    uid: str
    sequence: int
    title: str
    starts_at: datetime
    ends_at: datetime
    url: str
    location: str = ""
    description: str = ""
    cancelled: bool = False


@dataclass(frozen=True)
class Person:
    """Whose mail it is."""

    email: str
    name: str


def seat_file(
    event: CalendarEvent, *, method: Method, organizer: Person, whose: Person, stamp: datetime
) -> bytes:
    """One person's seat, for the mail that gives, changes or cancels it."""
    calendar = new_calendar(method, product=PRODUCT)
    component = _component(event, stamp, off=event.cancelled or method == "CANCEL")
    component["organizer"] = address_of(organizer.email, organizer.name)
    seated = attendee(whose.email, whose.name, "ACCEPTED")
    component.add("attendee", seated, encode=False)
    calendar.add_component(component)
    return calendar.to_ical()


def calendar_file(events: Iterable[CalendarEvent], *, name: str, stamp: datetime) -> bytes:
    """Events to fetch or to subscribe to; nobody is named in it."""
    calendar = new_calendar("PUBLISH", product=PRODUCT)
    name_subscription(calendar, name, every=timedelta(hours=12))
    for event in events:
        calendar.add_component(_component(event, stamp, off=event.cancelled))
    return calendar.to_ical()


def _component(event: CalendarEvent, stamp: datetime, *, off: bool) -> Event:
    component = Event()
    component.add("uid", event.uid)
    component.add("sequence", event.sequence)
    component.add("dtstamp", stamp.astimezone(UTC))
    component.add("dtstart", event.starts_at.astimezone(UTC))
    component.add("dtend", event.ends_at.astimezone(UTC))
    component.add("summary", event.title)
    component.add("status", "CANCELLED" if off else "CONFIRMED")
    component.add("transp", "TRANSPARENT" if off else "OPAQUE")
    component.add("url", event.url)
    add_texts(component, location=event.location, description=event.description)
    return component
