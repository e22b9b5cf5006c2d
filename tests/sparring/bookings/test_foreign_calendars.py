"""Every calendar file of ours, as parsers of others read it: vobject, ical.js, and icalendar back.

Each scene is a session in one variant; its invitations, its change, its cancellation, its download
and its people's feeds are read by all three, and must say the same to all of them.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import icalendar
import pytest
import time_machine
from django.urls import reverse

from people.domain.feeds import renew_feed
from people.enums import FeedKind
from people.models import Employee
from sparring.bookings.domain.booking import book_session, cancel_session, reschedule_session
from sparring.bookings.domain.invitations import answer_invitation
from sparring.bookings.domain.room_admin import add_room
from sparring.bookings.ics import FeedSession, feed
from sparring.models import SparringSession
from sparring.quick.domain.quick import answer_quick_ask, ask_for_ten_minutes
from tests.calendar_parts import calendar_bytes
from tests.factories.group_sessions import MONDAY as GROUP_MONDAY
from tests.factories.group_sessions import Group
from tests.factories.guests import TwoTowns
from tests.factories.planning import Town, moment, next_monday
from tests.sent_notifications import message, session_mails
from tests.sparring.bookings.foreign_calendars import by_ical_js, by_vobject

pytestmark = pytest.mark.django_db
TEN = moment(next_monday(), "10.00")
ONE = moment(next_monday(), "13.00")
LONG_PLACE = "Rådhuset, fløj Ø; 2. sal: mødelokalet »Åen« \\ bag kantinen, " * 2


def plain():
    return Town().booked(TEN, location="")


def long_and_danish():
    town = Town()
    Employee.objects.filter(pk=town.colleagues[1].pk).update(
        first_name='Åse "Øster"; æ, ' + "Ø" * 20, last_name="Æbleskov-Sørensen Østergård " * 3
    )
    return town.booked(TEN, location=LONG_PLACE[:120].strip())


def in_a_room():
    return _in_room(location="1. sal", online_link="")


def online():
    return _in_room(
        location="", online_link="https://moede.example/j/" + "a1," * 40 + "?pwd=x;y&navn=æ"
    )


def _in_room(**where):
    town = Town()
    add_room(actor=town.coordinator, unit=town.unit, name="Lokale 1", seats=4, **where)
    return town.booked(TEN)


def with_a_guest():
    towns = TwoTowns()
    return book_session(
        actor=towns.case.owner, case=towns.case, partners=[towns.guest], starts_at=TEN
    )


def with_three():
    town = Town(colleagues=4)
    case = town.case()
    return book_session(
        actor=case.owner, case=case, partners=town.colleagues[1:4], starts_at=TEN, location="Stuen"
    )


SCENES = {
    scene.__name__: scene
    for scene in (plain, long_and_danish, in_a_room, online, with_a_guest, with_three)
}


def people_of(session):
    return [row.employee for row in session.participations.select_related("employee")]


def mailed(*kinds):
    mails = session_mails(kind__in=kinds).order_by("pk")
    return [calendar_bytes(message(mail)) for mail in mails]


def downloaded(client, session):
    client.force_login(people_of(session)[0])
    response = client.get(reverse("sparring:session_ics", args=[session.pk]))
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return response.content


def fed(client, employee):
    return client.get(f"/kalender/{renew_feed(actor=employee, kind=FeedKind.CALENDAR)}.ics").content


def read_by_all(contents):
    """What ical.js finds in each, once vobject finds the same and icalendar nothing to complain of.

    Also what RFC 5545 asks of the bytes: CRLF, lines of at most 75 octets, no rule of repeating.
    """
    found = by_ical_js(contents)
    for content, seen in zip(contents, found, strict=True):
        lines = content.split(b"\r\n")
        assert b"\n" not in b"".join(lines)
        assert max(map(len, lines)) <= 75
        assert by_vobject(content) == seen
        again = icalendar.Calendar.from_ical(content)
        assert not again.errors
        assert [event.errors for event in again.walk("VEVENT")] == [[] for _ in seen["events"]]
        assert not any("RRULE" in event for event in again.walk("VEVENT"))
        assert [str(event["SUMMARY"]) for event in again.walk("VEVENT")] == [
            event["summary"] for event in seen["events"]
        ]
    return found


def utc(time):
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


@pytest.mark.parametrize("scene", SCENES)
def test_invitation_download_and_feed_say_the_same_to_every_parser(client, scene):
    session = SCENES[scene]()
    people = people_of(session)
    files = [
        *mailed("sparring.invited"),
        downloaded(client, session),
        *(fed(client, person) for person in people),
    ]

    found = read_by_all(files)

    invitations, download, feeds = found[: len(people)], found[len(people)], found[-len(people) :]
    assert {other_invitation["method"] for other_invitation in invitations} == {"REQUEST"}
    assert {row["method"] for row in (download, *feeds)} == {"PUBLISH"}
    assert {other_feed["refresh"] for other_feed in feeds} == {"PT1H"}
    names = {(person.email, str(person).replace('"', "'")) for person in people}
    for event in (row["events"][0] for row in found):
        assert len({row["events"][0]["uid"] for row in found}) == 1
        assert (event["start"], event["end"]) == (utc(TEN), utc(TEN + timedelta(minutes=25)))
        assert (event["sequence"], event["status"]) == (0, "CONFIRMED")
        assert (event["summary"], event["location"]) == ("Sparring", session.where)
    for invitation in invitations:
        attendees = invitation["events"][0]["attendees"]
        assert {(mail, name) for mail, name, _answer in attendees} == names
        assert {answer for *_who, answer in attendees} == {"ACCEPTED", "NEEDS-ACTION"}
    assert all(row["events"][0]["attendees"] == [] for row in (download, *feeds))


def test_a_change_and_a_cancellation_say_the_same_to_every_parser(client):
    session = long_and_danish()
    owner = session.case.owner
    session = reschedule_session(session=session, actor=owner, starts_at=ONE)
    cancel_session(session=session, actor=owner)

    changed = read_by_all(mailed("sparring.changed"))
    cancelled = read_by_all(mailed("sparring.cancelled"))
    feeds = read_by_all([fed(client, person) for person in people_of(session)])

    assert {other_session["method"] for other_session in changed} == {"REQUEST"}
    assert {event["method"] for event in cancelled} == {"CANCEL"}
    moved, off = ([row["events"][0] for row in found] for found in (changed, [*cancelled, *feeds]))
    assert {(other_session["sequence"], other_session["start"]) for other_session in moved} == {
        (1, utc(ONE))
    }
    assert {(other_session["sequence"], other_session["status"]) for other_session in off} == {
        (2, "CANCELLED")
    }
    assert {len(event["events"][0]["attendees"]) for event in cancelled} == {1}


def test_a_no_says_the_same_to_every_parser(client):
    session = with_three()
    partner = people_of(session)[1]
    answer_invitation(session=session, actor=partner, yes=False)

    (cancelled,) = read_by_all(mailed("sparring.cancelled"))
    (mine,) = read_by_all([fed(client, partner)])

    assert cancelled["method"] == "CANCEL"
    assert (cancelled["events"][0]["status"], mine["events"][0]["status"]) == (
        "CANCELLED", "CANCELLED",
    )  # fmt: skip


def test_a_group_session_is_one_event_of_forty_minutes_to_every_parser(client):
    group = Group(along=True, published=True)
    people = [group.one, group.two, group.third]
    files = [
        *mailed("sparring.invited"),
        downloaded(client, group.session(0)),
        *(fed(client, person) for person in people),
    ]

    found = read_by_all(files)

    assert [len(row["events"]) for row in found] == [1] * len(files)
    events = [row["events"][0] for row in found]
    first, second = group.both
    assert {(event["start"], event["end"]) for event in events} == {
        (utc(first.starts_at), utc(second.ends_at))
    }
    assert first.starts_at.date() >= GROUP_MONDAY
    assert len({event["uid"] for event in events}) == 1


def test_ten_minutes_right_now_say_the_same_to_every_parser(client):
    with time_machine.travel(TEN, tick=False):
        town = Town()
        case, colleague = town.case(), town.colleagues[1]
        ask = ask_for_ten_minutes(actor=case.owner, case=case, colleagues=[colleague])
        answer_quick_ask(actor=colleague, ask=ask, yes=True)
        session = SparringSession.objects.get()

        found = read_by_all([downloaded(client, session), fed(client, colleague)])

    assert {row["method"] for row in found} == {"PUBLISH"}
    assert {(row["events"][0]["start"], row["events"][0]["end"]) for row in found} == {
        (utc(session.starts_at), utc(session.ends_at))
    }
    assert session.ends_at - session.starts_at == timedelta(minutes=10)


def test_a_feed_without_sessions_is_read_by_every_parser(client):
    (found,) = read_by_all([fed(client, Town().colleagues[0])])

    assert found == {"method": "PUBLISH", "refresh": "PT1H", "events": []}


@pytest.mark.parametrize("day", ["2027-03-28", "2026-10-25"])
def test_the_hour_of_the_clock_changes_is_the_same_to_every_parser(day):
    """On both sides of the change, over it, and in the hour that comes twice."""
    midnight = datetime.fromisoformat(f"{day}T00:00:00+00:00")
    starts = [midnight + timedelta(minutes=minutes) for minutes in (30, 59, 61, 90, 150)]
    sessions = [
        FeedSession(f"{number}@x", 0, start, start + timedelta(minutes=10), "", "https://x.org/1/")
        for number, start in enumerate(starts)
    ]

    (found,) = read_by_all([feed(sessions, name="S", summary="S", description="S")])

    assert [event["start"] for event in found["events"]] == [utc(start) for start in starts]
