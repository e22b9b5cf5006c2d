"""What the mails about a session have in common: when and with whom, never about whom.

Each says the time that held when it was handed in, and is held back once its reader is out of the
session or gets a newer mail about the same session's time.
"""

from __future__ import annotations

from abc import abstractmethod
from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from kb.templatetags.ui import clock, weekday
from people.mails import absolute, personal_mail
from people.models import Notification
from people.notification_kinds import NotificationKind
from sparring.bookings import ics
from sparring.bookings.session_calendar import session_file, session_link
from sparring.colleagues.queries.group_sessions import standing
from sparring.models import Participation, SparringSession

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from django.core.mail import EmailMultiAlternatives

    from people.calendars import writing

INVITED, CANCELLED = "sparring.invited", "sparring.cancelled"
WITHOUT_A_TIME = "sparring.declined"
GATHERED_FOR = timedelta(minutes=15)
NEAR = timedelta(hours=2)
"""A session that begins within this time is told of at once."""


class SessionKind(NotificationKind):
    """`text` names the template; `method` is what the calendar file asks of a calendar."""

    text: ClassVar[str]
    method: ClassVar[writing.Method | None] = None
    waits: ClassVar[bool] = False
    """Whether it waits for more changes, while no time of the session is near."""

    @abstractmethod
    def subject(self, starts_at: datetime) -> str:
        """When, never about whom."""

    def is_overtaken(self, notification: Notification, session: SparringSession) -> bool:
        """Whether a newer mail about the same session's time goes to the same reader."""
        newer = Notification.objects.handed_in().filter(
            event_uid=session.calendar_uid,
            employee=notification.employee_id,
            event_sequence__gt=notification.event_sequence,
        )
        return newer.exclude(kind=WITHOUT_A_TIME).exists()

    def attendees(
        self, notification: Notification, session: SparringSession
    ) -> Iterable[Participation]:
        """Whose seats stand in the calendar file."""
        return session.participations.select_related("employee").filter(holds_time=True)

    def delay(self, notification: Notification) -> timedelta:
        """A quarter of an hour, but nothing when a time that somebody may come to is near."""
        if not self.waits:
            return timedelta(0)
        known = Notification.objects.handed_in().filter(
            event_uid=notification.event_uid, employee=notification.employee_id
        )
        times = [_start(notification), *known.values_list("event_starts_at", flat=True)]
        now = timezone.now()
        near = any(time is not None and now <= time < now + NEAR for time in times)
        return timedelta(0) if near else GATHERED_FOR

    def still_holds(self, notification: Notification) -> bool:
        session = _session(notification)
        return session is not None and not self.is_overtaken(notification, session)

    def mail_of(self, notifications: Sequence[Notification]) -> EmailMultiAlternatives:
        """All that is new, changed or off for a person since the last mail, with one file."""
        first, last = notifications[0], notifications[-1]
        items = [(notification, _session_of(notification)) for notification in notifications]
        email = personal_mail(
            employee=first.employee,
            subject=_subject(notifications),
            text=render_to_string("sparring/mail/gathered.txt", _all_words(items)),
            message_id=f"sessions-{first.pk}-{last.pk}-{len(notifications)}",
            topics=[self.topic] if self.topic else [],
        )
        files = [
            session_file(
                session,
                _start(notification),
                _end(notification),
                notification.event_sequence or 0,
                method="PUBLISH",
                participations=[],
                off=notification.kind == CANCELLED,
            )
            for notification, session in items
        ]
        email.attach("sparring.ics", ics.together(files).decode(), "text/calendar; method=PUBLISH")
        return email

    def mail(self, notification: Notification) -> EmailMultiAlternatives | None:
        session = _session(notification)
        if session is None or self.is_overtaken(notification, session):
            return None
        return self.written(notification, session)

    def written(
        self, notification: Notification, session: SparringSession
    ) -> EmailMultiAlternatives:
        """The mail, overtaken or not."""
        sequence = notification.event_sequence
        email = personal_mail(
            employee=notification.employee,
            subject=self.subject(_start(notification)),
            text=render_to_string(f"sparring/mail/{self.text}.txt", _words(notification, session)),
            message_id=f"{self.text}-{session.pk}-{sequence}-{notification.employee_id}",
            topics=[self.topic] if self.topic else [],
        )
        if self.method is not None:
            # Beside text and HTML, as calendars look for it (RFC 6047); the charset is Django's.
            content = session_file(
                session,
                _start(notification),
                _end(notification),
                sequence or 0,
                method=self.method,
                participations=self.attendees(notification, session),
            )
            email.attach_alternative(content.decode(), f"text/calendar; method={self.method}")
        return email


def when(starts_at: datetime) -> dict[str, str]:
    """Day and time as every notification about a session says them."""
    return {"day": weekday(starts_at), "time": clock(starts_at)}


def has_a_seat(notification: Notification, session: SparringSession) -> bool:
    """An invitation is only for who still has one."""
    participations = session.participations.filter(
        employee=notification.employee_id, holds_time=True
    )
    return participations.exists()


def _session(notification: Notification) -> SparringSession | None:
    sessions = SparringSession.objects.select_related("case", "room")
    return sessions.filter(pk=notification.object_id).first()


def _session_of(notification: Notification) -> SparringSession:
    """The session of a notification that still holds."""
    session = _session(notification)
    if session is None:
        raise ValueError("A notification that holds is about a session.")
    return session


def _subject(notifications: Sequence[Notification]) -> str:
    """How many, never about whom."""
    new = sum(notification.kind == INVITED for notification in notifications)
    if new == len(notifications):
        return _("%(n)d new sparrings") % {"n": new}
    return _("%(n)d messages about your sparrings") % {"n": len(notifications)}


def _all_words(items: Sequence[tuple[Notification, SparringSession]]) -> dict[str, Any]:
    """The sessions of one mail by what is told about them, each group in the order of time."""
    items = sorted(items, key=lambda item: _start(item[0]))
    return {
        "employee": items[0][0].employee,
        "groups": [
            {
                "kind": kind,
                "sessions": [_words(row, session) for row, session in items if row.kind == kind],
            }
            for kind in dict.fromkeys(row.kind for row, _session in items)
        ],
        "index": absolute(reverse("sparring:index")),
    }


def _start(notification: Notification) -> datetime:
    if notification.event_starts_at is None:
        raise ValueError("A notification about a session is handed in with its time.")
    return notification.event_starts_at


def _end(notification: Notification) -> datetime:
    if notification.event_ends_at is None:
        raise ValueError("A notification about a session is handed in with its time.")
    return notification.event_ends_at


def _words(notification: Notification, session: SparringSession) -> dict[str, Any]:
    """What the text needs: people's names and times, an address behind login."""
    employee = notification.employee
    participations = session.participations.filter(holds_time=True).select_related("employee")
    parts = standing(session)
    presenters = [part.case.owner for part in parts]
    mine = next((part for part in parts if part.case.owner_id == employee.pk), None)
    starts_at, ends_at = _start(notification), _end(notification)
    return {
        "employee": employee,
        "is_presenter": mine is not None,
        "is_group": len(parts) > 1,
        "presenter": get_text_list([str(presenter) for presenter in presenters], _("and")),
        "others": [
            str(participation.employee)
            for participation in participations
            if participation.employee not in presenters and participation.employee_id != employee.pk
        ],
        "starts_at": starts_at,
        "minutes": round((ends_at - starts_at).total_seconds() / 60),
        "location": session.where,
        "link": session_link(mine or session),
        "index": absolute(reverse("sparring:index")),
    }
