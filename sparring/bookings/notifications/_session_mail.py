"""What the mails about a session have in common: when and with whom, never about whom.

Each says the time that held when it was handed in, and is held back once its reader is out of the
session or gets a newer mail about the same session's time.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from kb.templatetags.ui import clock, weekday
from people.mails import absolute, personal_mail
from people.models import Notification
from people.notification_kinds import NotificationKind
from sparring.bookings.session_calendar import session_file, session_link
from sparring.colleagues.queries.group_sessions import standing
from sparring.models import Participation, SparringSession

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.core.mail import EmailMultiAlternatives

    from people.calendars import writing

WITHOUT_A_TIME = "sparring.declined"


class SessionKind(NotificationKind):
    """`text` names the template; `method` is what the calendar file asks of a calendar."""

    text: ClassVar[str]
    method: ClassVar[writing.Method | None] = None

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

    def mail(self, notification: Notification) -> EmailMultiAlternatives | None:
        sessions = SparringSession.objects.select_related("case")
        session = sessions.filter(pk=notification.object_id).first()
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
