"""The link by which a guest says yes, and by which they see and cancel their sign-up."""

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
class GuestLink(EventKind):
    name = "events.guest_link"
    label = gettext_lazy("A guest’s link to their sign-up")
    text = "guest_link"

    def subject(self, title: str) -> str:
        return _("Your link to the sign-up: %(title)s") % {"title": title}

    def holds(self, sign_up: SignUp, entry: CalendarEntry, occasion: str) -> bool:
        return sign_up.state != SignUpState.CANCELLED
