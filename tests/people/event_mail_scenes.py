"""The scenes of the mails about events, to employees and to guests."""

from __future__ import annotations

from datetime import timedelta

import time_machine
from procrastinate.contrib.django.models import ProcrastinateJob

from events.domain.calendar_entries import follow_publishing
from events.domain.clock import ask_to_evaluate, remind
from events.domain.sign_ups import cancel_sign_up
from events.tasks import mail_guest
from people.domain.notification_choices import choose
from tests.factories.events import after, coming_event, guest_of, signed_up
from tests.people.mail_scenes import COLLECTED, collected, scene
from tests.sent_notifications import send_all

LETTER, WHEN = "people/mail/mail.html", "events/mail/_when.txt"


def mail_guests(*kinds):
    """Run the jobs that wait, as the worker does."""
    for job in ProcrastinateJob.objects.filter(task_name="events.mail_guest", status="todo"):
        if not kinds or job.args["kind"] in kinds:
            mail_guest(**job.args)


def full_event(count, **more):
    """An event with `count` people of each kind, and as many who wait."""
    event = coming_event(
        capacity=2 * count, is_open=True, address="Havnegade 4, Fjordby", online=True,
        online_link="https://moede.example.org/rum", **more,
    )  # fmt: skip
    for number in range(count):
        signed_up(event)
        guest_of(event, f"gaest{number}@example.org")
    for number in range(count):
        signed_up(event)
        guest_of(event, f"venter{number}@example.org")
    return event


@scene("events.confirmed", "events/mail/confirmed.txt", WHEN, LETTER)
def places_at_an_event(count):
    full_event(count)
    send_all("events.confirmed")
    mail_guests("events.confirmed")


@scene("events.waiting", "events/mail/waiting.txt", WHEN, LETTER)
def numbers_on_the_waiting_list(count):
    full_event(count)
    send_all("events.waiting")
    mail_guests("events.waiting")


@scene("events.guest_link", "events/mail/guest_link.txt", WHEN, LETTER)
def links_for_guests(count):
    event = coming_event(is_open=True)
    for number in range(count):
        guest_of(event, f"gaest{number}@example.org", confirmed=False)
    mail_guests("events.guest_link")


@scene(
    "events.moved_up",
    "events.withdrawn",
    "events/mail/moved_up.txt",
    "events/mail/withdrawn.txt",
    WHEN,
    LETTER,
)
def places_that_came_free(count):
    event = full_event(count)
    for row in list(event.sign_ups.seated()):
        cancel_sign_up(actor=row.employee, sign_up=row)
    kinds = ("events.moved_up", "events.withdrawn")
    send_all(*kinds)
    mail_guests(*kinds)


@scene("events.changed", "events/mail/changed.txt", WHEN, LETTER)
def events_at_another_place(count):
    event = full_event(count)
    event.place = "Biblioteket"
    event.save()
    follow_publishing(event=event, actor=None)
    send_all("events.changed")
    mail_guests("events.changed")


@scene("events.cancelled", "events/mail/cancelled.txt", LETTER)
def events_that_are_cancelled(count):
    event = full_event(count)
    event.cancelled = True
    event.save()
    follow_publishing(event=event, actor=None)
    send_all("events.cancelled")
    mail_guests("events.cancelled")


@scene("events.reminder", "events/mail/reminder.txt", WHEN, LETTER)
def events_that_are_near(count):
    event = full_event(count)
    for row in event.sign_ups.filter(employee__isnull=False).select_related("employee"):
        choose(actor=row.employee, employee=row.employee, frequencies={"reminders": "now"})
    with time_machine.travel(event.starts_at - timedelta(days=1), tick=False):
        remind()
        send_all("events.reminder")
        mail_guests("events.reminder")


@scene("events.evaluate", "events/mail/evaluate.txt", LETTER)
def three_questions(count):
    event = full_event(count)
    for row in event.sign_ups.filter(employee__isnull=False).select_related("employee"):
        choose(actor=row.employee, employee=row.employee, frequencies={"reminders": "now"})
    with after(event):
        ask_to_evaluate()
        send_all("events.evaluate")
        mail_guests("events.evaluate")


@scene("events.reminder", "events.evaluate", *COLLECTED)
def events_among_the_days_messages(count):
    event = full_event(count)
    rows = list(event.sign_ups.seated().filter(employee__isnull=False).select_related("employee"))
    pairs = [(row.employee, f"{row.pk}:1") for row in rows]
    collected("events.reminder", pairs)
    collected("events.evaluate", pairs)
