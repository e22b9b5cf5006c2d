"""All places are given away: a number on the waiting list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.notifications._event_mail import EventKind
from people.notification_kinds import register_kind

if TYPE_CHECKING:
    from events.models import CalendarEntry, SignUp


@register_kind
class Waiting(EventKind):
    name = "events.waiting"
    label = gettext_lazy("The person is on the waiting list of an event")
    text = "waiting"

    def subject(self, title: str) -> str:
        return _("You are on the waiting list: %(title)s") % {"title": title}

    def holds(self, sign_up: SignUp, entry: CalendarEntry, occasion: str) -> bool:
        return sign_up.is_waiting and not entry.cancelled
