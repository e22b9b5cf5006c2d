"""What is carried into a session.

A theme's dilemmas by one button, a story by choosing the session.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from kb.models import ThemePage
from people.roles import Role
from privacy.http import no_store
from sparring.models import SessionStory
from sparring.sessions.domain.themes import attach_story_to_session, toggle_theme
from sparring.sessions.queries.sessions import participations_ahead
from stories.models import StoryPage

from .sessions import find

if TYPE_CHECKING:
    from django.http import HttpResponse

    from people.http import EmployeeRequest


def attach_theme(request: EmployeeRequest, pk: int, theme: int) -> HttpResponse:
    """Lay the theme's dilemmas ready for the session, or take them back.

    Redirects to the theme's page.
    """
    view = find(request, pk)
    page = get_object_or_404(ThemePage.objects.live(), pk=theme)
    try:
        is_there = toggle_theme(actor=view.visitor, session=view.session, theme=page)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(page.url)
    if is_there:
        messages.success(request, _("The dilemmas lie ready for your sparring."))
    else:
        messages.success(request, _("The dilemmas no longer lie ready."))
    return redirect(page.url)


@no_store
def choose_session(request: EmployeeRequest, story: int) -> HttpResponse:
    """One's sparrings to come, each with a button that lays the story on its table or off it."""
    found = get_object_or_404(StoryPage.objects.published_for(request.user), pk=story)
    participations = list(participations_ahead(request.user))
    lies_in = SessionStory.objects.filter(
        story=found, session__in=[participation.session_id for participation in participations]
    )
    context = {
        "story": found,
        "participations": participations,
        "lies_in": set(lies_in.values_list("session", flat=True)),
        "has_cases": request.user.has_role(Role.CASEWORKER),
    }
    return render(request, "sparring/bring_story.html", context)


def attach_story(request: EmployeeRequest, pk: int, story: int) -> HttpResponse:
    """Lay the story on the session's table, or with `off` take it off; back to where one chose."""
    view = find(request, pk)
    found = get_object_or_404(StoryPage.objects.published_for(view.visitor), pk=story)
    is_there = "off" not in request.POST
    try:
        attach_story_to_session(
            actor=view.visitor, session=view.session, story=found, is_there=is_there
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        laid, lifted = _("The story lies on the table."), _("The story no longer lies there.")
        messages.success(request, laid if is_there else lifted)
    return redirect("sparring:attach_story", found.pk)
