"""The reading list, and following tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from taggit.models import Tag

from privacy.http import no_store
from stories.models import StoryPage
from stories.views.lookup import published
from story_library.domain import bookmarks
from story_library.queries import bookmarked_by

if TYPE_CHECKING:
    from django.http import HttpResponse

    from people.http import EmployeeRequest


@no_store
def reading_list(request: EmployeeRequest) -> HttpResponse:
    """Bookmarked stories, the latest first."""
    return render(request, "stories/reading_list.html", {"stories": bookmarked_by(request.user)})


@no_store
def keep(request: EmployeeRequest, pk: int) -> HttpResponse:
    """`keep=yes` puts the story on the list, anything else takes it off; back to the story."""
    if request.POST.get("keep") == "yes":
        story = published(request, pk)
        bookmarks.add_bookmark(actor=request.user, story=story)
        messages.success(request, _("The story is on your reading list."))
    else:
        story = get_object_or_404(StoryPage.objects.filter(bookmarks__employee=request.user), pk=pk)
        bookmarks.remove_bookmark(actor=request.user, story=story)
        messages.success(request, _("The story is off your reading list."))
    return redirect("stories:reading_list" if "list" in request.POST else story.url)


@no_store
def follow_tag(request: EmployeeRequest, slug: str) -> HttpResponse:
    """`follow=yes` follows the tag, anything else stops."""
    if request.POST.get("follow") == "yes":
        readable = StoryPage.objects.published_for(request.user)
        tags = Tag.objects.filter(stories_storytag_items__content_object__in=readable)
        tag = get_object_or_404(tags.distinct(), slug=slug)
        bookmarks.follow_tag(actor=request.user, tag=tag)
        messages.success(request, _("You follow the tag. We write when there are new stories."))
    else:
        tag = get_object_or_404(Tag.objects.filter(follows__employee=request.user), slug=slug)
        bookmarks.unfollow_tag(actor=request.user, tag=tag)
        messages.success(request, _("You no longer follow the tag."))
    return redirect("stories:following")
