"""Jobs of the people's room: messages and calendars; the worker finds them here."""

from __future__ import annotations

import contextlib
from datetime import datetime
from typing import Any

from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from people import account_mail, delivery
from people.domain.calendars import refresh_calendar as refresh
from people.models import BusyCalendar

RETRY = RetryStrategy(max_attempts=12, exponential_wait=4)


@app.task(name="people.send_notice", retry=RETRY)
def send_notice(*, notice_id: int) -> None:
    """Send one message at once; run twice, it is sent once."""
    delivery.send_one(notice_id)


@app.task(name="people.send_digest", retry=RETRY)
def send_digest(*, employee_id: int) -> None:
    """Send one person's messages from before 7 together; run twice, they are sent once."""
    delivery.send_digest(employee_id, delivery.digest_moment(timezone.now()))


@app.task(name="people.mail_account_change", retry=RETRY)
def mail_account_change(*, employee_id: int, change: str, at: str, old_address: str = "") -> None:
    """Tell the owner of an account what happened to it; run twice, a client shows it once."""
    account_mail.mail_change(
        employee_id=employee_id, change=change, at=datetime.fromisoformat(at), to=old_address
    )


@app.task(name="people.mail_reset_link", retry=RETRY)
def mail_reset_link(*, employee_id: int) -> None:
    """Mail the link to a new password. Nobody has the id 0: the job of an unknown address."""
    account_mail.mail_reset_link(employee_id=employee_id)


# Every ten minutes: a worker that was away at 7 makes up for it, and who has had theirs is left.
@app.periodic(cron="*/10 * * * *")
@app.task(name="people.digests", queueing_lock="people.digests", pass_context=False)
def digests(timestamp: int) -> int:
    """Enqueue the digest of everybody for whom something waits; return how many."""
    waiting = delivery.people_waiting(delivery.digest_moment(timezone.now()))
    for employee_id in waiting:
        _enqueue_once(send_digest, f"people.digest.{employee_id}", employee_id=employee_id)
    return len(waiting)


@app.periodic(cron="40 3 * * *")
@app.task(name="people.forget_messages", queueing_lock="people.forget", pass_context=False)
def forget_messages(timestamp: int) -> int:
    """Forget messages that went out long ago; return how many."""
    return delivery.forget_old()


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
