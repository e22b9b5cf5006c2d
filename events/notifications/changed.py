"""The event has another time, place or link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.calendars import seat_calendar
from events.notifications._event_mail import EventKind
from people.notification_kinds import register_kind

if TYPE_CHECKING:
    from django.core.mail import EmailMultiAlternatives

    from events.models import CalendarEntry, SignUp


@register_kind
class Changed(EventKind):
    """One for each change; the newest holds. Who waits gets it without a calendar file."""

    name = "events.changed"
    label = gettext_lazy("An event the person has signed up for has changed")
    text = "changed"

    def subject(self, title: str) -> str:
        return _("New time or place: %(title)s") % {"title": title}

    def holds(self, sign_up: SignUp, entry: CalendarEntry, occasion: str) -> bool:
        active = sign_up.is_seated or sign_up.is_waiting
        return active and not entry.cancelled and occasion == str(entry.sequence)

    def written(self, sign_up: SignUp, entry: CalendarEntry, about: str) -> EmailMultiAlternatives:
        email = super().written(sign_up, entry, about)
        if sign_up.is_seated:
            content = seat_calendar(sign_up, entry, method="REQUEST")
            email.attach_alternative(content.decode(), "text/calendar; method=REQUEST")
        return email
