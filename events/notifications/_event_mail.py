"""What the mails about an event have in common, to employees and to guests."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar

from django.template.loader import render_to_string

from events.calendars import seat_calendar
from events.links import own_link
from events.models import CalendarEntry, SignUp
from kb.templatetags.ui import clock, weekday
from people.mails import letter_to, personal_mail
from people.notification_kinds import NotificationKind

if TYPE_CHECKING:
    from django.core.mail import EmailMultiAlternatives

    from people.calendars import writing
    from people.models import Notification


class EventKind(NotificationKind):
    """`text` names the template; `method` is what the calendar file asks of a calendar.

    A notification is about "sign-up:occasion". Its text is what holds when it goes out.
    """

    text: ClassVar[str]
    method: ClassVar[writing.Method | None] = None

    @abstractmethod
    def subject(self, title: str) -> str:
        """What the mail is about, with the event's title."""

    @abstractmethod
    def holds(self, sign_up: SignUp, entry: CalendarEntry, occasion: str) -> bool:
        """Whether it is still true."""

    def mail(self, notification: Notification) -> EmailMultiAlternatives | None:
        """None once it is overtaken, or the guest forgotten."""
        about = notification.object_id
        pk, _colon, occasion = about.partition(":")
        found = find(pk)
        if found is None or not self.holds(*found, occasion):
            return None
        return self.written(*found, about)

    def written(self, sign_up: SignUp, entry: CalendarEntry, about: str) -> EmailMultiAlternatives:
        """The mail, overtaken or not."""
        written: dict[str, Any] = {
            "subject": self.subject(sign_up.event.title),
            "text": render_to_string(f"events/mail/{self.text}.txt", context_of(sign_up, entry)),
            "message_id": f"{self.text}-{about.replace(':', '-').replace('+', '-')}",
        }
        if sign_up.employee is not None:
            topics = [self.topic] if self.topic else []
            email = personal_mail(employee=sign_up.employee, topics=topics, **written)
        else:
            email = letter_to(sign_up.guest_email, **written)
        if self.method is not None:
            content = seat_calendar(sign_up, entry, method=self.method)
            email.attach_alternative(content.decode(), f"text/calendar; method={self.method}")
        return email


def find(pk: str) -> tuple[SignUp, CalendarEntry] | None:
    """The sign-up with its entry; None where there is nobody to tell (any more)."""
    rows = SignUp.objects.filter(pk=pk, forgotten_at__isnull=True)
    sign_up = rows.select_related("employee", "event").first()
    if sign_up is None:
        return None
    entry = CalendarEntry.objects.filter(event=sign_up.event_id).first()
    return (sign_up, entry) if entry is not None else None


def context_of(sign_up: SignUp, entry: CalendarEntry) -> dict[str, Any]:
    """What the texts need. The link to the online room goes only to who has a seat."""
    employee = sign_up.employee
    return {
        "name": employee.first_name if employee is not None else sign_up.guest_name,
        "title": sign_up.event.title,
        "day": weekday(entry.starts_at),
        "time": clock(entry.starts_at),
        "location": entry.location,
        "online_link": entry.online_link if sign_up.is_seated else "",
        "link": own_link(sign_up),
        "is_waiting": sign_up.is_waiting,
    }
