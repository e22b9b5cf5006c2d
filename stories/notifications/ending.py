"""A consent ends soon, to who told the story and its moderators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from people.notification_kinds import register_kind
from stories.enums import LIVE_STATES
from stories.notifications._about_stories import StoryKind

if TYPE_CHECKING:
    from stories.models import StoryPage


@register_kind
class Ending(StoryKind):
    """Leads to the story's consents; nothing once the story is off the lists."""

    name = "stories.ending"
    label = _("A consent ends soon")
    text = "ending"
    states = LIVE_STATES

    def path(self, story: StoryPage) -> str:
        return reverse("stories:consent", args=[story.pk])
