"""The author's own stories: list, new story, and actions on a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.domain_form_view import DomainFormView
from people.form_errors import run_with_message
from privacy.http import no_store
from stories.domain import appeals, authoring, corrections, review
from stories.enums import OPEN_STATES, Decision, State
from stories.forms import fields
from stories.forms.steps import STEPS
from stories.models import StoryPage, StoryReview

if TYPE_CHECKING:
    from django.http import HttpResponse

    from people.http import EmployeeRequest


class NewForm(forms.Form):
    """A title to begin with, or none."""

    title = fields.text(
        gettext_lazy("What could it be called?"),
        longest=120,
        help_text=gettext_lazy("You can leave it empty and find the title last."),
    )


def editable(request: EmployeeRequest, pk: int) -> StoryPage:
    """The story if this person may change it; 404 otherwise, as if it did not exist."""
    stories = StoryPage.objects.editable_by(request.user)
    return get_object_or_404(stories.select_related("author", "method", "guidepost"), pk=pk)


@no_store
def mine(request: EmployeeRequest) -> HttpResponse:
    """The user's own stories with their state and the reviewers' reasons."""
    sent_back = StoryReview.objects.filter(decision=Decision.REJECTED)
    stories = (
        StoryPage.objects.written_by(request.user)
        .select_related("revises", "approved_by")
        .prefetch_related(Prefetch("reviews", queryset=sent_back, to_attr="sent_back"))
        .order_by("-changed_at")
    )
    context = {
        "stories": stories,
        "appealable": {story.pk for story in stories if appeals.may_appeal(story)},
        "correctable": {story.pk for story in stories if corrections.correctable_until(story)},
    }
    return render(request, "stories/mine.html", context)


class StartStory(DomainFormView):
    """The start page of a new story."""

    form_class = NewForm
    template_name = "stories/new.html"
    story: StoryPage

    def act(self, form: NewForm) -> object:
        self.story = authoring.start_draft(author=self.employee, title=form.cleaned_data["title"])
        return self.story

    def get_success_url(self) -> str:
        return reverse("stories:step", args=[self.story.pk, STEPS[0].slug])


@no_store
def draft(request: EmployeeRequest, pk: int) -> HttpResponse:
    """Go on where the story is."""
    story = editable(request, pk)
    if story.state in (State.RECOGNISABILITY, State.CONSENT):
        view = "stories:check" if story.state == State.RECOGNISABILITY else "stories:consent"
        return redirect(view, pk=story.pk)
    if story.state in OPEN_STATES:
        return redirect("stories:step", pk=story.pk, step=STEPS[0].slug)
    return redirect("stories:mine")


def withdraw_from_review(request: EmployeeRequest, pk: int) -> HttpResponse:
    """Withdraw the story from review to continue writing."""
    story = editable(request, pk)
    if not run_with_message(
        request,
        lambda: review.withdraw_from_review(actor=request.user, story=story),
        _("The story is yours again. Send it once you are done."),
    ):
        return redirect("stories:mine")
    return redirect("stories:step", pk=pk, step=STEPS[0].slug)


@no_store
def discard(request: EmployeeRequest, pk: int) -> HttpResponse:
    """Delete a draft, after a question."""
    story = editable(request, pk)
    if request.method != "POST":
        return render(request, "stories/discard.html", {"story": story})
    run_with_message(
        request,
        lambda: authoring.discard_draft(actor=request.user, story=story),
        _("The draft is deleted."),
    )
    return redirect("stories:mine")
