"""Saying in a session that a story was used, or taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction

from privacy import audit
from sparring.enums import ParticipantRole
from sparring.models import SparringSession, StoryUse
from sparring.sessions.queries.sessions import participation_of

if TYPE_CHECKING:
    from people.models import Employee
    from stories.models import StoryPage


@transaction.atomic
def toggle_story_use(*, actor: Employee, session: SparringSession, story: StoryPage) -> bool:
    """Mark that the session used the story, or unmark it; returns whether it stands now.

    Anybody in the session may. Raises PermissionDenied for others and for a story they cannot read.
    """
    readable = type(story).objects.published_for(actor).filter(pk=story.pk).exists()
    participation = participation_of(session, actor)
    if participation is None or participation.role == ParticipantRole.FORMER or not readable:
        raise PermissionDenied("Only those in a session say which stories it used.")
    use, created = StoryUse.objects.get_or_create(session=session, story=story)
    if not created:
        use.delete()
    audit.record(actor=actor, action="story.use", target=story, used=created)
    return created
