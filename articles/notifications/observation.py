"""An observation that waits to be read before others see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Observation
from people.collected_mail import Line
from people.enums import Topic
from people.notification_kinds import LineKind, register_kind

if TYPE_CHECKING:
    from people.models import Notification


@register_kind
class ObservationSent(LineKind):
    """Nothing once somebody has read it."""

    name = "articles.observation"
    label = gettext_lazy("An observation to read")
    topic = Topic.ANSWERS

    def line(self, notification: Notification) -> Line | None:
        waiting = Observation.objects.waiting().select_related("theme")
        observation = waiting.filter(pk=notification.object_id).first()
        if observation is None:
            return None
        text = _("An observation on »%(theme)s« waits to be read")
        return Line(text % {"theme": observation.theme.nav_title}, reverse("articles:observations"))
