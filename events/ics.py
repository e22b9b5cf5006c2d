"""Calendar files of events (RFC 5545/5546) as bytes: pure functions.

One seat has one UID for ever; every change sends a higher SEQUENCE; a cancellation is the same
event with METHOD:CANCEL. Times are in UTC, which every calendar shows as its owner's own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from icalendar import Calendar, Event, vCalAddress, vDuration, vText

PRODUCT = "-//Sparringsrummet//Arrangementer//DA"
Method = Literal["REQUEST", "CANCEL", "PUBLISH"]


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
    event: CalendarEvent, *, method: Method, organizer: Person, attendee: Person, stamp: datetime
) -> bytes:
    """One person's seat, for the mail that gives, changes or cancels it."""
    calendar = _calendar(method)
    component = _component(event, stamp, off=event.cancelled or method == "CANCEL")
    component["organizer"] = _address(organizer)
    address = _address(attendee)
    for name, value in (
        ("CUTYPE", "INDIVIDUAL"),
        ("ROLE", "REQ-PARTICIPANT"),
        ("PARTSTAT", "ACCEPTED"),
        ("RSVP", "FALSE"),
    ):
        address.params[name] = vText(value)
    component.add("attendee", address, encode=False)
    calendar.add_component(component)
    return calendar.to_ical()


def calendar_file(events: Iterable[CalendarEvent], *, name: str, stamp: datetime) -> bytes:
    """Events to fetch or to subscribe to; nobody is named in it."""
    calendar = _calendar("PUBLISH")
    for key in ("name", "x-wr-calname"):
        calendar.add(key, name)
    calendar.add("refresh-interval", vDuration(timedelta(hours=12)), {"VALUE": "DURATION"})
    for event in events:
        calendar.add_component(_component(event, stamp, off=event.cancelled))
    return calendar.to_ical()


def _calendar(method: Method) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    return calendar


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
    for name, text in (("location", event.location), ("description", event.description)):
        if text:
            component.add(name, text)
    return component


def _address(person: Person) -> vCalAddress:
    address = vCalAddress(f"mailto:{person.email}")
    address.params["CN"] = vText(person.name.replace('"', "'"))
    return address
