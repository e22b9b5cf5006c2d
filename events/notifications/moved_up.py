"""A place came free, and whoever waited longest has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.notifications._event_mail import EventKind
from people.notification_kinds import register_kind

if TYPE_CHECKING:
    from events.models import CalendarEntry, SignUp


@register_kind
class MovedUp(EventKind):
    name = "events.moved_up"
    label = gettext_lazy("The person has moved up from the waiting list of an event")
    text = "moved_up"
    method = "REQUEST"

    def subject(self, title: str) -> str:
        return _("A place came free, and it is yours: %(title)s") % {"title": title}

    def holds(self, sign_up: SignUp, entry: CalendarEntry, occasion: str) -> bool:
        return sign_up.is_seated and not entry.cancelled
