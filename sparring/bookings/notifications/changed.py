"""A session was changed, to those who are still in it, with the calendar file."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.enums import Topic
from people.notification_kinds import register_kind
from sparring.bookings.notifications._session_mail import SessionKind, has_a_seat, when

if TYPE_CHECKING:
    from people.models import Notification
    from sparring.models import SparringSession


@register_kind
class Changed(SessionKind):
    name = "sparring.changed"
    label = gettext_lazy("A session was changed")
    topic = Topic.INVITATIONS
    text = "changed"
    gathers = True
    waits = True
    method = "REQUEST"

    def subject(self, starts_at: datetime) -> str:
        return _("Changed: sparring %(day)s %(time)s") % when(starts_at)

    def is_overtaken(self, notification: Notification, session: SparringSession) -> bool:
        return not has_a_seat(notification, session) or super().is_overtaken(notification, session)
