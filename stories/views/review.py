"""The reviewers' queue and the review page (docs/domain.md B5)."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _

from people.domain_form_view import DomainFormView
from people.form_errors import run_with_message
from privacy import audit
from privacy.http import no_store
from stories.anonymity.texts import TextPart, text_parts
from stories.domain import anonymity_set, checking, claims, guards, review
from stories.enums import State
from stories.forms.review import DigestForm, SendBackForm
from stories.models import ReviewClaim, StoryPage
from stories.presentation import story_page
from stories.presentation.belief_figure import belief_figure
from stories.presentation.marking import marked

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.utils.safestring import SafeString

    from people.http import EmployeeRequest


@no_store
def queue(request: EmployeeRequest) -> HttpResponse:
    """Stories that wait for this reviewer, oldest first; and those they may open to everybody."""
    stories = StoryPage.objects.select_related("author", "municipality", "claim__reviewer")
    context = {
        "today": timezone.localdate(),
        "now": timezone.now(),
        "waiting": stories.awaiting_review_by(request.user).order_by("due_on", "pk"),
        "openable": stories.openable_by(request.user).order_by("approved_at", "pk"),
    }
    return render(request, "stories/queue.html", context)


@no_store
def claim(request: EmployeeRequest, pk: int) -> HttpResponse:
    """I am looking at it, or I am not any more."""
    story, reviewer = _reviewable(request, pk), request.user
    if "release" in request.POST:
        claims.release_review(actor=reviewer, story=story)
        return redirect("stories:queue")
    if not run_with_message(request, lambda: claims.claim_review(actor=reviewer, story=story)):
        return redirect("stories:queue")
    return redirect("stories:review", pk=story.pk)


def _reviewable(request: EmployeeRequest, pk: int) -> StoryPage:
    stories = StoryPage.objects.select_related("author", "municipality", "method", "guidepost")
    found = (
        stories.awaiting_review_by(request.user).filter(pk=pk).first()
        or stories.openable_by(request.user).filter(pk=pk).first()
    )
    if found is None:
        raise Http404
    return found


class ReviewStory(DomainFormView):
    """One story as it will be published, with marked findings and the decision form."""

    template_name = "stories/review.html"
    success_url = reverse_lazy("stories:queue")
    not_kept = "One field beside a decision; what is refused stays on the page."
    story: StoryPage

    def prepare(self) -> None:
        self.story = _reviewable(self.request, self.kwargs["pk"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        audit.record(actor=self.employee, action="story.read", target=self.story)
        return super().get(request, *args, **kwargs)

    def get_form_class(self) -> type[DigestForm]:
        return SendBackForm if "send_back" in self.request.POST else DigestForm

    def get_initial(self) -> dict[str, Any]:
        return {"digest": guards.text_digest(self.story)}

    def form_valid(self, form: DigestForm) -> HttpResponse:
        try:
            return super().form_valid(form)
        except guards.StaleText:
            text = _("The text was changed while you read it. Read it again.")
            messages.error(self.request, text)
            return redirect("stories:queue")

    def act(self, form: DigestForm) -> None:
        actor, story, answer = self.employee, self.story, form.cleaned_data
        if "open" in self.request.POST:
            review.open_to_everybody(actor=actor, story=story)
            messages.success(self.request, _("The story is open to everybody."))
        elif "approve" in self.request.POST:
            review.approve(actor=actor, story=story, digest=answer["digest"])
            messages.success(self.request, _("The story is shared. Thank you for reading it."))
        else:
            review.send_back(actor=actor, story=story, reason=answer["reason"])
            messages.success(self.request, _("The author gets your reason by mail."))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, **_shown(self.story), "send_back": _to_send_back(context["form"])}


def _to_send_back(form: DigestForm) -> SendBackForm:
    """The form beside the decision; what was typed into it stays."""
    if isinstance(form, SendBackForm):
        return form
    return SendBackForm(initial={"digest": form["digest"].value()}, auto_id="back_%s")


def _shown(story: StoryPage) -> dict[str, Any]:
    result = checking.check_story(story)
    return {
        "story": story,
        "parts": _parts(story, result),
        "excused": [item for item in result.found if item.reason],
        "facts": story_page.facts(story),
        "figure": belief_figure(story.caseworker_beliefs, story.citizen_beliefs),
        "consents": story.consents.filter(withdrawn_at__isnull=True),
        "is_opening": story.state == State.PUBLISHED_INTERNAL,
        "before": story.reviews.select_related("reviewer"),
        "appeal": story.appeals.first() if story.not_read_by_id else None,
        "anonymity_set": anonymity_set.anonymity_set_of(story),
        "pictures": story.pictures.prefetch_related("renditions"),
        "claim": ReviewClaim.objects.filter(story=story, until__gt=timezone.now())
        .select_related("reviewer")
        .first(),
    }


def _parts(story: StoryPage, result: checking.StoryCheck) -> list[dict[str, Any]]:
    """The texts with what was found marked; texts of one field stand together."""
    parts: list[dict[str, Any]] = []
    for field, group in groupby(text_parts(story), key=lambda part: part.field):
        texts = list(group)
        if field != "slug":
            parts.append({"label": texts[0].label, "texts": [_marked(t, result) for t in texts]})
    return parts


def _marked(part: TextPart, result: checking.StoryCheck) -> SafeString:
    return marked(part.text, [item.finding for item in result.found if item.part == part])
