"""One's own reading list and followed tags. Nobody else sees either."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction

from privacy import audit
from stories.models import Bookmark, StoryPage, StoryTag, TagFollow

if TYPE_CHECKING:
    from taggit.models import Tag

    from people.models import Employee


@transaction.atomic
def add_bookmark(*, actor: Employee, story: StoryPage) -> Bookmark:
    """Put a story on one's reading list; it being there already changes nothing."""
    if not StoryPage.objects.published_for(actor).filter(pk=story.pk).exists():
        raise PermissionDenied("Nobody keeps a story they cannot read.")
    bookmark, made = Bookmark.objects.get_or_create(story=story, employee=actor)
    if made:
        audit.record(actor=actor, action="story.keep", target=story)
    return bookmark


@transaction.atomic
def remove_bookmark(*, actor: Employee, story: StoryPage) -> bool:
    """Take a story off one's reading list; returns whether it was on it."""
    removed, _models = Bookmark.objects.filter(story=story, employee=actor).delete()
    if removed:
        audit.record(actor=actor, action="story.let_go", target=story)
    return bool(removed)


@transaction.atomic
def follow_tag(*, actor: Employee, tag: Tag) -> TagFollow:
    """Hear of new stories with the tag. Raises PermissionDenied for one no published story has."""
    readable = StoryPage.objects.published_for(actor)
    if not StoryTag.objects.filter(tag=tag, content_object__in=readable).exists():
        raise PermissionDenied("Only tags of stories that one may read are followed.")
    follow, made = TagFollow.objects.get_or_create(tag=tag, employee=actor)
    if made:
        audit.record(actor=actor, action="tag.follow", target=tag)
    return follow


@transaction.atomic
def unfollow_tag(*, actor: Employee, tag: Tag) -> bool:
    """Hear no more of the tag; returns whether it was followed."""
    removed, _models = TagFollow.objects.filter(tag=tag, employee=actor).delete()
    if removed:
        audit.record(actor=actor, action="tag.unfollow", target=tag)
    return bool(removed)
