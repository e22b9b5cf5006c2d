"""Responses to a story, and their moderation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from people.domain_form_view import DomainFormView
from privacy.http import no_store
from stories.enums import ResponseKind, ResponseState
from stories.forms.use import RESPONSES, NotShownForm
from stories.models import StoryResponse
from stories.presentation.responses import responses_context
from stories.views.lookup import published
from story_library.domain import responses

if TYPE_CHECKING:
    from django import forms

    from people.http import EmployeeRequest
    from stories.models import StoryPage


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


class WriteResponse(DomainFormView):
    """A page for a response that says something: what happened, when, what was changed."""

    template_name = "stories/respond.html"
    story: StoryPage
    kind: ResponseKind
    mine: StoryResponse | None

    def prepare(self) -> None:
        self.story = published(self.request, self.kwargs["pk"])
        if self.kwargs["word"] not in RESPONSES:
            raise Http404
        self.kind, self.form_class = RESPONSES[self.kwargs["word"]]
        given = StoryResponse.objects.filter(story=self.story, employee=self.employee)
        self.mine = given.filter(kind=self.kind).first()

    def get_initial(self) -> dict[str, Any]:
        mine = self.mine
        return {"text": mine.text, "planned_for": mine.planned_for} if mine else {}

    def act(self, form: forms.Form) -> object:
        given = responses.respond(
            actor=self.employee, story=self.story, kind=self.kind, **form.cleaned_data
        )
        messages.success(self.request, _thank_you(given))
        return given

    def get_success_url(self) -> str:
        return f"{self.story.url}#responses"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {"story": self.story, "kind": self.kind, "mine": self.mine}
        return super().get_context_data(**context, **kwargs)


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
