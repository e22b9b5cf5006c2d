"""Bookmarks and followed tags, which only the employee sees."""

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
    """Bookmark a story; a second call changes nothing."""
    if not StoryPage.objects.published_for(actor).filter(pk=story.pk).exists():
        raise PermissionDenied("Nobody keeps a story they cannot read.")
    bookmark, made = Bookmark.objects.get_or_create(story=story, employee=actor)
    if made:
        audit.record(actor=actor, action="story.keep", target=story)
    return bookmark


@transaction.atomic
def remove_bookmark(*, actor: Employee, story: StoryPage) -> bool:
    """Remove a bookmark; returns whether there was one."""
    removed, _models = Bookmark.objects.filter(story=story, employee=actor).delete()
    if removed:
        audit.record(actor=actor, action="story.let_go", target=story)
    return bool(removed)


@transaction.atomic
def follow_tag(*, actor: Employee, tag: Tag) -> TagFollow:
    """Follow the tag. Raises PermissionDenied if no published story has it."""
    readable = StoryPage.objects.published_for(actor)
    if not StoryTag.objects.filter(tag=tag, content_object__in=readable).exists():
        raise PermissionDenied("Only tags of stories that one may read are followed.")
    follow, made = TagFollow.objects.get_or_create(tag=tag, employee=actor)
    if made:
        audit.record(actor=actor, action="tag.follow", target=tag)
    return follow


@transaction.atomic
def unfollow_tag(*, actor: Employee, tag: Tag) -> bool:
    """Stop following the tag; returns whether it was followed."""
    removed, _models = TagFollow.objects.filter(tag=tag, employee=actor).delete()
    if removed:
        audit.record(actor=actor, action="tag.unfollow", target=tag)
    return bool(removed)
