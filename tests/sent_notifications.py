"""Notifications in tests: what was handed in, and sending it as the worker does."""

from __future__ import annotations

from django.conf import settings
from django.utils import translation

from people.domain import sending
from people.models import Notification
from people.notification_kinds import kind_named
from sparring.models import SparringSession


def told(kind, **about):
    """What goes out, or went out, of a kind: without what was held back from the start."""
    return Notification.objects.handed_in().filter(kind=kind, **about)


def send_all(*kinds, **about):
    """Send what waits, each by itself and as if it were due; return what went out, in order."""
    waiting = Notification.objects.waiting().filter(**about).order_by("pk")
    rows = [row for row in waiting if not kinds or row.kind in kinds]
    return [sent for sent in (sending.send_one(row.pk) for row in rows) if sent is not None]


def session_mails(session=None, **about):
    """What is told about sessions, each about one state of one; `sequence` is the state's."""
    if session is not None:
        about["object_id"] = str(session.pk)
    if "sequence" in about:
        about["event_sequence"] = about.pop("sequence")
    rows = Notification.objects.handed_in().filter(event_uid__isnull=False, **about)
    return rows.select_related("employee")


def message(notification):
    """The mail about a session as it would go out, in Danish, also where it is overtaken."""
    session = SparringSession.objects.get(pk=notification.object_id)
    with translation.override(settings.LANGUAGE_CODE):
        return kind_named(notification.kind).written(notification, session)
