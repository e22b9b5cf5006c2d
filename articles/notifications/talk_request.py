"""A request for a talk that waits for an answer: who asks stands behind the login."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import TalkRequest
from people.collected_mail import Line
from people.enums import Topic
from people.notification_kinds import LineKind, register_kind

if TYPE_CHECKING:
    from people.models import Notification


@register_kind
class TalkRequested(LineKind):
    """Nothing once somebody has answered."""

    name = "articles.talk_request"
    label = gettext_lazy("A request for a presentation")
    topic = Topic.ANSWERS

    def line(self, notification: Notification) -> Line | None:
        waiting = TalkRequest.objects.answerable_by(notification.employee).waiting()
        talk = waiting.select_related("theme").filter(pk=notification.object_id).first()
        if talk is None:
            return None
        text = _("Somebody asks for a presentation about »%(theme)s«") % {
            "theme": talk.theme.nav_title
        }
        return Line(text, reverse("articles:talk", args=[talk.pk]))
