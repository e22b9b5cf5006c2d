"""The sender: each mail once, whoever else sends, whatever fails, whoever is killed meanwhile."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from email import message_from_bytes
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings as site
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.filebased import EmailBackend as FileBackend
from django.db import IntegrityError, connections, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as bounds
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from people.domain import sending
from people.domain.notifications import notify
from people.enums import Channel, NotificationState, Reason
from people.models import Notification
from people.notification_kinds import all_kinds
from tests.factories.people import EmployeeFactory

pytestmark = pytest.mark.django_db
KIND = "people.reset_link"
WAITING = {
    "kind": KIND,
    "channel": Channel.MAIL,
    "state": NotificationState.WAITING,
}


def hand_in(employee, *keys):
    return [notify(employee=employee, kind=KIND, object_id="", key=key) for key in keys]


class MovingBackend(BaseEmailBackend):
    """A mail server that takes a mail, is away, or answers what nobody expects, as it is told."""

    answers: list[str] = []
    taken: list[str] = []

    def send_messages(self, email_messages):
        answer = self.answers.pop(0) if self.answers else "takes"
        if answer == "away":
            raise ConnectionRefusedError
        if answer == "odd":
            raise ValueError(answer)
        self.taken.extend(message.extra_headers["Message-ID"] for message in email_messages)
        return len(email_messages)


class KillingBackend(FileBackend):
    """Takes the mail, and the process is killed before anything is noted."""

    def send_messages(self, email_messages):
        super().send_messages(email_messages)
        os.kill(os.getpid(), signal.SIGKILL)


class AnyFailures(TestCase):
    """Whatever the mail server answers, in whatever order."""

    @given(st.lists(st.sampled_from(["away", "odd", "takes"]), max_size=sending.MOST_TRIES + 2))
    @bounds(max_examples=25, deadline=None)
    def test_each_goes_once_or_is_given_up_and_never_both(self, answers):
        with self.settings(EMAIL_BACKEND=f"{__name__}.MovingBackend"):
            MovingBackend.answers, MovingBackend.taken = list(answers), []
            (row,) = hand_in(EmployeeFactory(), f"any:{Notification.objects.count()}")
            due = []
            while row.state == NotificationState.WAITING:
                sending.send_due(row.employee_id, at=row.next_try_at)
                row.refresh_from_db()
                due.append(row.next_try_at)
            sending.send_due(row.employee_id, at=timezone.now() + sending.KEPT)

        failed = [*answers, "takes"].index("takes")
        goes = failed < sending.MOST_TRIES
        assert len(MovingBackend.taken) == goes
        assert row.attempts == min(failed + 1, sending.MOST_TRIES)
        assert row.state == (NotificationState.SENT if goes else NotificationState.FAILED)
        assert bool(row.reason) == (not goes)
        assert due[-1] is None


def test_the_wait_doubles_up_to_a_quarter_of_a_day(settings):
    settings.EMAIL_BACKEND = f"{__name__}.MovingBackend"
    MovingBackend.answers = ["away"] * 12
    (row,) = hand_in(EmployeeFactory(), "waits")
    waits = []
    for _try in range(12):
        before = timezone.now()
        sending.send_one(row.pk)
        row.refresh_from_db()
        waits.append(round((row.next_try_at - before).total_seconds() / 60))

    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360, 360]
    assert row.reason == Reason.MAIL_SERVER


@pytest.mark.django_db(transaction=True)
def test_many_senders_at_once_send_each_once(settings):
    people = [EmployeeFactory() for _number in range(2)]
    for person in people:
        hand_in(person, *(f"{person.pk}:{number}" for number in range(5)))
    barrier, errors = threading.Barrier(6), []

    def send():
        try:
            barrier.wait()
            for person in people:
                sending.send_due(person.pk)
        except Exception as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send) for _number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert errors == []
    names = [message.extra_headers["Message-ID"] for message in mail.outbox]
    assert (len(names), len(set(names))) == (10, 10)
    assert set(Notification.objects.values_list("state", "attempts")) == {("sent", 1)}


@pytest.mark.django_db(transaction=True)
def test_a_sender_killed_before_it_noted_sends_again_under_the_same_name(settings, tmp_path):
    """At least once: the mail programs of the readers show the two as one."""
    settings.EMAIL_FILE_PATH = str(tmp_path)
    settings.EMAIL_BACKEND = f"{__name__}.KillingBackend"
    (row,) = hand_in(EmployeeFactory(), "killed")
    connections.close_all()
    sender = multiprocessing.get_context("fork").Process(target=sending.send_one, args=[row.pk])
    sender.start()
    sender.join()

    assert sender.exitcode == -signal.SIGKILL
    row.refresh_from_db()
    assert (row.state, row.attempts) == (NotificationState.WAITING, 0)
    assert sending.people_waiting() == [row.employee_id]  # the job of each minute finds it

    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    while not sending.send_due(row.employee_id):  # until the database has seen the death
        time.sleep(0.05)

    files = sorted(tmp_path.iterdir())
    names = {message_from_bytes(path.read_bytes())["Message-ID"] for path in files}
    assert (len(files), len(names)) == (2, 1)
    assert sending.send_due(row.employee_id) == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "nonsense"},
        {"channel": "pigeon"},
        {"next_try_at": None},
        {"settled_at": timezone.now()},
        {"state": "sent", "next_try_at": None, "settled_at": timezone.now()},
        {"state": "held_back", "next_try_at": None, "settled_at": timezone.now()},
        {"state": "held_back", "reason": "so", "next_try_at": None, "settled_at": timezone.now()},
        {"state": "forgotten", "object_id": "1", "next_try_at": None, "settled_at": timezone.now()},
        {"event_sequence": 1},
    ],
)
def test_the_database_refuses_what_cannot_be(wrong):
    values = WAITING | {"created_at": timezone.now(), "next_try_at": timezone.now()} | wrong
    with pytest.raises(IntegrityError), transaction.atomic():
        Notification.objects.create(employee=EmployeeFactory(), key="k", **values)


def test_every_file_declares_one_kind_and_names_it_after_its_room():
    base = Path(site.BASE_DIR)
    files = [
        path.relative_to(base).with_suffix("")
        for config in apps.get_app_configs()
        if Path(config.path).parent == base
        for path in Path(config.path).rglob("notifications/*.py")
        if not path.name.startswith("_")
    ]
    declared = {type(kind).__module__: kind.name for kind in all_kinds()}

    assert sorted(declared) == sorted(".".join(path.parts) for path in files)
    assert len(all_kinds()) == len(files)
    assert all(name.startswith(module.split(".")[0] + ".") for module, name in declared.items())


def test_the_digest_that_holds_a_broken_line_goes_without_it(monkeypatch):
    person = EmployeeFactory()
    now = timezone.now()
    rows = [
        Notification.objects.create(
            employee=person, key=f"{number}", object_id=str(number), created_at=now,
            next_try_at=now, **WAITING | {"kind": "search.saved", "channel": Channel.DIGEST},
        )
        for number in range(2)
    ]  # fmt: skip
    Notification.objects.filter(pk=rows[0].pk).update(object_id="not a number")

    assert sending.send_digest(person.pk) == 0

    broken, gone = (Notification.objects.get(pk=row.pk) for row in rows)
    assert (broken.state, broken.reason) == (NotificationState.WAITING, Reason.FAULT)
    assert (gone.state, gone.reason) == (NotificationState.HELD_BACK, Reason.OVERTAKEN)
