"""A consent was taken back with a code, to who told the story and its moderators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from people.notification_kinds import register_kind
from stories.enums import State
from stories.notifications._about_stories import StoryKind

if TYPE_CHECKING:
    from stories.models import StoryPage


@register_kind
class TakenBack(StoryKind):
    """Mailed whatever has become of the story, since taking it back often ends it."""

    name = "stories.taken_back"
    label = _("A consent was taken back")
    text = "taken_back"
    states = tuple(State)

    def path(self, story: StoryPage) -> str:
        return reverse("stories:mine")
