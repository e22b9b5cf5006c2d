"""Store a changed draft, and reset its anonymity check when the text is another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from stories.domain import guards
from stories.models import StoryPage
from stories.states import StorySteps

if TYPE_CHECKING:
    from people.models import Employee


def store_draft(story: StoryPage, actor: Employee, digest_before: str) -> None:
    """Save the draft as changed by `actor`; a text with another digest must be checked again."""
    story.last_editor = actor
    story.version += 1
    story.changed_at = timezone.now()
    story.save()
    if guards.text_digest(story) != digest_before:
        story.not_read_by = None
        StorySteps.CHANGE.take(story)
        story.check_verdict, story.ticks = "", []
        StoryPage.objects.filter(pk=story.pk).update(
            state=story.state, check_verdict="", ticks=story.ticks, not_read_by=None
        )
