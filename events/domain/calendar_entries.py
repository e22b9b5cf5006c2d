"""What those signed up know about time and place, and telling them when it changes."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from events.models import CalendarEntry, EventPage
from privacy import audit

from .seats import locked, move_up
from .telling import tell

if TYPE_CHECKING:
    from people.models import Employee


def keep_entry(event: EventPage) -> CalendarEntry | None:
    """The event's entry, made when it is missing; None for an event without hours."""
    now_is = _facts(event)
    if now_is is None:
        return None
    entry, _made = CalendarEntry.objects.get_or_create(event=event, defaults=now_is)
    return entry


@transaction.atomic
def follow_publishing(*, event: EventPage, actor: Employee | None) -> CalendarEntry | None:
    """After an editor has published: tell those signed up what is new, and fill new places.

    A change of time, place or link raises the sequence, so that calendars take it; so does a
    cancellation, after which nobody waits any more. Run twice, nobody is told twice.
    """
    event = locked(event)
    entry = keep_entry(event)
    now_is = _facts(event)
    if entry is None or now_is is None:
        return None
    was = {name: getattr(entry, name) for name in now_is}
    if was != now_is:
        for name, value in now_is.items():
            setattr(entry, name, value)
        entry.sequence += 1
        entry.save()
        kind = "events.cancelled" if entry.cancelled else "events.changed"
        for sign_up in event.sign_ups.active().select_related("employee", "event"):
            tell(sign_up, kind, occasion=entry.sequence)
        audit.record(actor=actor, action="event.changed", target=event, sequence=entry.sequence)
    if not event.cancelled:
        move_up(event)
    return entry


def _facts(event: EventPage) -> dict[str, Any] | None:
    """Time and place as an entry keeps them."""
    starts_at: datetime | None = event.starts_at
    ends_at: datetime | None = event.ends_at
    if starts_at is None or ends_at is None:
        return None
    return {
        "starts_at": starts_at,
        "ends_at": ends_at,
        "location": ", ".join(filter(None, (event.place, event.address))),
        "online_link": event.online_link,
        "cancelled": event.cancelled,
    }
