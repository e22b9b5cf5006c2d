"""The reviewers' queue and the review page (docs/domain.md B5)."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from people.form_errors import show_errors
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
    story = _reviewable(request, pk)
    if "release" in request.POST:
        claims.release_review(actor=request.user, story=story)
        return redirect("stories:queue")
    try:
        claims.claim_review(actor=request.user, story=story)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("stories:queue")
    return redirect("stories:review", pk=story.pk)


@no_store
def review_story(request: EmployeeRequest, pk: int) -> HttpResponse:
    """One story as it will be published, with marked findings and the decision form."""
    story = _reviewable(request, pk)
    if request.method == "POST":
        return _decide(request, story)
    audit.record(actor=request.user, action="story.read", target=story)
    return _render(request, story, DigestForm(initial={"digest": guards.text_digest(story)}))


def _reviewable(request: EmployeeRequest, pk: int) -> StoryPage:
    stories = StoryPage.objects.select_related("author", "municipality", "method", "guidepost")
    found = (
        stories.awaiting_review_by(request.user).filter(pk=pk).first()
        or stories.openable_by(request.user).filter(pk=pk).first()
    )
    if found is None:
        raise Http404
    return found


def _decide(request: EmployeeRequest, story: StoryPage) -> HttpResponse:
    form = SendBackForm(request.POST) if "send_back" in request.POST else DigestForm(request.POST)
    try:
        if not form.is_valid():
            return _render(request, story, form, status=422)
        _carry_out(request, story, form.cleaned_data)
    except guards.StaleText:
        messages.error(request, _("The text was changed while you read it. Read it again."))
        return redirect("stories:queue")
    except ValidationError as error:
        show_errors(form, error)
        return _render(request, story, form, status=422)
    return redirect("stories:queue")


def _carry_out(request: EmployeeRequest, story: StoryPage, answer: dict[str, str]) -> None:
    if "open" in request.POST:
        review.open_to_everybody(actor=request.user, story=story)
        messages.success(request, _("The story is open to everybody."))
    elif "approve" in request.POST:
        review.approve(actor=request.user, story=story, digest=answer["digest"])
        messages.success(request, _("The story is shared. Thank you for reading it."))
    else:
        review.send_back(actor=request.user, story=story, reason=answer["reason"])
        messages.success(request, _("The author gets your reason by mail."))


def _render(
    request: EmployeeRequest, story: StoryPage, form: DigestForm, status: int = 200
) -> HttpResponse:
    result = checking.check_story(story)
    context: dict[str, Any] = {
        "story": story,
        "form": form,
        "send_back": form
        if isinstance(form, SendBackForm)
        else SendBackForm(initial={"digest": form["digest"].value()}, auto_id="back_%s"),
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
    return render(request, "stories/review.html", context, status=status)


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
