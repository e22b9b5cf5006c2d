"""`/historier/`: the list, its filters in the address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse

from people.roles import Right
from privacy.http import no_store
from privacy.matrix import MATRIX
from stories.models import StoryIndexPage, StoryRequest
from story_library import queries
from story_library.presentation import facets

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PAGE_SIZE = 12


@no_store
def index(request: HttpRequest) -> HttpResponse:
    """Published stories as cards, newest first; not cached, so that withdrawal is immediate."""
    choice = facets.chosen(request.GET)
    stories = queries.coded_stories(request.user)
    names = queries.facet_names(choice.get("emne", ()))
    page = Paginator(facets.matching(stories, choice), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "index_page": StoryIndexPage.objects.first(),
        "stories": queries.cards(list(page.object_list)),
        "page_obj": page,
        "groups": facets.groups(stories, choice, names),
        "selected_count": sum(map(len, choice.values())),
        "chips": _chips(request, choice, names),
        "story_request_count": StoryRequest.objects.open().count(),
        "address": reverse("stories:index"),
        "may_write": MATRIX["stories:new"].allows(request.user),
        "reads": request.user.is_authenticated and request.user.may(Right.REVIEW_STORIES),
    }
    return render(request, "stories/index.html", context)


def _chips(
    request: HttpRequest,
    choice: Mapping[str, Sequence[str]],
    names: Mapping[str, Mapping[str, Any]],
) -> list[tuple[str, str]]:
    return [
        (str(names.get(name, {}).get(value, value)), facets.without(request.GET, name, value))
        for name, values in choice.items()
        for value in values
    ]
