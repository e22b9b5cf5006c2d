"""Telling those who follow a theme or a tag of a story that was shared."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from people.domain.notifications import notify_all
from people.models import Employee, Notification
from privacy import audit
from stories.models import StoryPage


@transaction.atomic
def announce_story(*, story_id: int) -> int:
    """Hand in one message to each follower who may read the story; returns how many are new.

    Run twice, it tells nobody twice; a story that is gone meanwhile is told to nobody.
    """
    story = StoryPage.objects.published().filter(pk=story_id).first()
    if story is None:
        return 0
    follows = Q(theme_follows__theme__in=story.themes.all())
    follows |= Q(tag_follows__tag__in=story.tags.all())
    followers = Employee.objects.filter(follows, is_active=True).exclude(pk=story.author_id)
    new = notify_all(
        Notification(
            employee=employee,
            kind="story_library.followed",
            object_id=str(story.pk),
            key=f"story:{story.pk}:{employee.pk}",
        )
        for employee in followers.distinct()
    )
    count = len(new)
    if count:
        audit.record(actor=None, action="story.announce", target=story, people=count)
    return count
