"""One mail a person: a plan's sessions together, and what changes within a quarter of an hour."""

import threading
from datetime import timedelta

import icalendar
import pytest
import time_machine
from django.core import mail
from django.db import connections
from django.utils import timezone

from people.domain import sending
from people.enums import NotificationState
from people.models import Notification
from sparring.bookings.domain.booking import cancel_session, reschedule_session
from sparring.plans.domain.make_plan import make_plan
from sparring.plans.domain.publishing import publish_plan
from tests.calendar_parts import calendar_part, sent
from tests.factories.planning import Town, moment, next_monday
from tests.sent_notifications import session_mails

pytestmark = pytest.mark.django_db
MONDAY = next_monday()
TEN = moment(MONDAY, "10.00")
MINUTE = timedelta(minutes=1)


def published(cases=3):
    """A plan in which the first of two colleagues brings some cases to the second."""
    town = Town(colleagues=2, max_per_7_days=9, max_per_30_days=9)
    for _ in range(cases):
        town.case()
    plan = make_plan(
        actor=town.coordinator, municipality=town.municipality, first_day=MONDAY, days=14
    )
    return town, publish_plan(actor=town.coordinator, plan=plan).booked


def post(person, after=0):
    """What goes out to somebody some minutes later."""
    before = len(mail.outbox)
    sending.send_due(person.pk, at=timezone.now() + after * MINUTE)
    return mail.outbox[before:]


def events_of(message):
    part = calendar_part(message)
    calendar = icalendar.Calendar.from_ical(part.get_payload(decode=True))
    return calendar, calendar.walk("VEVENT")


def test_a_plan_is_one_mail_a_person_with_one_calendar_file():
    town, sessions = published()
    for session in sessions:
        assert len(session_mails(session)) == 2

    for person in town.colleagues:
        (message,) = post(person)

        calendar, events = events_of(message)
        assert calendar["METHOD"] == "PUBLISH"
        assert sorted(event["DTSTART"].dt for event in events) == sorted(
            session.starts_at for session in sessions
        )
        assert len({str(event["UID"]) for event in events}) == 3
        assert {event["STATUS"] for event in events} == {"CONFIRMED"}
        assert message.subject == "3 nye sparringer"
        assert message.to == [person.email]
        names = [part.get_filename() for part in sent(message).iter_attachments()]
        assert names == ["sparring.ics"]
        assert all(f"/sparring/{session.pk}/svar/" in message.body for session in sessions)
        assert not any(session.case.code in message.body for session in sessions)
        assert post(person) == []


def test_one_session_is_asked_for_as_before():
    town, _sessions = published(cases=1)

    (message,) = post(town.colleagues[1])

    calendar, events = events_of(message)
    assert (calendar["METHOD"], len(events)) == ("REQUEST", 1)
    assert message.subject.startswith("Sparring ")


def test_changes_of_a_quarter_of_an_hour_are_one_mail_with_the_last_state():
    town, (first, second, third) = published()
    owner, partner = town.colleagues
    post(partner)

    with time_machine.travel(timezone.now(), tick=False) as clock:
        reschedule_session(
            session=first, actor=owner, starts_at=TEN + timedelta(days=2), confirmed=True
        )
        assert post(partner) == []
        clock.shift(5 * MINUTE)
        reschedule_session(
            session=first, actor=owner, starts_at=TEN + timedelta(days=3), confirmed=True
        )
        clock.shift(9 * MINUTE)
        cancel_session(session=second, actor=owner)
        assert post(partner) == []
        clock.shift(MINUTE)
        (message,) = post(partner)
        clock.shift(30 * MINUTE)
        assert post(partner) == []

    _calendar, events = events_of(message)
    found = {event["DTSTART"].dt: str(event["STATUS"]) for event in events}
    assert found == {TEN + timedelta(days=3): "CONFIRMED", second.starts_at: "CANCELLED"}
    assert message.subject == "2 beskeder om dine sparringer"
    assert "Ændret" in message.body
    assert "Aflyst for dig" in message.body
    assert f"/sparring/{third.pk}/svar/" not in message.body


def test_what_is_near_is_told_at_once():
    town, (first, *_rest) = published()
    owner, partner = town.colleagues
    post(partner)

    with time_machine.travel(first.starts_at - timedelta(minutes=90), tick=False):
        reschedule_session(
            session=first, actor=owner, starts_at=TEN + timedelta(days=8), confirmed=True
        )

        assert len(post(partner)) == 1


def test_a_session_off_before_its_invitation_went_out_is_not_asked_for():
    town, (first, second, _third) = published()

    cancel_session(session=first, actor=town.colleagues[0])
    (message,) = post(town.colleagues[1])

    _calendar, events = events_of(message)
    statuses = {event["DTSTART"].dt: str(event["STATUS"]) for event in events}
    assert statuses[second.starts_at] == "CONFIRMED"
    assert statuses.get(first.starts_at) == "CANCELLED"


def test_one_that_cannot_be_written_does_not_hold_the_others_up(monkeypatch):
    town, (first, *_rest) = published()
    partner = town.colleagues[1]
    session_mails(first, employee=partner).update(object_id="not a number")

    (message,) = post(partner)

    assert len(events_of(message)[1]) == 2
    assert session_mails(employee=partner).filter(state=NotificationState.SENT).count() == 2


def test_a_mail_server_that_is_away_gets_the_same_mail_later(settings):
    town, _sessions = published()
    partner = town.colleagues[1]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # nobody listens
    assert post(partner) == []

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    (message,) = post(partner, after=2)

    assert len(events_of(message)[1]) == 3


@pytest.mark.django_db(transaction=True)
def test_many_senders_at_once_send_it_once():
    town, _sessions = published()
    partner = town.colleagues[1]
    barrier, errors = threading.Barrier(5), []

    def send():
        try:
            barrier.wait()
            sending.send_due(partner.pk)
        except Exception as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send) for _number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert errors == []
    assert [message.to for message in mail.outbox] == [[partner.email]]
    mine = Notification.objects.filter(employee=partner, event_uid__isnull=False)
    assert set(mine.values_list("state", "attempts")) == {("sent", 1)}
    assert mine.values("message_id").distinct().count() == 1
