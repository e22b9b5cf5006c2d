"""After submitting: correct a small mistake, or appeal a refusal."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.domain_form_view import DomainFormView
from stories.domain import appeals, corrections
from stories.forms.corrections import CorrectionForm
from stories.forms.review import AppealForm

from .author import editable

if TYPE_CHECKING:
    from stories.models import StoryPage, StoryReview


class CorrectStory(DomainFormView):
    """The texts, for half an hour after the story was sent or shared."""

    form_class = CorrectionForm
    template_name = "stories/correct.html"
    not_kept = "A story's words stay in the story, which is emptied when it is withdrawn."
    done = gettext_lazy("Corrected. It is read before anybody else sees it.")
    success_url = reverse_lazy("stories:mine")
    story: StoryPage
    until: datetime

    def prepare(self) -> HttpResponse | None:
        self.story = editable(self.request, self.kwargs["pk"])
        until = corrections.correctable_until(self.story)
        if until is None:
            text = _("The half hour has passed. Write a new text instead.")
            messages.error(self.request, text)
            return redirect("stories:mine")
        self.until = until
        return None

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "story": self.story}

    def act(self, form: CorrectionForm) -> object:
        values = form.changed_values()
        return corrections.correct_story(actor=self.employee, story=self.story, values=values)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(story=self.story, until=self.until, **kwargs)


class AppealRefusal(DomainFormView):
    """Appeal a refusal with a reason."""

    form_class = AppealForm
    template_name = "stories/appeal.html"
    done = gettext_lazy("Another reader looks at it. You get a mail.")
    success_url = reverse_lazy("stories:mine")
    story: StoryPage
    answer: StoryReview

    def prepare(self) -> None:
        self.story = editable(self.request, self.kwargs["pk"])
        answer = appeals.appealable(self.story)
        if answer is None:
            raise Http404
        self.answer = answer

    def act(self, form: AppealForm) -> object:
        reason = form.cleaned_data["reason"]
        return appeals.appeal(actor=self.employee, story=self.story, reason=reason)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(story=self.story, answer=self.answer, **kwargs)
