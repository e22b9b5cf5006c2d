"""A story may be opened to everybody, to second readers of another unit."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from people.notification_kinds import register_kind
from stories.enums import State
from stories.notifications._about_stories import StoryKind


@register_kind
class ToOpen(StoryKind):
    """Nothing once the story is open to everybody or not shared any more."""

    name = "stories.to_open"
    label = _("A story can be opened to everybody")
    text = "to_open"
    states = (State.PUBLISHED_INTERNAL,)
