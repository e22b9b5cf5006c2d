"""Queries for the list of stories and for what an employee keeps of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q
from taggit.models import Tag

from kb.models import Guidepost, ThemePage
from stories.enums import ActionKind, StoryOutcome
from stories.models import StoryPage, StoryRequest
from stories.target_groups import target_groups
from story_library.presentation.facets import Coded

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from people.models import Employee


def coded_stories(user: Employee | AnonymousUser) -> list[Coded]:
    """Every story this user may read, newest first, as its codes. One query."""
    rows = (
        StoryPage.objects.published_for(user)
        .newest_first()
        .annotate(
            numbers=ArrayAgg(
                "themes__number", filter=Q(themes__live=True), default=[], distinct=True
            ),
            slugs=ArrayAgg(
                "tagged_items__tag__slug",
                filter=Q(tagged_items__tag__isnull=False),
                default=[],
                distinct=True,
            ),
        )
        .values_list(
            "pk",
            "numbers",
            "guidepost__slug",
            "action_kinds",
            "target_group",
            "outcome",
            "slugs",
        )
    )
    return [
        Coded(
            pk,
            {
                "tema": [str(number) for number in numbers],
                "pejlemaerke": [guidepost] if guidepost else [],
                "handling": kinds,
                "maalgruppe": [group] if group else [],
                "udfald": [outcome] if outcome else [],
                "emne": slugs,
            },
        )
        for pk, numbers, guidepost, kinds, group, outcome, slugs in rows
    ]


def facet_names(tags: Sequence[str] = ()) -> dict[str, dict[str, Any]]:
    """Group → value → its name, of tags only the chosen ones. Three small queries, or four."""
    themes = ThemePage.objects.live().order_by("number").values_list("number", "nav_title")
    return {
        "tema": {str(number): title for number, title in themes},
        "pejlemaerke": dict(Guidepost.objects.shown().values_list("slug", "title")),
        "handling": dict(ActionKind.choices),
        "maalgruppe": target_groups(),
        "udfald": dict(StoryOutcome.choices),
        "emne": dict(Tag.objects.filter(slug__in=tags).values_list("slug", "name")),
    }


def cards(pks: Sequence[int]) -> list[StoryPage]:
    """These stories in this order, with what a card shows."""
    found = StoryPage.objects.select_related("municipality").in_bulk(list(pks))
    return [found[pk] for pk in pks if pk in found]


def bookmarked_by(employee: Employee) -> list[StoryPage]:
    """The reading list: bookmarked stories, latest first, without unpublished ones."""
    stories = StoryPage.objects.published_for(employee).filter(bookmarks__employee=employee)
    return list(stories.select_related("municipality").order_by("-bookmarks__pk"))


def answered_story_requests(user: Employee, most: int = 5) -> list[StoryRequest]:
    """The latest answered requests whose story this user may read."""
    stories = StoryPage.objects.published_for(user)
    answered = StoryRequest.objects.filter(answered_by__in=stories).order_by("-answered_at")
    return list(answered.select_related("answered_by", "municipality")[:most])


def followed_tags(employee: Employee) -> list[Tag]:
    """The tags an employee follows, by name."""
    return list(Tag.objects.filter(follows__employee=employee).order_by("name"))


def followed_stories(employee: Employee, most: int = 6) -> list[StoryPage]:
    """The newest stories with a followed theme or tag."""
    by_theme = Q(themes__follows__employee=employee)
    by_tag = Q(tagged_items__tag__follows__employee=employee)
    stories = StoryPage.objects.published_for(employee).filter(by_theme | by_tag)
    return list(stories.distinct().select_related("municipality").newest_first()[:most])
