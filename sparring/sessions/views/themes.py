"""What is carried into a talk: a theme's dilemmas by one button, a story by choosing the talk."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from kb.models import ThemePage
from people.http import EmployeeRequest
from people.roles import Role
from privacy.http import no_store
from sparring.models import BroughtStory
from sparring.sessions.domain.themes import bring_story, toggle_theme
from sparring.sessions.queries.sessions import places_ahead
from stories.models import StoryPage

from .sessions import find


def bring_theme(request: EmployeeRequest, pk: int, theme: int) -> HttpResponse:
    """Lay the theme's dilemmas ready for the talk, or take them back; back to the theme's page."""
    view = find(request, pk)
    page = get_object_or_404(ThemePage.objects.live(), pk=theme)
    try:
        is_there = toggle_theme(actor=view.reader, session=view.session, theme=page)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(page.url)
    if is_there:
        messages.success(request, _("The dilemmas lie ready for your sparring."))
    else:
        messages.success(request, _("The dilemmas no longer lie ready."))
    return redirect(page.url)


@no_store
def choose_talk(request: EmployeeRequest, story: int) -> HttpResponse:
    """One's sparrings to come, each with a button that lays the story on its table or off it."""
    found = get_object_or_404(StoryPage.objects.published_for(request.user), pk=story)
    places = list(places_ahead(request.user))
    lies_in = BroughtStory.objects.filter(
        story=found, session__in=[place.session_id for place in places]
    )
    context = {
        "story": found,
        "places": places,
        "lies_in": set(lies_in.values_list("session", flat=True)),
        "has_cases": request.user.has_role(Role.CASEWORKER),
    }
    return render(request, "sparring/bring_story.html", context)


def lay_story(request: EmployeeRequest, pk: int, story: int) -> HttpResponse:
    """Lay the story on the talk's table, or with `off` take it off; back to where one chose."""
    view = find(request, pk)
    found = get_object_or_404(StoryPage.objects.published_for(view.reader), pk=story)
    is_there = "off" not in request.POST
    try:
        bring_story(actor=view.reader, session=view.session, story=found, is_there=is_there)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        laid, taken = _("The story lies on the table."), _("The story no longer lies there.")
        messages.success(request, laid if is_there else taken)
    return redirect("sparring:bring_story", found.pk)
