"""Followed themes and tags, and the personal feed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kb.models import ThemePage
from people.letters import absolute
from privacy.http import no_store
from stories.domain import feeds
from stories.models import FeedKey
from stories.queries import followed_stories, followed_tags

if TYPE_CHECKING:
    from django.http import HttpResponse

    from people.http import EmployeeRequest


@no_store
def following(request: EmployeeRequest) -> HttpResponse:
    """Themes and tags one follows, their newest stories, and the key to the feed."""
    return _draw(request)


@no_store
def feed_key(request: EmployeeRequest) -> HttpResponse:
    """Create a key and show its address only once, or revoke it."""
    if "revoke" in request.POST:
        feeds.revoke_feed_key(actor=request.user)
        messages.success(request, _("The address no longer works."))
        return redirect("stories:following")
    key = feeds.make_feed_key(actor=request.user)
    return _draw(request, address=absolute(reverse("stories:own_feed", args=[key])))


def _draw(request: EmployeeRequest, address: str = "") -> HttpResponse:
    context = {
        "themes": ThemePage.objects.live()
        .filter(follows__employee=request.user)
        .order_by("number"),
        "tags": followed_tags(request.user),
        "stories": followed_stories(request.user),
        "has_key": FeedKey.objects.filter(employee=request.user).exists(),
        "address": address,
    }
    return render(request, "stories/following.html", context)
