"""Requests for stories: ask, answer, withdraw."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.domain_form_view import DomainFormView
from people.form_errors import run_with_message
from people.roles import Right
from privacy.http import no_store
from privacy.matrix import MATRIX
from stories.models import StoryPage, StoryRequest
from story_library.domain import story_requests
from story_library.forms.story_requests import AnswerForm, StoryRequestForm
from story_library.queries import answered_story_requests

if TYPE_CHECKING:
    from people.http import EmployeeRequest


@no_store
def index(request: EmployeeRequest) -> HttpResponse:
    """Open requests, and the latest answered ones."""
    context = {
        "story_requests": StoryRequest.objects.open().select_related("municipality"),
        "answered": answered_story_requests(request.user),
        "may_write": MATRIX["stories:new"].allows(request.user),
        "moderates": request.user.may(Right.REVIEW_STORIES),
    }
    return render(request, "stories/story_requests.html", context)


class RequestStory(DomainFormView):
    """Ask colleagues; `emne` comes from a search that found nothing."""

    form_class = StoryRequestForm
    template_name = "stories/request_story.html"
    done = gettext_lazy("Your colleagues can see your request now.")
    success_url = reverse_lazy("stories:story_requests")

    def get_initial(self) -> dict[str, Any]:
        return {"topic": self.request.GET.get("emne", "")[:120]}

    def act(self, form: StoryRequestForm) -> object:
        return story_requests.request_story(actor=self.employee, **form.cleaned_data)


class AnswerStoryRequest(DomainFormView):
    """Answer with a story, or withdraw the request."""

    form_class = AnswerForm
    template_name = "stories/answer.html"
    done = gettext_lazy("Thank you. The request has its story.")
    success_url = reverse_lazy("stories:story_requests")
    story_request: StoryRequest

    def prepare(self) -> HttpResponse | None:
        requests = StoryRequest.objects.open().select_related("municipality")
        self.story_request = get_object_or_404(requests, pk=self.kwargs["pk"])
        if "close" in self.request.POST:
            return _withdraw(self.request, self.story_request)
        return None

    def get_form_kwargs(self) -> dict[str, Any]:
        stories = StoryPage.objects.published_for(self.employee).order_by("title")
        return {**super().get_form_kwargs(), "stories": stories}

    def act(self, form: AnswerForm) -> object:
        return story_requests.answer_story_request(
            actor=self.employee,
            story_request=self.story_request,
            story=form.cleaned_data["story"],
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_write = MATRIX["stories:new"].allows(self.employee)
        context = {"story_request": self.story_request, "may_write": may_write}
        return super().get_context_data(**context, **kwargs)


def _withdraw(request: EmployeeRequest, found: StoryRequest) -> HttpResponse:
    if found.asked_by_id != request.user.pk and not request.user.may(Right.REVIEW_STORIES):
        raise Http404
    run_with_message(
        request,
        lambda: story_requests.withdraw_story_request(actor=request.user, story_request=found),
        _("The request is withdrawn."),
    )
    return redirect("stories:story_requests")
