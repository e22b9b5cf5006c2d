"""“We used it”: a story that lay on the table in a session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from privacy.http import no_store
from sparring.sessions.domain.story_uses import toggle_story_use
from stories.models import StoryPage

from .sessions import find

if TYPE_CHECKING:
    from people.http import EmployeeRequest


@no_store
def used_story(request: EmployeeRequest, pk: int, story: int) -> HttpResponse:
    """Mark or unmark a story; htmx swaps its button, so that nothing half written is lost."""
    view = find(request, pk)
    if view.sees_outcome_only:
        raise Http404
    found = get_object_or_404(StoryPage.objects.published_for(view.visitor), pk=story)
    is_used = toggle_story_use(actor=view.visitor, session=view.session, story=found)
    if getattr(request, "htmx", False):
        context = {"session_view": view, "story": found, "is_used": is_used}
        return render(request, "sparring/sessions/_used.html", context)
    return redirect("sparring:session", pk=pk)
