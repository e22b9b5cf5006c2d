"""An author asks for a second reader, to approvers who may answer."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from people.notification_kinds import register_kind
from stories.enums import State
from stories.notifications._about_stories import StoryKind


@register_kind
class Appeal(StoryKind):
    """Nothing once the story is not being read any more, as when it is answered."""

    name = "stories.appeal"
    label = _("An author asks a second reader")
    text = "appeal"
    states = (State.READING,)
