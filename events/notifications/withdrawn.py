"""Somebody has cancelled their own place: said back to them, and out of their calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.enums import SignUpState
from events.notifications._event_mail import EventKind
from people.notification_kinds import register_kind

if TYPE_CHECKING:
    from events.models import CalendarEntry, SignUp


@register_kind
class Withdrawn(EventKind):
    name = "events.withdrawn"
    label = gettext_lazy("The person has cancelled their place at an event")
    text = "withdrawn"
    method = "CANCEL"

    def subject(self, title: str) -> str:
        return _("You have cancelled: %(title)s") % {"title": title}

    def holds(self, sign_up: SignUp, entry: CalendarEntry, occasion: str) -> bool:
        return sign_up.state == SignUpState.CANCELLED
