"""A new story on a theme or a tag that somebody follows: no word of the story (SEC-21)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.collected_mail import Line
from people.enums import Topic
from people.notification_kinds import LineKind, register_kind
from stories.models import StoryPage

if TYPE_CHECKING:
    from people.models import Notification


@register_kind
class FollowedStory(LineKind):
    """Names the theme that is followed; nothing once the story cannot be read any more."""

    name = "story_library.followed"
    label = gettext_lazy("A new story on something the person follows")
    topic = Topic.FOLLOWED
    once_ever = True

    def line(self, notification: Notification) -> Line | None:
        employee = notification.employee
        published = StoryPage.objects.published_for(employee)
        story = published.filter(pk=notification.object_id).first()
        if story is None:
            return None
        theme = story.themes.filter(follows__employee=employee).order_by("number").first()
        if theme is None:
            text = _("A new story on something you follow")
        else:
            text = _("A new story on “%(theme)s”, which you follow") % {"theme": theme.nav_title}
        return Line(text, reverse("stories:by_number", args=[story.pk]))
