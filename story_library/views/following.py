"""Followed themes and tags, and the personal feed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.urls import reverse

from kb.models import ThemePage
from people.enums import FeedKind
from people.feed_views import change_feed
from people.mails import absolute
from people.models import FeedToken
from privacy.http import no_store
from story_library.queries import followed_stories, followed_tags

if TYPE_CHECKING:
    from django.http import HttpResponse

    from people.http import EmployeeRequest


@no_store
def following(request: EmployeeRequest) -> HttpResponse:
    """Themes and tags one follows, their newest stories, and the address of the feed."""
    return _draw(request)


@no_store
def feed_address(request: EmployeeRequest) -> HttpResponse:
    """Revoke the feed's address, or create a new one, which is shown only once."""
    token = change_feed(request, FeedKind.STORIES)
    if not token:
        return redirect("stories:following")
    return _draw(request, address=absolute(reverse("stories:own_feed", args=[token])))


def _draw(request: EmployeeRequest, address: str = "") -> HttpResponse:
    context = {
        "themes": ThemePage.objects.live()
        .filter(follows__employee=request.user)
        .order_by("number"),
        "tags": followed_tags(request.user),
        "stories": followed_stories(request.user),
        "feed": FeedToken.objects.filter(employee=request.user, kind=FeedKind.STORIES).first(),
        "address": address,
    }
    return render(request, "stories/following.html", context)
