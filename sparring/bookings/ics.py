"""Calendar invitations (RFC 5545/5546) as bytes: pure functions, nothing about the case in them.

The same UID for the same session for ever; every change sends a higher SEQUENCE; a cancellation is
the same event with METHOD:CANCEL. The caller sends the mail with the same method in its content
type. What is fetched rather than sent is METHOD:PUBLISH, which asks nobody and so names no
attendee.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from icalendar import (
    Calendar,
    Event,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
    vText,
)

from people.calendars.writing import (
    Answer,
    Method,
    add_texts,
    address_of,
    attendee,
    name_subscription,
    new_calendar,
)

COPENHAGEN = ZoneInfo("Europe/Copenhagen")

_CASE_CODE = re.compile(r"\b[A-ZÆØÅ]{1,4}-[0-9]{1,6}\b")
_CPR_NUMBER = re.compile(r"\b[0-3]\d[01]\d\d\d[ -]?\d{4}\b")
_ADDRESS = re.compile(r"[^@\s<>\"',;:]+@[^@\s<>\"',;:]+")
_WINTER, _SUMMER = timedelta(hours=1), timedelta(hours=2)
# A VTIMEZONE's DTSTART is local time without a zone (RFC 5545, 3.6.5).
_SUMMER_BEGAN = datetime(1996, 3, 31, 2)  # noqa: DTZ001
_WINTER_BEGAN = datetime(1996, 10, 27, 3)  # noqa: DTZ001


class CaseDetailError(ValueError):
    """A text of the invitation would tell something about a case."""


@dataclass(frozen=True)
class Person:
    """Who invites or is invited; `answer` is what is known so far."""

    email: str
    name: str
    answer: Answer = "NEEDS-ACTION"

    def __post_init__(self) -> None:
        if not _ADDRESS.fullmatch(self.email):
            raise ValueError(f"Not an e-mail address: {self.email!r}")


def session_uid(session: int | str, host: str) -> str:
    """The UID of a session: the same for its invitation, every change and its cancellation."""
    return f"sparring-{session}@{host}"


def invitation(
    *,
    uid: str,
    sequence: int,
    start: datetime,
    end: datetime,
    summary: str,
    location: str,
    organizer: Person,
    attendees: Sequence[Person],
    url: str,
    method: Method = "REQUEST",
    cancelled: bool = False,
    description: str = "",
    stamp: datetime | None = None,
    hidden: Collection[str] = (),
) -> bytes:
    """One session as an .ics file (UTF-8, CRLF, folded lines), to book, move, cancel or fetch it.

    `start` and `end` are aware. `url` is http(s) and leads to the session behind login. `stamp` is
    when the message was made, now when left out. `hidden` are texts, such as the case's code, that
    must stand nowhere in it. Raises CaseDetailError when a text gives a case away, ValueError on
    naive or backward times, a negative sequence or a wrong address.
    """
    _check_times(sequence, start, end)
    _check_texts(summary, (summary, location, description), hidden)
    if urlsplit(url).scheme not in ("http", "https"):
        raise ValueError("The address of a session is http or https.")
    calendar = _calendar(method)
    event = _event(uid, sequence, start, end, stamp or datetime.now(UTC))
    event.add("summary", summary)
    off = cancelled or method == "CANCEL"
    event.add("status", "CANCELLED" if off else "CONFIRMED")
    event.add("url", url)
    add_texts(event, location=location, description=description)
    event["organizer"] = address_of(organizer.email, organizer.name)
    for person in attendees:
        answered = attendee(person.email, person.name, person.answer)
        event.add("attendee", answered, encode=False)
    calendar.add_component(event)
    return calendar.to_ical()


def together(files: Iterable[bytes]) -> bytes:
    """The sessions of several files as one that asks nobody (METHOD:PUBLISH).

    One that asks may hold a single UID (RFC 5546, 3.2.2), so several sessions cannot be asked for.
    """
    calendar = _calendar("PUBLISH")
    for file in files:
        for event in Calendar.from_ical(file).walk("VEVENT"):
            calendar.add_component(event)
    return calendar.to_ical()


@dataclass(frozen=True)
class FeedSession:
    """A session as it stands in its reader's own calendar."""

    uid: str
    sequence: int
    start: datetime
    end: datetime
    location: str
    url: str
    cancelled: bool = False


def feed(
    sessions: Iterable[FeedSession],
    *,
    name: str,
    summary: str,
    description: str,
    stamp: datetime | None = None,
) -> bytes:
    """Somebody's sessions as a calendar to subscribe to.

    Nobody is named, and nothing is said about a case.
    """
    calendar = _calendar("PUBLISH")
    name_subscription(calendar, name, every=timedelta(hours=1))
    calendar.add("x-published-ttl", "PT1H")
    for session in sessions:
        _check_times(session.sequence, session.start, session.end)
        event = _event(
            session.uid, session.sequence, session.start, session.end, stamp or datetime.now(UTC)
        )
        event.add("summary", summary)
        event.add("status", "CANCELLED" if session.cancelled else "CONFIRMED")
        event.add("url", session.url)
        event.add("description", f"{description}\n{session.url}")
        if session.location and not _CPR_NUMBER.search(session.location):
            event.add("location", session.location)
        if session.cancelled:
            event["transp"] = vText("TRANSPARENT")
        calendar.add_component(event)
    return calendar.to_ical()


def _calendar(method: Method) -> Calendar:
    calendar = new_calendar(method)
    calendar.add_component(copenhagen())
    return calendar


def copenhagen() -> Timezone:
    """VTIMEZONE for Europe/Copenhagen by the rule in force since 1996, as RRULEs without an end."""
    zone = Timezone()
    zone.add("tzid", COPENHAGEN.key)
    winter, summer = TimezoneStandard(), TimezoneDaylight()
    for part, name, begins, month, before, after in (
        (summer, "CEST", _SUMMER_BEGAN, 3, _WINTER, _SUMMER),
        (winter, "CET", _WINTER_BEGAN, 10, _SUMMER, _WINTER),
    ):
        part.add("tzname", name)
        part.add("dtstart", begins)
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        zone.add_component(part)
    return zone


def _event(uid: str, sequence: int, start: datetime, end: datetime, stamp: datetime) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("sequence", sequence)
    event.add("dtstamp", stamp.astimezone(UTC))
    event.add("dtstart", _local(start))
    event.add("dtend", _local(end))
    event.add("class", "PRIVATE")
    event.add("transp", "OPAQUE")
    return event


def _local(moment: datetime) -> datetime:
    """Danish wall clock time; UTC in an hour that comes twice, where calendars read it unlike."""
    local = moment.astimezone(COPENHAGEN)
    comes_twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    return moment.astimezone(UTC) if comes_twice else local


def _check_times(sequence: int, start: datetime, end: datetime) -> None:
    if start.tzinfo is None or end.tzinfo is None:
        raise ValueError("A session needs a time zone.")
    if start.astimezone(UTC) >= end.astimezone(UTC):
        raise ValueError("A session ends after it begins.")
    if sequence < 0:
        raise ValueError("A sequence number is 0 or more.")


def _check_texts(summary: str, texts: Sequence[str], hidden: Collection[str]) -> None:
    if _CASE_CODE.search(summary):
        raise CaseDetailError("The subject names a case.")
    for text in texts:
        if _CPR_NUMBER.search(text):
            raise CaseDetailError("The invitation holds a CPR number.")
        if any(secret and secret.casefold() in text.casefold() for secret in hidden):
            raise CaseDetailError("The invitation names what must stay hidden.")
