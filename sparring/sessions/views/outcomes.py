"""Closing a session, following up on it, and beginning a story from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy

from form_drafts.kept_form import asks_about_draft
from people.domain_form_view import DomainFormView
from people.form_errors import submit_to_domain
from privacy import audit
from privacy.http import no_store
from sparring.beliefs.queries.offers import closed_offers
from sparring.enums import SessionState
from sparring.models import FollowUp, Outcome
from sparring.sessions.domain import outcomes
from sparring.sessions.domain.story_draft import draft_story
from sparring.sessions.forms.sessions import ClosingForm, DropForm, FollowUpForm
from sparring.sessions.queries.sessions import follow_ups_of
from sparring.shared.draft_subjects import draft_subject_of
from sparring.states import SessionSteps

from .sessions import find

if TYPE_CHECKING:
    from people.http import EmployeeRequest
    from sparring.models import Case
    from sparring.sessions.presenter import SessionView

REFUSED = 422
SAVED = gettext_lazy("Thank you. The follow-up is saved.")
MOST_OF_ACTION = 200


class CloseSession(DomainFormView):
    """New belief, one action, a word to the citizen, a date: whoever brought the case writes it."""

    form_class = ClosingForm
    template_name = "sparring/sessions/close.html"
    done = gettext_lazy("The session is closed. Well done.")
    session_view: SessionView

    def prepare(self) -> HttpResponse | None:
        view = self.session_view = find(self.request, self.kwargs["pk"])
        if not view.is_presenter:
            raise Http404
        if not SessionSteps.CLOSE.starts_from(view.session.state):
            return redirect(self.get_success_url())
        _note_view(self.request, view.session.case, "closing")
        return None

    @property
    def draft_subject(self) -> str:
        return draft_subject_of(self.session_view.session.case)

    def get_initial(self) -> dict[str, Any]:
        chosen = self.session_view.chosen_idea
        agreed = {"what": chosen.text[:MOST_OF_ACTION]} if chosen else {}
        return {**ClosingForm.suggestions(self.session_view.visitor), **agreed}

    def get_form_kwargs(self) -> dict[str, Any]:
        session = self.session_view.session
        people = outcomes.may_be_responsible(session)
        own = {
            "people": people,
            "case": session.case,
            "stored": [note.text for note in session.notes.filter(employee=self.employee)],
        }
        return {**super().get_form_kwargs(), **own}

    def act(self, form: ClosingForm) -> object:
        view = self.session_view
        agreement = form.agreement()
        return outcomes.close_session(actor=view.visitor, session=view.session, agreement=agreement)

    def get_success_url(self) -> str:
        return reverse("sparring:session", args=[self.kwargs["pk"]])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {"session_view": self.session_view, "closed_offers": closed_offers()}
        return super().get_context_data(**context, **kwargs)


class AnswerFollowUp(DomainFormView):
    """Did what was agreed happen? The caseworker's or the responsible person's page."""

    form_class = FollowUpForm
    template_name = "sparring/sessions/follow_up.html"
    done = SAVED
    follow_up: FollowUp
    drop: DropForm

    @property
    def draft_subject(self) -> str:
        return draft_subject_of(self.follow_up.outcome.session.case)

    @property
    def owns(self) -> bool:
        """Whether it is the caseworker's own case; the responsible person is asked less."""
        return self.follow_up.outcome.session.case.owner_id == self.employee.pk

    def prepare(self) -> HttpResponse | None:
        self.follow_up = get_object_or_404(follow_ups_of(self.employee), pk=self.kwargs["pk"])
        _note_view(self.request, self.follow_up.outcome.session.case, "follow-up")
        dropping = self.request.POST.get("form") == "drop"
        self.drop = DropForm(self.request.POST if dropping else None)
        return self._dropped() if dropping else None

    def _dropped(self) -> HttpResponse:
        if not submit_to_domain(self.drop, self._drop):
            context = self.get_context_data(form=FollowUpForm(owns=self.owns))
            return self.render_to_response(context, status=REFUSED)
        self.forget_draft()
        messages.success(self.request, SAVED)
        return redirect(self.get_success_url())

    def _drop(self) -> FollowUp:
        because = self.drop.cleaned_data["dropped_because"]
        return outcomes.drop_follow_up(
            actor=self.employee, follow_up=self.follow_up, because=because
        )

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "owns": self.owns}

    def act(self, form: FollowUpForm) -> object:
        values = form.cleaned_data
        return outcomes.follow_up(actor=self.employee, follow_up=self.follow_up, **values)

    def get_success_url(self) -> str:
        return reverse("sparring:follow_up", args=[self.follow_up.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {
            "follow_up": self.follow_up,
            "drop": self.drop,
            "owns": self.owns,
            "may_tell": self.follow_up.done_at is not None and self.owns,
        }
        return super().get_context_data(**context, **kwargs)


@no_store
def story(request: EmployeeRequest, pk: int) -> HttpResponse:
    """Begin a story from a closed session, or go on with the one that was begun."""
    view = find(request, pk)
    if not view.is_presenter or view.session.state != SessionState.CLOSED:
        raise Http404
    outcome = get_object_or_404(Outcome, session=view.session)
    try:
        draft = draft_story(actor=view.visitor, outcome=outcome)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("sparring:session", pk=pk)
    return redirect("stories:draft", pk=draft.pk)


def _note_view(request: EmployeeRequest, case: Case, reason: str) -> None:
    """Somebody opened or sent a page about the case; what it saves by itself is no further look."""
    if not asks_about_draft(request):
        audit.record(actor=request.user, action="case.view", target=case, reason=reason)
