"""What a story may refer to: dilemmas of the themes, and tags that others use already."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from taggit.models import Tag

from kb.models import ThemePage
from kb.models.base import shown_to
from learning.models import Method
from stories import tagging
from stories.anonymity.texts import text_parts
from stories.models import StoryPage, StoryTag

NO_TEXT = ("tags", "slug", "seo_title", "search_description")


def dilemmas() -> dict[str, str]:
    """Key → question of every dilemma that a live theme names. One query."""
    themes = ThemePage.objects.live().order_by("number").only("dilemmas", "title")
    return {
        str(block.id): str(block.value["question"]) for theme in themes for block in theme.dilemmas
    }


def dilemma_of(user: Any, story: StoryPage) -> tuple[str, str] | None:
    """The story's dilemma and its theme's address; None if the visitor cannot open the theme."""
    if not story.dilemma:
        return None
    for theme in shown_to(ThemePage.objects.all(), user):
        for block in theme.dilemmas:
            if str(block.id) == story.dilemma:
                return str(block.value["question"]), theme.url
    return None


def tags_for(story: StoryPage) -> list[str]:
    """Tags of published stories and names of methods that the story's text speaks of."""
    used = StoryTag.objects.filter(content_object__in=StoryPage.objects.published())
    tags = Tag.objects.filter(pk__in=used.values("tag"))
    names = dict(tags.annotate(uses=Count("stories_storytag_items")).values_list("name", "uses"))
    for name in Method.objects.values_list("name", flat=True):
        names.setdefault(name.lower(), 0)
    text = "\n".join(part.text for part in text_parts(story) if part.field not in NO_TEXT)
    return tagging.suggest(text, names.items(), has=story.tags.names())
