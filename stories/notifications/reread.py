"""A story is to be read again, to its author: no word of the story (SEC-21)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kb.templatetags.ui import day
from people.collected_mail import Line
from people.enums import Topic
from people.notification_kinds import LineKind, register_kind
from stories.models import PeriodicReview, StoryPage

if TYPE_CHECKING:
    from people.models import Notification


@register_kind
class Reread(LineKind):
    """Nothing once the story was read again or is off the lists."""

    name = "stories.reread"
    label = gettext_lazy("A story is to be read again")
    topic = Topic.REMINDERS

    def line(self, notification: Notification) -> Line | None:
        row = PeriodicReview.objects.filter(
            pk=notification.object_id,
            settled_at__isnull=True,
            story__in=StoryPage.objects.published(),
        ).first()
        if row is None:
            return None
        text = _("One of your stories is to be read again by %(day)s: does it still hold?")
        path = reverse("stories:by_number", args=[row.story_id])
        return Line(text % {"day": day(row.due_on)}, path)
