"""A session on the next working day, to those who are in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.collected_mail import Line
from people.enums import Topic
from people.notification_kinds import LineKind, register_kind
from sparring.bookings.notifications._session_mail import when
from sparring.reminders.notifications._participations import coming_participation

if TYPE_CHECKING:
    from people.models import Notification


@register_kind
class SessionAhead(LineKind):
    """Nothing to who said no, was replaced or handed the case over."""

    name = "sparring.session_ahead"
    label = gettext_lazy("Reminder of a session")
    topic = Topic.REMINDERS

    def line(self, notification: Notification) -> Line | None:
        participation = coming_participation(notification)
        if participation is None:
            return None
        text = _("Sparring %(day)s %(time)s") % when(participation.session.starts_at)
        return Line(text, reverse("sparring:answer", args=[notification.object_id]))
