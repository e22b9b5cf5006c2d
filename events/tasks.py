"""Jobs of the events: mails to guests, and what happens every night."""

from __future__ import annotations

from django.conf import settings
from django.utils import translation
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from events.domain import clock, sign_ups
from people.models import Notification
from people.notification_kinds import kind_named


# The mail server may be away for days; the same mail has the same Message-ID each time.
@app.task(name="events.mail_guest", retry=RetryStrategy(max_attempts=12, exponential_wait=4))
def mail_guest(*, kind: str, about: str) -> bool:
    """Mail a guest what an employee gets as a notification; nothing once it is overtaken."""
    with translation.override(settings.LANGUAGE_CODE):
        mail = kind_named(kind).mail(Notification(kind=kind, object_id=about))
    if mail is None:
        return False
    mail.send()
    return True


# Before 7, so that a reminder of tomorrow is in today's collected mail.
@app.periodic(cron="30 3 * * *")
@app.task(name="events.nightly", retry=RetryStrategy(max_attempts=5, wait=60))
def nightly(timestamp: int) -> None:
    """Remind, ask the three questions, and forget what is over. Run twice, nothing more."""
    clock.remind()
    clock.ask_to_evaluate()
    clock.forget_access_needs()
    clock.forget_guests()
    sign_ups.drop_unconfirmed()
