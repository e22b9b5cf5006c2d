"""A place at an event: when, where, and the calendar file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.notifications._event_mail import EventKind
from people.notification_kinds import register_kind

if TYPE_CHECKING:
    from events.models import CalendarEntry, SignUp


@register_kind
class Confirmed(EventKind):
    name = "events.confirmed"
    label = gettext_lazy("The person has a place at an event")
    text = "confirmed"
    method = "REQUEST"

    def subject(self, title: str) -> str:
        return _("You have a place: %(title)s") % {"title": title}

    def holds(self, sign_up: SignUp, entry: CalendarEntry, occasion: str) -> bool:
        return sign_up.is_seated and not entry.cancelled
