"""Notifications in tests: what was handed in, and sending it as the worker does."""

from __future__ import annotations

from people.domain import sending
from people.models import Notification


def told(kind, **about):
    """What goes out, or went out, of a kind: without what was held back from the start."""
    return Notification.objects.handed_in().filter(kind=kind, **about)


def send_all(*kinds, **about):
    """Send what waits, each by itself and as if it were due; return what went out, in order."""
    waiting = Notification.objects.waiting().filter(**about).order_by("pk")
    rows = [row for row in waiting if not kinds or row.kind in kinds]
    return [sent for sent in (sending.send_one(row.pk) for row in rows) if sent is not None]
