"""What somebody hears about and how often: chosen by kind, sent once, stopped by one click."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from people import notification_kinds
from people.collected_mail import Line
from people.domain import sending
from people.domain.notification_choices import choose, unsubscribe, wants
from people.domain.notifications import next_digest, notify
from people.enums import Frequency, NotificationState, Reason, Topic
from people.mails import unsubscribe_address
from people.models import Notification, NotificationChoice
from people.notification_kinds import LineKind, register_kind
from people.tasks import send_all_due, send_due
from privacy.models import AuditEntry
from tests.factories.people import EmployeeFactory

pytestmark = pytest.mark.django_db
COPENHAGEN = ZoneInfo("Europe/Copenhagen")
EVENING = datetime(2026, 11, 25, 20, tzinfo=COPENHAGEN)
MORNING = datetime(2026, 11, 26, 7, 5, tzinfo=COPENHAGEN)
OVERTAKEN = "99"


@pytest.fixture(autouse=True)
def kinds(monkeypatch):
    """Kinds as any room declares them, one of each topic; those of FOLLOWED are told once ever."""
    monkeypatch.setattr(notification_kinds, "_kinds", dict(notification_kinds._kinds))
    for about in Topic:

        @register_kind
        class Thing(LineKind):
            name = f"test.{about}"
            label = "Ting"
            topic = about
            once_ever = about == Topic.FOLLOWED

            def line(self, notification):
                if notification.object_id == OVERTAKEN:
                    return None
                return Line(f"Ting {notification.object_id} venter", "/sparring/")


def hand_in(employee, number, topic=Topic.REMINDERS):
    return notify(
        employee=employee,
        kind=f"test.{topic}",
        object_id=number,
        key=f"test:{number}:{employee.pk}",
    )


def jobs(task):
    return [job.args for job in ProcrastinateJob.objects.filter(task_name=task.name)]


def test_without_a_choice_the_defaults_hold_and_invitations_always_come():
    employee = EmployeeFactory()

    assert wants(employee, Topic.ANSWERS) == Frequency.NOW
    assert wants(employee, Topic.FOLLOW_UPS) == Frequency.DAILY
    employee.wants_mail = False
    assert wants(employee, Topic.FOLLOW_UPS) == Frequency.NEVER
    assert wants(employee, Topic.INVITATIONS) == Frequency.NOW
    employee.email = ""
    assert wants(employee, Topic.INVITATIONS) == Frequency.NEVER


def test_one_chooses_for_oneself_and_invitations_are_not_chosen():
    employee = EmployeeFactory(wants_mail=False)

    with pytest.raises(PermissionDenied):
        choose(actor=EmployeeFactory(), employee=employee, frequencies={"reminders": "now"})
    with pytest.raises(ValidationError):
        choose(actor=employee, employee=employee, frequencies={"invitations": "never"})
    choose(actor=employee, employee=employee, frequencies={"reminders": "now"})
    choose(actor=employee, employee=employee, frequencies={"reminders": "daily"})

    assert wants(employee, Topic.REMINDERS) == Frequency.DAILY
    assert NotificationChoice.objects.count() == 1


@pytest.mark.parametrize(
    ("moment", "digest"),
    [
        (datetime(2026, 11, 25, 6, 59, tzinfo=COPENHAGEN), datetime(2026, 11, 25, 7)),
        (datetime(2026, 11, 25, 7, tzinfo=COPENHAGEN), datetime(2026, 11, 26, 7)),
        (datetime(2027, 3, 27, 8, tzinfo=COPENHAGEN), datetime(2027, 3, 28, 7)),  # 23 hours
        (datetime(2026, 10, 24, 8, tzinfo=COPENHAGEN), datetime(2026, 10, 25, 7)),  # 25 hours
    ],
)
def test_the_next_digest_is_at_seven_also_when_the_clock_changes(moment, digest):
    assert next_digest(moment) == digest.replace(tzinfo=COPENHAGEN)


def test_the_days_messages_come_in_one_mail_at_seven():
    employee = EmployeeFactory(first_name="Jonas")
    with time_machine.travel(EVENING, tick=False):
        hand_in(employee, 1)
        hand_in(employee, 2, Topic.FOLLOW_UPS)
        send_all_due(timestamp=0)
        assert jobs(send_due) == []

    with time_machine.travel(MORNING, tick=False):
        send_all_due(timestamp=0)
        send_all_due(timestamp=0)
        hand_in(employee, 3)
        assert jobs(send_due) == [{"employee_id": employee.pk}]
        send_due(employee_id=employee.pk)
        send_due(employee_id=employee.pk)

    (message,) = mail.outbox
    assert message.subject == "Sparringsrummet: 2 beskeder"
    assert "Hej Jonas" in message.body
    assert "- Ting 1 venter\n  http://localhost:8000/sparring/" in message.body
    assert "Ting 3" not in message.body
    ((html, kind),) = message.alternatives
    assert kind == "text/html"
    assert '<a href="http://localhost:8000/sparring/"' in html
    assert Notification.objects.waiting().count() == 1


def test_at_once_is_at_once_and_once():
    employee = EmployeeFactory()
    choose(actor=employee, employee=employee, frequencies={"reminders": "now"})
    notice = hand_in(employee, 1)

    assert hand_in(employee, 1) is None
    assert sending.send_one(notice.pk) is not None
    assert sending.send_one(notice.pk) is None
    assert [other_mail.subject for other_mail in mail.outbox] == ["Ting 1 venter"]


class BrokenBackend(BaseEmailBackend):
    """A mail server that is away."""

    def send_messages(self, email_messages):
        raise ConnectionRefusedError


def test_a_mail_that_could_not_be_sent_waits_and_goes_later_once(settings):
    employee = EmployeeFactory()
    with time_machine.travel(EVENING, tick=False):
        hand_in(employee, 1)
    working, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, f"{__name__}.BrokenBackend"
    assert sending.send_digest(employee.pk, at=MORNING) == 0
    waiting = Notification.objects.waiting().get()
    assert (waiting.attempts, waiting.reason) == (1, Reason.MAIL_SERVER)

    settings.EMAIL_BACKEND = working
    later = waiting.next_try_at
    assert [sending.send_digest(employee.pk, at=later) for _ in range(2)] == [1, 0]
    assert len(mail.outbox) == 1


def test_the_same_digest_carries_the_same_message_id():
    """A worker killed between sending and commit sends it again: clients show it once."""
    employee = EmployeeFactory()
    with time_machine.travel(EVENING, tick=False):
        hand_in(employee, 1)
    for _time in range(2):
        with transaction.atomic():
            sending.send_digest(employee.pk, at=MORNING)
            transaction.set_rollback(True)

    first, second = (other_mail.extra_headers["Message-ID"] for other_mail in mail.outbox)
    assert first == second


def test_what_is_overtaken_or_no_longer_wanted_is_not_sent():
    employee, leaver = EmployeeFactory(), EmployeeFactory()
    with time_machine.travel(EVENING, tick=False):
        hand_in(employee, OVERTAKEN)
        hand_in(employee, 1, Topic.FOLLOWED)
        hand_in(leaver, 2)
    choose(actor=employee, employee=employee, frequencies={"followed": "never"})
    leaver.is_active = False
    leaver.save()

    with time_machine.travel(MORNING, tick=False):
        assert [send_due(employee_id=row.pk) for row in (employee, leaver)] == [0, 0]

    assert mail.outbox == []
    held = Notification.objects.filter(state=NotificationState.HELD_BACK).order_by("pk")
    assert [row.reason for row in held] == [Reason.OVERTAKEN, Reason.UNWANTED, Reason.CLOSED]


def test_who_wants_nothing_gets_nothing_and_is_told_once_they_want_it():
    """What was held back is taken up when it is handed in again, as a reminder is each hour."""
    employee = EmployeeFactory()
    choose(actor=employee, employee=employee, frequencies={"reminders": "never"})

    assert hand_in(employee, 1) is None
    assert Notification.objects.get().reason == Reason.UNWANTED
    assert jobs(send_due) == []

    choose(actor=employee, employee=employee, frequencies={"reminders": "now"})
    assert hand_in(employee, 1) is not None
    assert hand_in(employee, 1) is None
    assert jobs(send_due) == [{"employee_id": employee.pk}]
    assert send_due(employee_id=employee.pk) == 1


def test_the_mail_carries_the_one_click_headers_and_the_click_works_without_login(client):
    employee = EmployeeFactory()
    choose(actor=employee, employee=employee, frequencies={"reminders": "now"})
    sending.send_one(hand_in(employee, 1).pk)
    headers = mail.outbox[0].extra_headers
    address = headers["List-Unsubscribe"].strip("<>")
    path = address.removeprefix("http://localhost:8000")

    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address in mail.outbox[0].body
    asked = client.get(path)
    assert asked.status_code == 200
    assert wants(employee, Topic.REMINDERS) == Frequency.NOW  # a link scanner stops nothing

    done = client.post(path, {"List-Unsubscribe": "One-Click"})

    assert done.status_code == 200
    assert "no-store" in done["Cache-Control"]
    assert wants(employee, Topic.REMINDERS) == Frequency.NEVER
    assert wants(employee, Topic.FOLLOW_UPS) == Frequency.DAILY
    assert AuditEntry.objects.filter(action="messages.unsubscribe").count() == 1


def test_a_forged_link_is_not_found(client):
    token = unsubscribe_address(EmployeeFactory(), ["reminders"]).rstrip("/").rsplit("/", 1)[1]

    assert client.post(f"/konto/afmeld/{token[:-2]}xx/").status_code == 404
    assert not NotificationChoice.objects.exists()


def test_invitations_are_never_stopped_by_a_link():
    employee = EmployeeFactory()
    unsubscribe(employee=employee, topics=["invitations", "answers"])

    assert wants(employee, Topic.INVITATIONS) == Frequency.NOW
    assert wants(employee, Topic.ANSWERS) == Frequency.NEVER


def test_the_page_shows_and_keeps_the_choice(client):
    employee = EmployeeFactory()
    client.force_login(employee)
    address = "/konto/kalender-og-besked/"
    chosen = {f"messages-{kind}": "never" for kind in ("answers", "followed", "follow_ups")}

    page = client.get(address)
    wrong = client.post(address, {"form": "messages", **chosen})
    saved = client.post(address, {"form": "messages", **chosen, "messages-reminders": "now"})

    assert "Min kalender og mine beskeder" in page.content.decode()
    assert (wrong.status_code, saved.status_code) == (422, 302)
    assert wants(employee, Topic.REMINDERS) == Frequency.NOW
    assert wants(employee, Topic.FOLLOWED) == Frequency.NEVER


@pytest.mark.django_db(transaction=True)
def test_many_at_a_time_hand_in_and_send_one():
    employee = EmployeeFactory()
    with time_machine.travel(EVENING):
        _at_once(8, lambda: hand_in(employee, 1))
    assert Notification.objects.count() == 1

    with time_machine.travel(MORNING):
        _at_once(8, lambda: sending.send_digest(employee.pk, at=MORNING))
    assert len(mail.outbox) == 1


def _at_once(count, work):
    barrier = threading.Barrier(count)
    errors = []

    def run():
        try:
            barrier.wait()
            work()
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []


def test_what_went_out_or_was_overtaken_half_a_year_ago_is_forgotten():
    person = EmployeeFactory()
    with time_machine.travel(EVENING):
        sent, overtaken = hand_in(person, 1), hand_in(person, OVERTAKEN)
        followed = hand_in(person, 3, Topic.FOLLOWED)
        waiting = hand_in(person, 2)
    with time_machine.travel(MORNING):
        for notice in (sent, overtaken, followed):
            sending.send_one(notice.pk)

    assert Notification.objects.waiting().count() == 1
    assert sending.forget_old(at=MORNING + sending.KEPT) == 0
    assert sending.forget_old(at=MORNING + sending.KEPT + timedelta(hours=1)) == 3
    assert set(Notification.objects.all()) == {waiting, followed}
    followed.refresh_from_db()
    assert (followed.state, followed.object_id) == (NotificationState.FORGOTTEN, "")
    assert hand_in(person, 3, Topic.FOLLOWED) is None
