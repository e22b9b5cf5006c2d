"""Search documents of stories. A story that is not published has no document."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from kb.models.approved import live_or_none
from search.engines.base import Document
from search.registry import DocumentSource, describe, register
from stories.anonymity.texts import text_parts
from stories.enums import ActionKind, StoryOutcome
from stories.models import StoryPage
from stories.target_groups import target_group_name
from stories.use_counter import uses_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

OPEN, LOGIN = frozenset({"open"}), frozenset({"login"})
NOT_TEXT = ("title", "slug", "seo_title", "search_description")


def story_document(story: StoryPage) -> Document | None:
    """A published story's document; None for every other state (SEC-20)."""
    if not story.is_published or not story.url:
        return None
    body = "\n".join(part.text for part in text_parts(story) if part.field not in NOT_TEXT)
    day = timezone.localdate(story.approved_at) if story.approved_at else None
    guidepost = live_or_none(story.guidepost)
    return Document(
        id="",
        type="",
        title=story.title,
        body=body,
        url=story.url,
        topics=tuple(theme.nav_title for theme in story.themes.all() if theme.live),
        guidepost=guidepost.title if guidepost else "",
        target_group=target_group_name(story.target_group),
        action_kinds=tuple(story.action_kinds),
        municipality=story.municipality.name,
        year=day.year if day else None,
        outcome=story.outcome,
        published=day,
        acl=OPEN if story.is_open else LOGIN,
    )


def published_stories() -> QuerySet[StoryPage]:
    """All published stories, with the related rows that documents need."""
    return (
        StoryPage.objects.published()
        .select_related("guidepost", "municipality")
        .prefetch_related("themes", "tagged_items__tag", "pictures")
    )


def readable(user: Any, pks: list[str]) -> Iterable[Any]:
    """Those of the stories that the user may read now."""
    return StoryPage.objects.published_for(user).filter(pk__in=pks).values_list("pk", flat=True)


def used(pks: list[str]) -> dict[str, str]:
    """In how many talks each was used, in words."""
    return {
        str(pk): ngettext("used in %(number)s sparring", "used in %(number)s sparrings", number)
        % {"number": number}
        for pk, number in uses_of(int(pk) for pk in pks).items()
    }


register(
    DocumentSource(
        type="story",
        label=_("Story"),
        label_plural=_("Stories"),
        model=StoryPage,
        build=story_document,
        queryset=published_stories,
        visible=readable,
        remarks=used,
    )
)
describe("action_kinds", ActionKind.choices)
describe("outcome", StoryOutcome.choices)
