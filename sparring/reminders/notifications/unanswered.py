"""An invitation that still waits for an answer shortly before the session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.collected_mail import Line
from people.enums import Topic
from people.notification_kinds import LineKind, register_kind
from sparring.bookings.notifications._session_mail import when
from sparring.enums import Answer
from sparring.reminders.notifications._participations import coming_participation

if TYPE_CHECKING:
    from people.models import Notification


@register_kind
class Unanswered(LineKind):
    name = "sparring.unanswered"
    label = gettext_lazy("An invitation waits for an answer")
    topic = Topic.ANSWERS

    def line(self, notification: Notification) -> Line | None:
        participation = coming_participation(notification)
        if participation is None or participation.answer != Answer.INVITED:
            return None
        text = _("A colleague waits for your yes or no: sparring %(day)s %(time)s")
        path = reverse("sparring:answer", args=[notification.object_id])
        return Line(text % when(participation.session.starts_at), path)
