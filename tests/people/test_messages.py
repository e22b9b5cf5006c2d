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

from people import delivery, notices
from people.domain.messages import choose, notify, unsubscribe, wants
from people.enums import Frequency, MessageKind
from people.letters import unsubscribe_address
from people.models import MessageChoice, Notice
from people.notices import Line, register_notice
from people.tasks import digests, send_digest
from privacy.models import AuditEntry
from tests.factories.people import EmployeeFactory

pytestmark = pytest.mark.django_db
COPENHAGEN = ZoneInfo("Europe/Copenhagen")
EVENING = datetime(2026, 11, 25, 20, tzinfo=COPENHAGEN)
MORNING = datetime(2026, 11, 26, 7, 5, tzinfo=COPENHAGEN)
OVERTAKEN = "99"


@pytest.fixture(autouse=True)
def source():
    """A source as any room registers one."""

    @register_notice("test.thing")
    def line(employee, object_id):
        return None if object_id == OVERTAKEN else Line(f"Ting {object_id} venter", "/sparring/")

    yield
    notices._writers.pop("test.thing")


def hand_in(employee, number, kind=MessageKind.REMINDERS):
    return notify(
        employee=employee,
        kind=kind,
        source="test.thing",
        object_id=number,
        key=f"test:{number}:{employee.pk}",
    )


def jobs(task):
    return [job.args for job in ProcrastinateJob.objects.filter(task_name=task.name)]


def test_without_a_choice_the_defaults_hold_and_invitations_always_come():
    employee = EmployeeFactory()

    assert wants(employee, MessageKind.ANSWERS) == Frequency.NOW
    assert wants(employee, MessageKind.FOLLOW_UPS) == Frequency.DAILY
    employee.wants_mail = False
    assert wants(employee, MessageKind.FOLLOW_UPS) == Frequency.NEVER
    assert wants(employee, MessageKind.INVITATIONS) == Frequency.NOW
    employee.email = ""
    assert wants(employee, MessageKind.INVITATIONS) == Frequency.NEVER


def test_one_chooses_for_oneself_and_invitations_are_not_chosen():
    employee = EmployeeFactory(wants_mail=False)

    with pytest.raises(PermissionDenied):
        choose(actor=EmployeeFactory(), employee=employee, frequencies={"reminders": "now"})
    with pytest.raises(ValidationError):
        choose(actor=employee, employee=employee, frequencies={"invitations": "never"})
    choose(actor=employee, employee=employee, frequencies={"reminders": "now"})
    choose(actor=employee, employee=employee, frequencies={"reminders": "daily"})

    assert wants(employee, MessageKind.REMINDERS) == Frequency.DAILY
    assert MessageChoice.objects.count() == 1


def test_the_days_messages_come_in_one_mail_at_seven():
    employee = EmployeeFactory(first_name="Jonas")
    with time_machine.travel(EVENING, tick=False):
        hand_in(employee, 1)
        hand_in(employee, 2, MessageKind.FOLLOW_UPS)
        digests(timestamp=0)
        assert jobs(send_digest) == []

    with time_machine.travel(MORNING, tick=False):
        digests(timestamp=0)
        digests(timestamp=0)
        hand_in(employee, 3)
        assert jobs(send_digest) == [{"employee_id": employee.pk}]
        send_digest(employee_id=employee.pk)
        send_digest(employee_id=employee.pk)

    (message,) = mail.outbox
    assert message.subject == "Sparringsrummet: 2 beskeder"
    assert "Hej Jonas" in message.body
    assert "- Ting 1 venter\n  http://localhost:8000/sparring/" in message.body
    assert "Ting 3" not in message.body
    ((html, kind),) = message.alternatives
    assert kind == "text/html"
    assert '<a href="http://localhost:8000/sparring/"' in html
    assert Notice.objects.waiting().count() == 1


def test_at_once_is_at_once_and_once():
    employee = EmployeeFactory()
    choose(actor=employee, employee=employee, frequencies={"reminders": "now"})
    notice = hand_in(employee, 1)

    assert hand_in(employee, 1) is None
    assert delivery.send_one(notice.pk) is not None
    assert delivery.send_one(notice.pk) is None
    assert [each.subject for each in mail.outbox] == ["Ting 1 venter"]


class BrokenBackend(BaseEmailBackend):
    """A mail server that is away."""

    def send_messages(self, email_messages):
        raise ConnectionRefusedError


def test_a_mail_that_could_not_be_sent_waits_and_goes_later_once(settings):
    employee = EmployeeFactory()
    with time_machine.travel(EVENING, tick=False):
        hand_in(employee, 1)
    working, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, f"{__name__}.BrokenBackend"
    with pytest.raises(ConnectionRefusedError):
        delivery.send_digest(employee.pk, MORNING)
    assert Notice.objects.waiting().count() == 1

    settings.EMAIL_BACKEND = working
    assert [delivery.send_digest(employee.pk, MORNING) for _ in range(2)] == [1, 0]
    assert len(mail.outbox) == 1


def test_the_same_digest_carries_the_same_message_id():
    """A worker killed between sending and commit sends it again: clients show it once."""
    employee = EmployeeFactory()
    with time_machine.travel(EVENING, tick=False):
        hand_in(employee, 1)
    for _time in range(2):
        with transaction.atomic():
            delivery.send_digest(employee.pk, MORNING)
            transaction.set_rollback(True)

    first, second = (each.extra_headers["Message-ID"] for each in mail.outbox)
    assert first == second


def test_what_is_overtaken_or_no_longer_wanted_is_not_sent():
    employee, leaver = EmployeeFactory(), EmployeeFactory()
    with time_machine.travel(EVENING, tick=False):
        hand_in(employee, OVERTAKEN)
        hand_in(employee, 1, MessageKind.FOLLOWED)
        hand_in(leaver, 2)
    choose(actor=employee, employee=employee, frequencies={"followed": "never"})
    leaver.is_active = False
    leaver.save()

    with time_machine.travel(MORNING, tick=False):
        assert [send_digest(employee_id=each.pk) for each in (employee, leaver)] == [None, None]

    assert mail.outbox == []
    assert Notice.objects.filter(dropped_at__isnull=False).count() == 3


def test_who_wants_nothing_gets_no_row():
    employee = EmployeeFactory()
    choose(actor=employee, employee=employee, frequencies={"reminders": "never"})

    assert hand_in(employee, 1) is None
    assert not Notice.objects.exists()


def test_the_mail_carries_the_one_click_headers_and_the_click_works_without_login(client):
    employee = EmployeeFactory()
    choose(actor=employee, employee=employee, frequencies={"reminders": "now"})
    delivery.send_one(hand_in(employee, 1).pk)
    headers = mail.outbox[0].extra_headers
    address = headers["List-Unsubscribe"].strip("<>")
    path = address.removeprefix("http://localhost:8000")

    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address in mail.outbox[0].body
    asked = client.get(path)
    assert asked.status_code == 200
    assert wants(employee, MessageKind.REMINDERS) == Frequency.NOW  # a link scanner stops nothing

    done = client.post(path, {"List-Unsubscribe": "One-Click"})

    assert done.status_code == 200
    assert "no-store" in done["Cache-Control"]
    assert wants(employee, MessageKind.REMINDERS) == Frequency.NEVER
    assert wants(employee, MessageKind.FOLLOW_UPS) == Frequency.DAILY
    assert AuditEntry.objects.filter(action="messages.unsubscribe").count() == 1


def test_a_forged_link_is_not_found(client):
    token = unsubscribe_address(EmployeeFactory(), ["reminders"]).rstrip("/").rsplit("/", 1)[1]

    assert client.post(f"/konto/afmeld/{token[:-2]}xx/").status_code == 404
    assert not MessageChoice.objects.exists()


def test_invitations_are_never_stopped_by_a_link():
    employee = EmployeeFactory()
    unsubscribe(employee=employee, kinds=["invitations", "answers"])

    assert wants(employee, MessageKind.INVITATIONS) == Frequency.NOW
    assert wants(employee, MessageKind.ANSWERS) == Frequency.NEVER


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
    assert wants(employee, MessageKind.REMINDERS) == Frequency.NOW
    assert wants(employee, MessageKind.FOLLOWED) == Frequency.NEVER


@pytest.mark.django_db(transaction=True)
def test_many_at_a_time_hand_in_and_send_one():
    employee = EmployeeFactory()
    with time_machine.travel(EVENING):
        _at_once(8, lambda: hand_in(employee, 1))
    assert Notice.objects.count() == 1

    with time_machine.travel(MORNING):
        _at_once(8, lambda: delivery.send_digest(employee.pk, MORNING))
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
        followed = hand_in(person, 3, MessageKind.FOLLOWED)
        waiting = hand_in(person, 2)
    with time_machine.travel(MORNING):
        for notice in (sent, overtaken, followed):
            delivery.send_one(notice.pk)

    assert Notice.objects.waiting().count() == 1
    assert delivery.forget_old(at=MORNING + delivery.KEPT) == 0
    assert delivery.forget_old(at=MORNING + delivery.KEPT + timedelta(hours=1)) == 2
    assert set(Notice.objects.all()) == {waiting, followed}
