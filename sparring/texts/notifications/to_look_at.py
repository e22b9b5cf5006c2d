"""Words of one's own in which the nightly check found something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from people.collected_mail import Line
from people.enums import Topic
from people.notification_kinds import LineKind, register_kind
from sparring.texts.queries import tasks_of

if TYPE_CHECKING:
    from people.models import Notification


@register_kind
class TextsToLookAt(LineKind):
    name = "sparring.texts_to_look_at"
    label = gettext_lazy("Texts of one's own to look at again")
    topic = Topic.REMINDERS

    def line(self, notification: Notification) -> Line | None:
        """How many, and where; never a word of them. None once all are put right."""
        count = tasks_of(notification.employee).count()
        if not count:
            return None
        tell = ngettext(
            "%(count)s text of yours may name somebody: look at it again",
            "%(count)s texts of yours may name somebody: look at them again",
            count,
        )
        return Line(tell % {"count": count}, reverse("sparring:texts_to_look_at"))
