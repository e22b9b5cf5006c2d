"""Consents of a story, and submitting it for review."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from people.form_errors import submit_to_domain
from privacy.http import no_store
from stories.domain import consents, guards, review
from stories.enums import OPEN_STATES, Party, Scope, State
from stories.forms.consent import ConsentForm

from .author import editable
from .write import path_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from people.http import EmployeeRequest
    from stories.models import StoryPage


@no_store
def consent(request: EmployeeRequest, pk: int) -> HttpResponse:
    """Register and withdraw consents; submit the story once the citizen has consented."""
    story = editable(request, pk)
    if request.method != "POST":
        return _draw(request, story, ConsentForm())
    if "withdraw" in request.POST:
        return _withdraw(request, story)
    if "send" in request.POST:
        return _send(request, story)
    form = ConsentForm(request.POST)
    if submit_to_domain(form, lambda: _register(request, story, form.cleaned_data)):
        messages.success(request, _("The consent is registered."))
        return redirect("stories:consent", pk=story.pk)
    return _draw(request, story, form, status=422)


def _register(request: EmployeeRequest, story: StoryPage, given: dict[str, Any]) -> None:
    """One consent for each scope that was chosen."""
    for scope in given["scopes"]:
        consents.register_consent(
            actor=request.user,
            story=story,
            party=given["party"],
            scope=scope,
            given_on=given["given_on"],
        )


def _withdraw(request: EmployeeRequest, story: StoryPage) -> HttpResponse:
    valid = story.consents.filter(withdrawn_at__isnull=True)
    ended = get_object_or_404(valid, pk=request.POST["withdraw"])
    story = consents.withdraw_consent(actor=request.user, consent=ended)
    if story.state == State.WITHDRAWN:
        messages.success(request, _("The consent has ended, and the story is gone."))
        return redirect("stories:mine")
    messages.success(request, _("The consent has ended."))
    return redirect("stories:consent", pk=story.pk)


def _send(request: EmployeeRequest, story: StoryPage) -> HttpResponse:
    try:
        review.submit_for_review(actor=request.user, story=story)
    except ValidationError as error:
        texts = error.messages if not hasattr(error, "error_dict") else [_("Something is missing.")]
        messages.error(request, " ".join(texts))
        return redirect("stories:consent", pk=story.pk)
    messages.success(
        request,
        _("Thank you. A colleague reads your story now. You get a mail with the answer."),
    )
    return redirect("stories:mine")


def _parties(story: StoryPage) -> list[tuple[str, str]]:
    """The parties with a consent; each can get a letter with a code."""
    given = set(story.consents.filter(withdrawn_at__isnull=True).values_list("party", flat=True))
    return [(value, str(label)) for value, label in Party.choices if value in given]


def _draw(
    request: EmployeeRequest, story: StoryPage, form: ConsentForm, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {
        "story": story,
        "form": form,
        "consents": story.consents.filter(withdrawn_at__isnull=True),
        "has_consent": guards.citizens_consent(story, Scope.INTERNAL, timezone.localdate()),
        "parties": _parties(story),
        "needs_photo": story.pictures.exists()
        and guards.citizens_consent(story, Scope.PHOTO, timezone.localdate()) is None,
        "may_send": story.state == State.CONSENT,
        "is_open": story.state in OPEN_STATES,
        "path": path_of(story, "samtykke") if story.state in OPEN_STATES else [],
    }
    return render(request, "stories/consent.html", context, status=status)
