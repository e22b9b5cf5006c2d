"""The demo's talks use stories: some of the newest closed ones had one on the table."""

from __future__ import annotations

from django.db import transaction

from sparring.domain.story_uses import toggle_story_use
from sparring.enums import SessionState
from sparring.models import SparringSession, StoryUse
from stories.models import StoryPage

TALKS = 9


@transaction.atomic
def load() -> dict[str, int]:
    """Mark stories as used where none are; returns how many were."""
    stories = list(StoryPage.objects.published().order_by("pk"))
    if StoryUse.objects.exists() or not stories:
        return {"stories used": 0}
    talks = SparringSession.objects.filter(state=SessionState.CLOSED).select_related("case__owner")
    for number, session in enumerate(talks.order_by("-starts_at")[:TALKS]):
        # The first story is used by every second talk, the others in turn.
        story = stories[0] if number % 2 else stories[number // 2 % len(stories)]
        toggle_story_use(actor=session.case.owner, session=session, story=story)
    return {"stories used": StoryUse.objects.count()}
