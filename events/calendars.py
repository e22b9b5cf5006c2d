"""An event or a seat as a calendar file; the online link only where its owner has a seat."""

from __future__ import annotations

from email.utils import parseaddr
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone
from django.utils.text import Truncator

from events import ics
from events.links import own_link
from people.mails import absolute, host

if TYPE_CHECKING:
    from collections.abc import Iterable

    from events.models import CalendarEntry, EventPage, SignUp
    from people.calendars import writing


def seat_uid(entry: CalendarEntry, sign_up: SignUp) -> str:
    """The same for the mail that gives the seat, for every change and for its cancellation."""
    return f"{entry.uid}-{sign_up.pk}@{host()}"


def seat_calendar(sign_up: SignUp, entry: CalendarEntry, *, method: writing.Method) -> bytes:
    """The file of one person's seat."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return ics.seat_file(
        _seat(sign_up, entry, off=method == "CANCEL"),
        method=method,
        organizer=ics.Person(address, sign_up.event.host or name),
        whose=ics.Person(sign_up.address, sign_up.name),
        stamp=timezone.now(),
    )


def own_calendar(sign_ups: Iterable[SignUp], *, name: str) -> bytes:
    """All places of one person to subscribe to; each under the UID that its mail had."""
    seats = [
        _seat(sign_up, sign_up.event.calendar_entry)
        for sign_up in sign_ups
        if hasattr(sign_up.event, "calendar_entry")
    ]
    return ics.calendar_file(seats, name=name, stamp=timezone.now())


def _seat(sign_up: SignUp, entry: CalendarEntry, *, off: bool = False) -> ics.CalendarEvent:
    """Somebody's place, with the online link while it is theirs."""
    # Whoever cancels is told by the sequence after the one that gave the seat.
    sequence = entry.sequence + (1 if off and not entry.cancelled else 0)
    link = own_link(sign_up)
    shown = entry.online_link if not off else ""
    return ics.CalendarEvent(
        uid=seat_uid(entry, sign_up),
        sequence=sequence,
        title=sign_up.event.title,
        starts_at=entry.starts_at,
        ends_at=entry.ends_at,
        url=link,
        location=entry.location or shown,
        description=shown or link,
        cancelled=entry.cancelled,
    )


def public_calendar(events: Iterable[EventPage], *, name: str) -> bytes:
    """Events for everybody's calendar: never a link to an online room, never a name."""
    return ics.calendar_file(
        [entry for event in events if (entry := _public(event)) is not None],
        name=name,
        stamp=timezone.now(),
    )


def _public(event: EventPage) -> ics.CalendarEvent | None:
    starts_at, ends_at = event.starts_at, event.ends_at
    if starts_at is None or ends_at is None:
        return None
    entry = getattr(event, "calendar_entry", None)
    return ics.CalendarEvent(
        uid=f"{entry.uid}@{host()}" if entry else f"event-{event.pk}@{host()}",
        sequence=entry.sequence if entry else 0,
        title=event.title,
        starts_at=starts_at,
        ends_at=ends_at,
        url=absolute(event.url),
        location=", ".join(filter(None, (event.place, event.address))),
        description=Truncator(event.description).chars(300),
        cancelled=event.cancelled,
    )
