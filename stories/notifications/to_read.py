"""A story waits to be read, to approvers who may read it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from people.notification_kinds import register_kind
from stories.enums import State
from stories.notifications._about_stories import StoryKind


@register_kind
class ToRead(StoryKind):
    """Nothing once the story was read or taken out of the queue."""

    name = "stories.to_read"
    label = _("A story waits to be read")
    text = "to_read"
    states = (State.READING,)
