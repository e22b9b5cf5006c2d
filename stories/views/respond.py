"""Responses to a story, and their moderation."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from people.form_errors import show_errors
from people.http import EmployeeRequest
from privacy.http import no_store
from stories.domain import responses
from stories.enums import ResponseKind, ResponseState
from stories.forms.use import RESPONSES, NotShownForm
from stories.models import StoryPage, StoryResponse
from stories.presentation.responses import responses_context


def published(request: EmployeeRequest, pk: int) -> StoryPage:
    """The story if this user may read it; otherwise 404."""
    return get_object_or_404(StoryPage.objects.published_for(request.user), pk=pk)


@no_store
def respond(request: EmployeeRequest, pk: int) -> HttpResponse:
    """Say thanks, or take any response back; htmx swaps the buttons, else back to the story."""
    story, kind = published(request, pk), request.POST.get("kind", "")
    if kind not in ResponseKind.values:
        raise Http404
    gone = responses.withdraw_response(actor=request.user, story=story, kind=kind)
    if not gone and kind == ResponseKind.THANKS:
        responses.respond(actor=request.user, story=story, kind=kind)
    if request.headers.get("HX-Request"):
        context = {"page": story, **responses_context(request.user, story)}
        return render(request, "stories/_responses.html", context)
    return redirect(f"{story.url}#responses")


@no_store
def write_response(request: EmployeeRequest, pk: int, word: str) -> HttpResponse:
    """A page for a response that says something: what happened, when, what was changed."""
    story = published(request, pk)
    if word not in RESPONSES:
        raise Http404
    kind, form_class = RESPONSES[word]
    mine = StoryResponse.objects.filter(story=story, employee=request.user, kind=kind).first()
    initial = {"text": mine.text, "planned_for": mine.planned_for} if mine else {}
    form = form_class(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            given = responses.respond(
                actor=request.user, story=story, kind=kind, **form.cleaned_data
            )
        except ValidationError as error:
            show_errors(form, error)
        else:
            messages.success(request, _thank_you(given))
            return redirect(f"{story.url}#responses")
    context = {"story": story, "form": form, "kind": kind, "mine": mine}
    return render(request, "stories/respond.html", context, status=422 if form.errors else 200)


def _thank_you(response: StoryResponse) -> str:
    if response.state == ResponseState.WAITING:
        return _("Thank you. A moderator reads it before it shows.")
    return _("Thank you. Your colleagues can see it.")


@no_store
def moderate_response(request: EmployeeRequest, pk: int) -> HttpResponse:
    """A moderator shows a waiting response, or not and says why."""
    waiting = StoryResponse.objects.filter(state=ResponseState.WAITING)
    response = get_object_or_404(waiting.exclude(employee=request.user), pk=pk)
    show = "show" in request.POST
    form = NotShownForm(request.POST)
    if not show and not form.is_valid():
        context = {"response": response, "form": form}
        return render(request, "stories/not_shown.html", context, status=422)
    responses.moderate_response(
        actor=request.user,
        response=response,
        show=show,
        reason="" if show else form.cleaned_data["reason"],
    )
    messages.success(request, _("It shows now.") if show else _("It does not show."))
    return redirect("stories:maintenance")
