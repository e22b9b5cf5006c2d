"""Requests for stories: ask, answer, withdraw."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from people.form_errors import run_with_message, submit_to_domain
from people.http import EmployeeRequest
from people.roles import Right
from privacy.http import no_store
from privacy.matrix import MATRIX
from stories.domain import story_requests
from stories.forms.use import AnswerForm, StoryRequestForm
from stories.models import StoryPage, StoryRequest
from stories.queries import answered_story_requests


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


@no_store
def request_story(request: EmployeeRequest) -> HttpResponse:
    """Ask colleagues; `emne` comes from a search that found nothing."""
    form = StoryRequestForm(
        request.POST or None, initial={"topic": request.GET.get("emne", "")[:120]}
    )
    if submit_to_domain(
        form, lambda: story_requests.request_story(actor=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Your colleagues can see your wish now."))
        return redirect("stories:story_requests")
    return render(
        request, "stories/request_story.html", {"form": form}, status=422 if form.errors else 200
    )


@no_store
def answer_story_request(request: EmployeeRequest, pk: int) -> HttpResponse:
    """Answer with a story, or withdraw the request."""
    found = get_object_or_404(StoryRequest.objects.open().select_related("municipality"), pk=pk)
    if "close" in request.POST:
        return _withdraw(request, found)
    stories = StoryPage.objects.published_for(request.user).order_by("title")
    form = AnswerForm(request.POST or None, stories=stories)
    if submit_to_domain(
        form,
        lambda: story_requests.answer_story_request(
            actor=request.user, story_request=found, story=form.cleaned_data["story"]
        ),
    ):
        messages.success(request, _("Thank you. The wish has its story."))
        return redirect("stories:story_requests")
    context = {
        "story_request": found,
        "form": form,
        "may_write": MATRIX["stories:new"].allows(request.user),
    }
    return render(request, "stories/answer.html", context, status=422 if form.errors else 200)


def _withdraw(request: EmployeeRequest, found: StoryRequest) -> HttpResponse:
    if found.asked_by_id != request.user.pk and not request.user.may(Right.REVIEW_STORIES):
        raise Http404
    run_with_message(
        request,
        lambda: story_requests.withdraw_story_request(actor=request.user, story_request=found),
        _("The wish is taken back."),
    )
    return redirect("stories:story_requests")
