"""Closing a session, following up on it, and beginning a story from it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from people.form_errors import show_errors, submit_to_domain
from people.http import EmployeeRequest
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
from stories.presentation.writing_hints import hints_in, typed

from .sessions import find

REFUSED = 422


@no_store
def close(request: EmployeeRequest, pk: int) -> HttpResponse:
    """New belief, one action, a word to the citizen, a date: whoever brought the case writes it."""
    view = find(request, pk)
    if not view.is_presenter:
        raise Http404
    if not SessionSteps.CLOSE.starts_from(view.session.state):
        return redirect("sparring:session", pk=pk)
    audit.record(actor=view.visitor, action="case.view", target=view.session.case, reason="closing")
    form = ClosingForm(
        request.POST if request.method == "POST" else None,
        people=outcomes.may_be_responsible(view.session),
        case=view.session.case,
        words_at=reverse("sparring:session_words", args=[pk]),
        initial=ClosingForm.suggestions(view.visitor),
    )
    if submit_to_domain(
        form,
        lambda: outcomes.close_session(
            actor=view.visitor, session=view.session, agreement=form.agreement()
        ),
    ):
        messages.success(request, _("The session is closed. Well done."))
        return redirect("sparring:session", pk=pk)
    status = REFUSED if form.errors else 200
    context = {"view": view, "form": form, "closed_offers": closed_offers()}
    return render(request, "sparring/sessions/close.html", context, status=status)


@no_store
def words(request: EmployeeRequest, pk: int) -> HttpResponse:
    """What the language cards say of one field while it is written. Stores nothing."""
    view = find(request, pk)
    if not view.is_presenter or not SessionSteps.CLOSE.starts_from(view.session.state):
        raise Http404
    text = typed(request.POST, request.headers.get("HX-Trigger-Name", ""))
    return render(request, "stories/_found.html", {"hints": hints_in(text)})


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
    if sent.is_valid() and _answer(request, row, sent):
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


def _answer(request: EmployeeRequest, row: FollowUp, form: FollowUpForm | DropForm) -> bool:
    """Whether the domain took the answer; if not, why stands in the form."""
    values = form.cleaned_data
    try:
        if isinstance(form, DropForm):
            outcomes.drop_follow_up(
                actor=request.user, follow_up=row, because=values["dropped_because"]
            )
        else:
            outcomes.follow_up(actor=request.user, follow_up=row, **values)
    except ValidationError as error:
        show_errors(form, error)
    return not form.errors


def _may_tell(request: EmployeeRequest, row: FollowUp) -> bool:
    session = row.outcome.session
    return row.done_at is not None and session.case.owner_id == request.user.pk
