"""What the calendar files of all rooms have alike (RFC 5545/5546): pure functions."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from icalendar import Calendar, Event, vCalAddress, vDuration, vText

PRODUCT = "-//Sparringsrummet//DA"
Method = Literal["REQUEST", "CANCEL", "PUBLISH"]
Answer = Literal["NEEDS-ACTION", "ACCEPTED", "DECLINED"]


def new_calendar(method: Method, *, product: str = PRODUCT) -> Calendar:
    """A calendar without events. What is fetched rather than sent is PUBLISH."""
    calendar = Calendar()
    calendar.add("prodid", product)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    return calendar


def name_subscription(calendar: Calendar, name: str, *, every: timedelta) -> None:
    """Say what a calendar that is subscribed to is called, and how often to ask for it."""
    for key in ("name", "x-wr-calname"):
        calendar.add(key, name)
    calendar.add("refresh-interval", vDuration(every), {"VALUE": "DURATION"})


def add_texts(event: Event, *, location: str, description: str) -> None:
    """Add those that say something."""
    for name, text in (("location", location), ("description", description)):
        if text:
            event.add(name, text)


def address_of(email: str, name: str) -> vCalAddress:
    """A quotation mark in a name would stand there as ^' in calendars that do not know RFC 6868."""
    address = vCalAddress(f"mailto:{email}")
    address.params["CN"] = vText(name.replace('"', "'"))
    return address


def attendee(email: str, name: str, answer: Answer) -> vCalAddress:
    """Somebody who takes part; asked for an answer while there is none."""
    address = address_of(email, name)
    address.params["CUTYPE"] = vText("INDIVIDUAL")
    address.params["ROLE"] = vText("REQ-PARTICIPANT")
    address.params["PARTSTAT"] = vText(answer)
    address.params["RSVP"] = vText("TRUE" if answer == "NEEDS-ACTION" else "FALSE")
    return address
