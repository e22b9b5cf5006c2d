"""Jobs of the people's room: notifications and calendars; the worker finds them here."""

from __future__ import annotations

import contextlib
from typing import Any

from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from people.domain import accounts, sending
from people.domain.calendars import refresh_calendar as refresh
from people.models import BusyCalendar


@app.task(name="people.send_due", retry=RetryStrategy(max_attempts=5, wait=30))
def send_due(*, employee_id: int) -> int:
    """Send one person all that is due to them; run twice, or twice at a time, each goes once."""
    return sending.send_due(employee_id)


@app.task(name="people.mail_reset_link", retry=RetryStrategy(max_attempts=5, wait=30))
def mail_reset_link(*, employee_id: int) -> None:
    """Mail the link to a new password. Nobody has the id 0: the job of an unknown address."""
    accounts.mail_reset_link(employee_id=employee_id)


# Every minute: the digests at 7, what the mail server did not take, what a killed worker left.
@app.periodic(cron="* * * * *")
@app.task(name="people.send_all_due", queueing_lock="people.send_all_due", pass_context=False)
def send_all_due(timestamp: int) -> int:
    """Enqueue a job for everybody to whom something is due; return how many."""
    waiting = sending.people_waiting()
    for employee_id in waiting:
        _enqueue_once(send_due, f"people.send_due.{employee_id}", employee_id=employee_id)
    return len(waiting)


@app.periodic(cron="40 3 * * *")
@app.task(name="people.forget_notifications", queueing_lock="people.forget", pass_context=False)
def forget_notifications(timestamp: int) -> int:
    """Forget notifications that were settled long ago; return how many."""
    return sending.forget_old()


@app.periodic(cron="50 3 * * *")
@app.task(name="people.forget_logins", queueing_lock="people.logins", pass_context=False)
def forget_logins(timestamp: int) -> None:
    """Forget the sessions of logins that have ended; the database keeps them until then."""
    SessionStore.clear_expired()


# Slow servers of others must not keep mail waiting: these come after everything else.
@app.task(name="people.refresh_calendar", priority=-10)
def refresh_calendar(*, calendar_id: int) -> None:
    """Fetch one subscribed calendar; run twice, the same time is taken. Tried again each hour."""
    refresh(calendar_id=calendar_id)


@app.periodic(cron="25 * * * *")
@app.task(name="people.refresh_calendars", queueing_lock="people.refresh", pass_context=False)
def refresh_calendars(timestamp: int) -> int:
    """Enqueue every subscribed calendar's job; return how many."""
    subscribed = BusyCalendar.objects.exclude(address="").filter(employee__is_active=True)
    ids = list(subscribed.values_list("pk", flat=True))
    for calendar_id in ids:
        _enqueue_once(refresh_calendar, f"people.calendar.{calendar_id}", calendar_id=calendar_id)
    return len(ids)


def _enqueue_once(task: Any, lock: str, **arguments: int) -> None:
    """Enqueue a job unless the same one waits already."""
    with contextlib.suppress(AlreadyEnqueued), transaction.atomic():
        task.configure(queueing_lock=lock).defer(**arguments)
