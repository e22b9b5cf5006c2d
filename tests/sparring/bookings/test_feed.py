"""One's sessions at a secret address: complete, without a word about a case, closed when
revoked.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import icalendar
import pytest
import time_machine
from django.utils import timezone

from people.domain.feeds import renew_feed, revoke_feed
from people.enums import FeedKind
from people.feed_views import FETCHES, WRONG_ADDRESSES
from people.models import FeedToken
from privacy.models import AuditEntry
from sparring.bookings.domain.booking import book_session, cancel_session, reschedule_session
from sparring.bookings.domain.invitations import answer_invitation
from sparring.bookings.ics import FeedSession, feed
from sparring.models import Participation
from tests.calendar_parts import calendar_bytes
from tests.factories.people import EmployeeFactory
from tests.factories.planning import COPENHAGEN, Town, moment, next_monday
from tests.factories.sessions import SessionFactory, people_of
from tests.factories.sparring import CaseFactory
from tests.sent_notifications import message, session_mails

pytestmark = pytest.mark.django_db
TEN = moment(next_monday(), "10.00")


@pytest.fixture
def town():
    return Town(colleagues=3)


def events(client, token):
    response = client.get(f"/kalender/{token}.ics")
    assert response.status_code == 200
    return icalendar.Calendar.from_ical(response.content).walk("VEVENT")


def test_the_sessions_stand_there_and_nothing_about_the_case(client, town):
    session = town.booked(TEN, location="Lokale 3")
    token = renew_feed(actor=town.colleagues[1], kind=FeedKind.CALENDAR)

    response = client.get(f"/kalender/{token}.ics")

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    text = response.content.decode()
    assert session.case.code not in text
    assert session.case.owner.last_name not in text
    calendar = icalendar.Calendar.from_ical(response.content)
    (event,) = calendar.walk("VEVENT")
    assert calendar["METHOD"] == "PUBLISH"
    assert len(calendar.walk("VTIMEZONE")) == 1
    assert (event["SUMMARY"], event["LOCATION"], event["STATUS"]) == (
        "Sparring", "Lokale 3", "CONFIRMED",
    )  # fmt: skip
    assert event["DTSTART"].dt == TEN
    assert event["URL"].endswith(f"/sparring/{session.pk}/svar/")
    assert client.get(event["URL"].removeprefix("http://localhost:8000")).status_code == 302


def test_the_feed_and_the_mail_speak_of_the_same_event(client, town):
    town.booked(TEN)
    token = renew_feed(actor=town.colleagues[1], kind=FeedKind.CALENDAR)
    (event,) = events(client, token)
    mail = message(session_mails(employee=town.colleagues[1]).get())
    (invited,) = icalendar.Calendar.from_ical(calendar_bytes(mail)).walk("VEVENT")

    assert event["UID"] == invited["UID"]


def test_moving_and_cancelling_raise_the_sequence_and_it_stays_a_while(client, town):
    session = town.booked(TEN)
    owner = session.case.owner
    token = renew_feed(actor=town.colleagues[1], kind=FeedKind.CALENDAR)
    states = [events(client, token)[0]]
    session = reschedule_session(
        session=session, actor=owner, starts_at=moment(next_monday(), "13.00")
    )
    states += events(client, token)
    cancel_session(session=session, actor=owner)
    states += events(client, token)

    assert len({event["UID"] for event in states}) == 1
    assert all(first["SEQUENCE"] < then["SEQUENCE"] for first, then in pairwise(states))
    assert [event["STATUS"] for event in states] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert states[2]["TRANSP"] == "TRANSPARENT"
    with time_machine.travel(session.ends_at + timedelta(days=13)):
        assert len(events(client, token)) == 1
    with time_machine.travel(session.ends_at + timedelta(days=15)):
        assert events(client, token) == []


def test_a_no_is_off_in_ones_own_calendar_only(client, town):
    session = town.booked(TEN)
    tokens = {
        row: renew_feed(actor=row, kind=FeedKind.CALENDAR)
        for row in (session.case.owner, town.colleagues[1])
    }
    before = events(client, tokens[town.colleagues[1]])[0]
    other = book_session(
        actor=town.coordinator, case=town.case(), partners=town.colleagues[1:],
        starts_at=moment(next_monday(), "13.00"),
    )  # fmt: skip

    answer_invitation(session=other, actor=town.colleagues[1], yes=False)

    mine = events(client, tokens[town.colleagues[1]])
    assert [event["STATUS"] for event in mine] == ["CONFIRMED", "CANCELLED"]
    assert mine[0]["SEQUENCE"] == before["SEQUENCE"]
    theirs = events(client, tokens[session.case.owner])
    assert {event["STATUS"] for event in theirs} == {"CONFIRMED"}


def test_a_token_is_shown_once_renewed_and_revoked(client):
    employee = EmployeeFactory()
    client.force_login(employee)

    first = _shown(client.post("/konto/kalender-og-besked/adresse/", {"action": "renew"}))
    second = _shown(client.post("/konto/kalender-og-besked/adresse/", {"action": "renew"}))
    page = client.get("/konto/kalender-og-besked/").content.decode()
    client.logout()

    assert second.rsplit("/", 1)[1] not in page
    assert FeedToken.objects.get().digest not in second
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200
    assert FeedToken.objects.get().read_on == timezone.localdate()
    client.force_login(employee)
    client.post("/konto/kalender-og-besked/adresse/", {"action": "revoke"})
    assert client.get(second).status_code == 404
    actions = AuditEntry.objects.filter(action__startswith="feed.").values_list("action", flat=True)
    assert list(actions) == ["feed.revoke", "feed.renew", "feed.renew"]


def _shown(response):
    text = response.content.decode()
    return text.split('value="http://localhost:8000')[1].split('"')[0]


def test_nobody_elses_token_and_nobody_who_has_left(client, town):
    employee = town.colleagues[1]
    token = renew_feed(actor=employee, kind=FeedKind.CALENDAR)
    assert client.get("/kalender/findes-ikke.ics").status_code == 404

    employee.is_active = False
    employee.save()
    assert client.get(f"/kalender/{token}.ics").status_code == 404
    employee.is_active = True
    employee.save()
    revoke_feed(actor=town.colleagues[2], kind=FeedKind.CALENDAR)
    assert client.get(f"/kalender/{token}.ics").status_code == 200


def test_too_many_asks_are_put_off_and_guessing_stops_nobody_else(client):
    tokens = [renew_feed(actor=EmployeeFactory(), kind=FeedKind.CALENDAR) for _ in range(2)]

    with time_machine.travel(datetime(2027, 2, 1, 8, 0, tzinfo=UTC), tick=False):
        wrong = [client.get(f"/kalender/{n}.ics") for n in range(WRONG_ADDRESSES.most + 1)]
        right = [client.get(f"/kalender/{tokens[0]}.ics") for _ in range(FETCHES.most + 1)]

    assert [answer.status_code for answer in wrong[-2:]] == [404, 429]
    assert [answer.status_code for answer in right[-2:]] == [200, 429]
    for answer in (wrong[-1], right[-1]):
        assert answer["Retry-After"] == "3600"
        assert answer.content.decode() == (
            "Kalenderen er hentet for mange gange. Prøv igen kl. 10.00."
        )
    assert client.get(f"/kalender/{tokens[1]}.ics").status_code == 200


def test_the_number_of_queries_is_the_same_for_one_session_and_three(
    client, town, django_assert_num_queries
):
    token = renew_feed(actor=town.colleagues[1], kind=FeedKind.CALENDAR)
    for number, clock in enumerate(("10.00", "11.00", "12.00"), 1):
        town.booked(moment(next_monday(), clock), confirmed=True)
        if number == 1:
            client.get(f"/kalender/{token}.ics")  # the day's first fetch is noted
        with django_assert_num_queries(3):  # one of them counts the fetch
            assert len(events(client, token)) == number


@pytest.mark.parametrize(
    ("day", "utc_hour"),
    [
        (date(2027, 3, 26), 9),  # winter, two days before the change
        (date(2027, 3, 30), 8),  # summer, two days after it
        (date(2026, 10, 23), 8),
        (date(2026, 10, 27), 9),
    ],
)
def test_the_hour_is_right_on_both_sides_of_the_clock_changes(day, utc_hour):
    start = moment(day, "10.00")
    session = FeedSession("1@x", 0, start, start + timedelta(minutes=25), "", "https://x.org/1/")

    content = feed([session], name="S", summary="S", description="S")

    calendar = icalendar.Calendar.from_ical(content)
    (event,), (zone,) = calendar.walk("VEVENT"), calendar.walk("VTIMEZONE")
    assert f"DTSTART;TZID=Europe/Copenhagen:{day:%Y%m%d}T100000".encode() in content
    assert event.decoded("dtstart").astimezone(UTC).hour == utc_hour
    own = datetime.combine(day, start.time(), tzinfo=zone.to_tz(lookup_tzid=False))
    assert own.utcoffset() == start.utcoffset()


def test_a_place_that_names_a_case_or_a_person_is_left_out(client, town):
    case = town.case()
    book_session(
        actor=case.owner, case=case, partners=[town.colleagues[1]], starts_at=TEN,
        location=f"Rum 2, sag {case.code}",
    )  # fmt: skip
    token = renew_feed(actor=town.colleagues[1], kind=FeedKind.CALENDAR)

    assert "LOCATION" not in events(client, token)[0]
    start = datetime(2026, 11, 26, 10, tzinfo=COPENHAGEN)
    session = FeedSession(
        "1@x", 0, start, start + timedelta(hours=1), "Hos 010190-1234", "https://x/"
    )
    assert b"LOCATION" not in feed([session], name="S", summary="S", description="S")


def test_the_two_cases_of_a_group_session_are_one_entry(client):
    start = moment(next_monday(), "10.00")
    first = SessionFactory(starts_at=start, length=20)
    second = SessionFactory(
        starts_at=first.ends_at, length=20, follows=first, calendar_uid=first.calendar_uid,
        people=(), case=CaseFactory(owner=EmployeeFactory(unit=first.case.unit)),
    )  # fmt: skip
    leader = people_of(first)[1]
    Participation.objects.create(
        session=second, employee=leader, role="facilitator", answer="yes",
        during=(second.starts_at, second.ends_at),
    )  # fmt: skip
    token = renew_feed(actor=leader, kind=FeedKind.CALENDAR)

    (event,) = events(client, token)

    assert (event["DTSTART"].dt, event["DTEND"].dt) == (start, start + timedelta(minutes=40))
    assert event["URL"].endswith(f"/sparring/{first.pk}/svar/")
