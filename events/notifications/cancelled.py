"""The event is cancelled; everybody who signed up is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.notifications._event_mail import EventKind
from people.notification_kinds import register_kind

if TYPE_CHECKING:
    from events.models import CalendarEntry, SignUp


@register_kind
class Cancelled(EventKind):
    name = "events.cancelled"
    label = gettext_lazy("An event the person has signed up for is cancelled")
    text = "cancelled"
    method = "CANCEL"

    def subject(self, title: str) -> str:
        return _("Cancelled: %(title)s") % {"title": title}

    def holds(self, sign_up: SignUp, entry: CalendarEntry, occasion: str) -> bool:
        return entry.cancelled and occasion == str(entry.sequence)
