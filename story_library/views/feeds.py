"""RSS: open stories for everybody, all stories at a personal secret address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from taggit.models import Tag

from kb.models import ThemePage
from people.enums import FeedKind
from people.feed_views import secret_feed
from privacy.http import no_store
from stories.models import StoryPage
from story_library.presentation.rss import MOST, rss

if TYPE_CHECKING:
    from people.models import Employee
    from stories.models.queryset import StoryQuerySet


@no_store
def open_feed(request: HttpRequest, kind: str = "", which: str = "") -> HttpResponse:
    """Stories open to everybody: all, or those of a theme or tag."""
    return _feed(request, StoryPage.objects.published().filter(is_open=True), kind, which)


@secret_feed(FeedKind.STORIES)
def own_feed(
    request: HttpRequest, owner: Employee, kind: str = "", which: str = ""
) -> HttpResponse:
    """Every story the address's owner may read."""
    stories = StoryPage.objects.published_for(owner)
    if kind == "foelger":
        return _answer(request, _followed(stories, owner), _("Stories you follow"))
    return _feed(request, stories, kind, which)


def _followed(stories: StoryQuerySet, owner: Employee) -> StoryQuerySet:
    by_theme = Q(themes__follows__employee=owner)
    return stories.filter(by_theme | Q(tagged_items__tag__follows__employee=owner))


def _feed(request: HttpRequest, stories: StoryQuerySet, kind: str, which: str) -> HttpResponse:
    title = _("Stories from Sparringsrummet")
    if kind == "tema":
        theme = ThemePage.objects.live().filter(number=which if which.isdigit() else 0).first()
        if theme is None:
            raise Http404
        stories, title = stories.filter(themes=theme), f"{title}: {theme.nav_title}"
    elif kind == "emne":
        tag = Tag.objects.filter(slug=which, stories_storytag_items__content_object__in=stories)
        found = tag.first()
        if found is None:
            raise Http404
        stories, title = stories.filter(tags=found), f"{title}: {found.name}"
    elif kind:
        raise Http404
    return _answer(request, stories, title)


def _answer(request: HttpRequest, stories: StoryQuerySet, title: str) -> HttpResponse:
    newest = stories.distinct().newest_first()[:MOST]
    text = rss(newest, title=title, path=request.path)
    return HttpResponse(text, content_type="application/rss+xml; charset=utf-8")
