from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from people.domain.sending import KEPT, forget_old, send_one
from sparring.bookings.domain.booking import book_session, cancel_session, reschedule_session
from sparring.bookings.domain.invitations import answer_invitation
from sparring.bookings.domain.requests import request_sparring
from tests.calendar_parts import calendar_bytes, calendar_part, sent
from tests.factories.planning import COPENHAGEN, Town, moment, next_monday
from tests.sent_notifications import session_mails

pytestmark = pytest.mark.django_db
TEN = moment(next_monday(), "10.00")


@pytest.fixture
def town():
    return Town(colleagues=3)


def send(kind, employee):
    """Send the mail of that kind to that person and return what went out."""
    mail.outbox.clear()
    waiting = session_mails(kind=kind, employee=employee).latest("pk")
    assert send_one(waiting.pk) is not None
    return mail.outbox[0]


def calendar_of(message):
    part = calendar_part(message)
    return icalendar.Calendar.from_ical(part.get_payload(decode=True)), part["Content-Type"]


def test_the_invitation_is_danish_with_a_request_for_the_calendar(town, settings):
    settings.BASE_URL = "https://sparring.example.org"
    session = town.booked(TEN, location="Lokale 3")
    partner = town.colleagues[1]

    message = send("sparring.invited", partner)

    calendar, kind = calendar_of(message)
    event = calendar.walk("VEVENT")[0]
    assert message.to == [partner.email]
    assert kind == 'text/calendar; method="REQUEST"; charset="utf-8"'
    assert sent(message).get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in sent(message).iter_parts()] == [
        "text/plain", "text/html", "text/calendar",
    ]  # fmt: skip
    assert calendar["METHOD"] == "REQUEST"
    assert event["UID"] == f"sparring-{session.calendar_uid}@sparring.example.org"
    assert (event["SEQUENCE"], event["LOCATION"]) == (0, "Lokale 3")
    assert event["DTSTART"].dt == TEN
    assert f"https://sparring.example.org/sparring/{session.pk}/svar/" in message.body


def test_nothing_about_the_case_is_in_the_mail(town):
    case = town.case()
    request_sparring(case=case, actor=case.owner, key_question="Hvorfor gik praktikken i stå?")
    book_session(actor=case.owner, case=case, partners=[town.colleagues[1]], starts_at=TEN)

    for person in (case.owner, town.colleagues[1]):
        message = send("sparring.invited", person)
        everything = message.subject + message.body + calendar_bytes(message).decode()
        assert case.code not in everything
        assert "praktikken" not in everything


def test_the_subject_says_when_and_no_more():
    with time_machine.travel(datetime(2026, 11, 2, 8, tzinfo=UTC), tick=False):
        town = Town()
        session = town.booked(moment(date(2026, 11, 26), "10.00"), confirmed=True)
        invited = send("sparring.invited", town.colleagues[1])
        cancel_session(session=session, actor=session.case.owner)
        cancelled = send("sparring.cancelled", town.colleagues[1])

    assert invited.subject == "Sparring torsdag 26. november kl. 10.00"
    assert cancelled.subject == "Aflyst: sparring torsdag 26. november kl. 10.00"


def test_moving_and_cancelling_raise_the_sequence_of_the_same_event(town):
    session = town.booked(TEN)
    partner = town.colleagues[1]
    first = calendar_of(send("sparring.invited", partner))[0].walk("VEVENT")[0]
    session = reschedule_session(
        session=session, actor=session.case.owner, starts_at=moment(next_monday(), "13.00")
    )

    moved, method = calendar_of(send("sparring.changed", partner))
    cancel_session(session=session, actor=session.case.owner)
    cancelled, cancel = calendar_of(send("sparring.cancelled", partner))

    moved, cancelled_event = moved.walk("VEVENT")[0], cancelled.walk("VEVENT")[0]
    assert first["UID"] == moved["UID"] == cancelled_event["UID"]
    assert [row["SEQUENCE"] for row in (first, moved, cancelled_event)] == [0, 1, 2]
    assert moved["DTSTART"].dt == moment(next_monday(), "13.00")
    assert (method, cancel) == (
        'text/calendar; method="REQUEST"; charset="utf-8"',
        'text/calendar; method="CANCEL"; charset="utf-8"',
    )
    assert cancelled_event["STATUS"] == "CANCELLED"


@pytest.mark.parametrize(
    ("day", "hour", "utc_hour"),
    [
        (date(2027, 3, 26), "10.00", 9),  # winter, two days before the change
        (date(2027, 3, 30), "10.00", 8),  # summer, two days after it
        (date(2026, 10, 23), "10.00", 8),
        (date(2026, 10, 27), "10.00", 9),
    ],
)
def test_the_hour_is_right_on_both_sides_of_the_clock_changes(day, hour, utc_hour):
    with time_machine.travel(datetime(2026, 10, 1, 8, tzinfo=UTC), tick=False):
        town = Town()
        town.booked(moment(day, hour), confirmed=True)

        message = send("sparring.invited", town.colleagues[1])

    event = calendar_of(message)[0].walk("VEVENT")[0]
    assert event["DTSTART"].dt.astimezone(UTC).hour == utc_hour
    assert event["DTSTART"].dt.astimezone(COPENHAGEN).strftime("%H.%M") == "10.00"
    assert "kl. 10.00" in message.subject


def test_every_mail_is_text_and_html_and_only_a_no_can_be_stopped(town):
    town.coordinator.wants_mail = True
    session = town.booked(TEN)
    invited = send("sparring.invited", town.colleagues[1])
    answer_invitation(session=session, actor=town.colleagues[1], yes=False)
    declined = send("sparring.declined", town.coordinator)

    for message in (invited, declined):
        html, kind = message.alternatives[0]
        assert kind == "text/html"
        assert '<a href="http' in html
    assert "List-Unsubscribe" not in invited.extra_headers
    assert declined.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_job_run_twice_sends_once(town):
    town.booked(TEN)
    waiting = session_mails(employee=town.colleagues[1]).get()
    mail.outbox.clear()

    send_one(waiting.pk)
    send_one(waiting.pk)

    assert len(mail.outbox) == 1
    assert mail.outbox[0].extra_headers["Message-ID"].startswith("<invited-")


def test_an_overtaken_invitation_is_not_sent(town):
    session = town.booked(TEN)
    cancel_session(session=session, actor=session.case.owner)
    invitation = session_mails().get(kind="sparring.invited", employee=town.colleagues[1])
    mail.outbox.clear()

    assert send_one(invitation.pk) is None

    invitation.refresh_from_db()
    assert mail.outbox == []
    assert (invitation.state, invitation.reason) == ("held_back", "overtaken")


def test_who_said_no_meanwhile_is_not_invited_by_a_late_mail(town):
    case = town.case()
    leaving = town.colleagues[1]
    session = book_session(
        actor=case.owner, case=case, partners=town.colleagues[1:3], starts_at=TEN
    )
    answer_invitation(session=session, actor=leaving, yes=False)
    invitation = session_mails().get(kind="sparring.invited", employee=leaving)
    mail.outbox.clear()

    assert send_one(invitation.pk) is None
    assert mail.outbox == []
    assert send("sparring.cancelled", leaving).to == [leaving.email]


def test_a_no_is_not_told_once_the_session_is_called_off(town):
    case = town.case()
    session = book_session(
        actor=case.owner, case=case, partners=town.colleagues[1:3], starts_at=TEN
    )
    answer_invitation(session=session, actor=town.colleagues[1], yes=False)
    cancel_session(session=session, actor=case.owner)
    declined = session_mails().get(kind="sparring.declined", employee=town.coordinator)
    mail.outbox.clear()

    assert send_one(declined.pk) is None
    assert mail.outbox == []


def test_who_wants_no_mail_gets_only_what_a_participant_must_know(town):
    for person in (town.coordinator, town.colleagues[1]):
        person.wants_mail = False
        person.save()
    session = town.booked(TEN)

    answer_invitation(session=session, actor=town.colleagues[1], yes=False)

    assert set(session_mails().values_list("kind", "employee")) == {
        ("sparring.invited", session.case.owner_id),
        ("sparring.invited", town.colleagues[1].pk),
        ("sparring.cancelled", session.case.owner_id),
        ("sparring.cancelled", town.colleagues[1].pk),
    }


def test_somebody_without_an_address_or_a_job_is_not_written_to(town):
    town.colleagues[1].email = ""
    town.colleagues[1].save()
    session = town.booked(TEN)
    owner = session.case.owner
    owner.is_active = False
    owner.save()
    mail.outbox.clear()

    sent = [send_one(session_mail.pk) for session_mail in session_mails()]

    assert (sent, mail.outbox) == ([None], [])


def test_what_went_out_or_was_overtaken_half_a_year_ago_is_forgotten(town):
    session = town.booked(TEN)
    send("sparring.invited", session.case.owner)
    cancel_session(session=session, actor=session.case.owner)
    overtaken = session_mails().get(kind="sparring.invited", employee=town.colleagues[1])
    assert send_one(overtaken.pk) is None
    waiting = set(session_mails(kind="sparring.cancelled"))

    assert forget_old(at=timezone.now() + KEPT - timedelta(hours=1)) == 0
    assert forget_old(at=timezone.now() + KEPT + timedelta(hours=1)) == 2

    assert set(session_mails()) == waiting
