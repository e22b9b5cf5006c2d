"""Closing a session, following up on it, and beginning a story from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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
from sparring.states import SessionSteps

from .sessions import find

if TYPE_CHECKING:
    from people.http import EmployeeRequest
    from sparring.sessions.presenter import SessionView

REFUSED = 422


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
        case = view.session.case
        audit.record(actor=view.visitor, action="case.view", target=case, reason="closing")
        return None

    def get_initial(self) -> dict[str, Any]:
        return ClosingForm.suggestions(self.session_view.visitor)

    def get_form_kwargs(self) -> dict[str, Any]:
        session = self.session_view.session
        people = outcomes.may_be_responsible(session)
        own = {"people": people, "case": session.case, "stored": [session.notes]}
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


@no_store
def follow_up(request: EmployeeRequest, pk: int) -> HttpResponse:
    """Did what was agreed happen? The caseworker's or the responsible person's page."""
    row = get_object_or_404(follow_ups_of(request.user), pk=pk)
    audit.record(
        actor=request.user, action="case.view", target=row.outcome.session.case, reason="follow-up"
    )
    dropping = request.POST.get("form") == "drop"
    answering = request.method == "POST" and not dropping
    owns = row.outcome.session.case.owner_id == request.user.pk
    form = FollowUpForm(request.POST if answering else None, owns=owns)
    drop = DropForm(request.POST if dropping else None)
    sent = drop if dropping else form
    if submit_to_domain(sent, lambda: _answer(request, row, sent)):
        messages.success(request, _("Thank you. The follow-up is saved."))
        return redirect("sparring:follow_up", pk=pk)
    context = {
        "follow_up": row,
        "form": form,
        "drop": drop,
        "owns": owns,
        "may_tell": _may_tell(request, row),
    }
    status = REFUSED if sent.errors else 200
    return render(request, "sparring/sessions/follow_up.html", context, status=status)


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


def _answer(request: EmployeeRequest, row: FollowUp, form: FollowUpForm | DropForm) -> FollowUp:
    values = form.cleaned_data
    if isinstance(form, DropForm):
        because = values["dropped_because"]
        return outcomes.drop_follow_up(actor=request.user, follow_up=row, because=because)
    return outcomes.follow_up(actor=request.user, follow_up=row, **values)


def _may_tell(request: EmployeeRequest, row: FollowUp) -> bool:
    session = row.outcome.session
    return row.done_at is not None and session.case.owner_id == request.user.pk
