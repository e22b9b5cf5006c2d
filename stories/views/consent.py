"""Consents of a story, and submitting it for review."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.domain_form_view import DomainFormView
from stories.domain import consents, guards, review
from stories.enums import OPEN_STATES, Party, Scope, State
from stories.forms.consent import ConsentForm

from .author import editable
from .write import path_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from people.http import EmployeeRequest
    from stories.models import StoryPage


class RegisterConsent(DomainFormView):
    """Register and withdraw consents; submit the story once the citizen has consented."""

    form_class = ConsentForm
    template_name = "stories/consent.html"
    done = gettext_lazy("The consent is registered.")
    story: StoryPage

    def prepare(self) -> None:
        self.story = editable(self.request, self.kwargs["pk"])

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "withdraw" in request.POST:
            return _withdraw(self.request, self.story)
        if "send" in request.POST:
            return _send(self.request, self.story)
        return super().post(request, *args, **kwargs)

    def act(self, form: ConsentForm) -> None:
        """One consent for each scope that was chosen."""
        given = form.cleaned_data
        for scope in given["scopes"]:
            consents.register_consent(
                actor=self.employee,
                story=self.story,
                party=given["party"],
                scope=scope,
                given_on=given["given_on"],
            )

    def get_success_url(self) -> str:
        return reverse("stories:consent", args=[self.story.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**_shown(self.story), **kwargs)


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


def _shown(story: StoryPage) -> dict[str, Any]:
    return {
        "story": story,
        "consents": story.consents.filter(withdrawn_at__isnull=True),
        "has_consent": guards.citizens_consent(story, Scope.INTERNAL, timezone.localdate()),
        "parties": _parties(story),
        "needs_photo": story.pictures.exists()
        and guards.citizens_consent(story, Scope.PHOTO, timezone.localdate()) is None,
        "may_send": story.state == State.CONSENT,
        "is_open": story.state in OPEN_STATES,
        "path": path_of(story, "samtykke") if story.state in OPEN_STATES else [],
    }
