"""Every calendar file of the events, as parsers of others read it: vobject, ical.js, icalendar."""

from __future__ import annotations

from datetime import UTC
from xml.etree import ElementTree as ET

import icalendar
import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from events.domain.calendar_entries import follow_publishing
from events.domain.sign_ups import cancel_sign_up
from tests.calendar_parts import calendar_bytes, calendar_part
from tests.factories.events import coming_event, guest_of, signed_up
from tests.people.event_mail_scenes import mail_guests
from tests.sent_notifications import send_all
from tests.sparring.bookings.foreign_calendars import by_ical_js, by_vobject

pytestmark = pytest.mark.django_db
LONG = "Kulturhuset »Åen«, sal B; 2. sal, bag kantinen \\ ved trappen: " * 3


def read_by_all(contents):
    """What ical.js finds in each; vobject finds the same, and icalendar complains of nothing."""
    found = by_ical_js(contents)
    for content, seen in zip(contents, found, strict=True):
        lines = content.split(b"\r\n")
        assert b"\n" not in b"".join(lines)
        assert max(map(len, lines)) <= 75
        assert by_vobject(content) == seen
        assert not icalendar.Calendar.from_ical(content).errors
    return found


def published(event, **changes):
    for name, value in changes.items():
        setattr(event, name, value)
    event.save()
    follow_publishing(event=event, actor=None)


def mailed():
    """The calendar files of the mails that are due, in order, and what each asks for."""
    mail.outbox.clear()
    send_all()
    mail_guests()
    parts = [email for email in mail.outbox if "text/calendar" in str(email.message())]
    return [calendar_bytes(email) for email in parts], [
        calendar_part(email).get_param("method") for email in parts
    ]


def test_a_seat_is_one_event_from_confirmation_over_change_to_cancellation():
    event = coming_event(title="Temadag; om »tro«, og mere", place=LONG[:150])
    sign_up = signed_up(event)
    confirmed, _methods = mailed()
    published(event, place="Biblioteket")
    changed, _methods = mailed()
    published(event, cancelled=True)
    cancelled, methods = mailed()

    found = read_by_all([*confirmed, *changed, *cancelled])
    (first,), (second,), (third,) = (calendar["events"] for calendar in found)

    assert [calendar["method"] for calendar in found] == ["REQUEST", "REQUEST", "CANCEL"]
    assert methods == ["CANCEL"]
    assert first["uid"] == second["uid"] == third["uid"]
    assert [seen["sequence"] for seen in (first, second, third)] == [0, 1, 2]
    assert [seen["status"] for seen in (first, third)] == ["CONFIRMED", "CANCELLED"]
    assert second["location"] == "Biblioteket"
    assert first["summary"] == event.title
    assert first["start"] == event.starts_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    employee = sign_up.employee
    assert first["attendees"] == [[employee.email, str(employee), "ACCEPTED"]]


def test_who_cancels_gets_the_same_event_taken_out():
    event = coming_event()
    sign_up = signed_up(event)
    (given,), _methods = mailed()
    cancel_sign_up(actor=sign_up.employee, sign_up=sign_up)
    (gone,), _methods = mailed()

    first, last = (calendar["events"][0] for calendar in read_by_all([given, gone]))

    assert first["uid"] == last["uid"]
    assert (first["sequence"], last["sequence"]) == (0, 1)
    assert last["status"] == "CANCELLED"


def test_a_guest_gets_the_same_as_an_employee():
    event = coming_event(is_open=True)
    guest_of(event)

    (content,), methods = mailed()

    (seen,) = read_by_all([content])[0]["events"]
    assert methods == ["REQUEST"]
    assert seen["attendees"] == [["ane@example.org", "Ane Holm", "ACCEPTED"]]
    assert "/arrangementer/plads/" in seen["url"]


def test_who_waits_gets_no_calendar_file():
    event = coming_event(capacity=1)
    signed_up(event)
    signed_up(event)

    assert len(mailed()[0]) == 1
    published(event, place="Biblioteket")
    assert len(mailed()[0]) == 1


def test_the_public_calendar_holds_the_open_events_and_nobodys_names():
    open_event = coming_event(
        title="Åbent", is_open=True, online=True, online_link="https://x.dk/r"
    )
    signed_up(open_event)
    coming_event(title="Lukket")
    coming_event(title="Uden klokkeslæt", is_open=True, takes_sign_ups=False, start_time=None)
    coming_event(title="Aflyst", is_open=True, cancelled=True, takes_sign_ups=False)

    content = Client().get(reverse("events:calendar")).content

    (found,) = read_by_all([content])
    assert found["method"] == "PUBLISH"
    assert {seen["summary"]: seen["status"] for seen in found["events"]} == {
        "Åbent": "CONFIRMED", "Aflyst": "CANCELLED"
    }  # fmt: skip
    assert all(seen["attendees"] == [] for seen in found["events"])
    assert b"x.dk" not in content


def test_one_event_is_downloaded_by_who_may_read_it():
    event = coming_event()
    address = reverse("events:event_calendar", args=[event.pk])
    client = Client()

    assert client.get(address).status_code == 404
    client.force_login(signed_up(event).employee)
    content = client.get(address).content

    (seen,) = read_by_all([content])[0]["events"]
    assert seen["summary"] == event.title


def test_the_feed_is_rss_with_open_events_alone():
    coming_event(title="Åbent", is_open=True)
    coming_event(title="Lukket")

    tree = ET.fromstring(Client().get(reverse("events:rss")).content)

    assert [item.findtext("title") for item in tree.iter("item")] == ["Åbent"]
    assert tree.find("channel/language").text == "da"
