"""What somebody does in a session. Each view parses, calls the domain and answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from people.domain_form_view import DomainFormView
from people.form_errors import submit_to_domain
from privacy.http import no_store
from sparring.colleagues.queries.group_sessions import next_case
from sparring.enums import SessionState
from sparring.models import SparringSession
from sparring.sessions.domain import facilitation, ideas, rounds, steps
from sparring.sessions.domain.later_bids import give_later_bid
from sparring.sessions.forms.sessions import BidForm, IdeaForm, KeyQuestionForm, StopForm
from sparring.sessions.queries.sessions import participation_of

from .sessions import after, draw, find, is_in

if TYPE_CHECKING:
    from django import forms

    from people.http import EmployeeRequest
    from people.models import Employee
    from sparring.sessions.presenter import SessionView


@no_store
def key_question(request: EmployeeRequest, pk: int) -> HttpResponse:
    """Save the key question."""
    return _by_form(
        request,
        pk,
        "question",
        KeyQuestionForm,
        lambda view, data: steps.ask_key_question(
            actor=view.visitor, session=view.session, text=data["key_question"]
        ),
    )


@no_store
def start(request: EmployeeRequest, pk: int) -> HttpResponse:
    """Begin; far from the time of the session only after a second, clear yes."""
    view = find(request, pk)
    confirmed = request.POST.get("confirmed") == "1"
    try:
        steps.start_session(actor=view.visitor, session=view.session, confirmed=confirmed)
    except steps.NotItsTime:
        return draw(request, view, ask_confirm=True)
    except ValidationError as error:
        _tell(request, error)
    return redirect("sparring:session", pk=pk)


@no_store
def step(request: EmployeeRequest, pk: int) -> HttpResponse:
    """Move everybody to another step; `from` is the one that was on the screen."""
    to, seen = _number(request, "step"), _number(request, "from")
    return _do(
        request,
        pk,
        lambda view: steps.go_to_step(
            actor=view.visitor, session=view.session, step=to or 0, from_step=seen
        ),
    )


@no_store
def bid(request: EmployeeRequest, pk: int) -> HttpResponse:
    """Write one's blind bid."""
    return _by_form(
        request,
        pk,
        "bid",
        BidForm,
        lambda view, data: rounds.give_bid(actor=view.visitor, session=view.session, **data),
    )


@no_store
def bid_again(request: EmployeeRequest, pk: int) -> HttpResponse:
    """Write a colleague's second bid, while the agreement is written."""
    return _by_form(
        request,
        pk,
        "later",
        BidForm,
        lambda view, data: give_later_bid(actor=view.visitor, session=view.session, **data),
    )


@no_store
def open_bids(request: EmployeeRequest, pk: int) -> HttpResponse:
    """Go on without the bid of one person, whom the reader names."""
    of = _number(request, "of")
    return _do(
        request,
        pk,
        lambda view: rounds.go_on_without_bid(
            actor=view.visitor, session=view.session, of=_person(view, of)
        ),
    )


@no_store
def lead(request: EmployeeRequest, pk: int) -> HttpResponse:
    """Hand the lead on to `to`; without it, take it over from somebody who is gone."""
    to = _number(request, "to")

    def do(view: SessionView) -> object:
        if to is None:
            return facilitation.take_over_lead(actor=view.visitor, session=view.session)
        return facilitation.hand_over_lead(
            actor=view.visitor, session=view.session, to=_person(view, to)
        )

    return _do(request, pk, do)


@no_store
def idea(request: EmployeeRequest, pk: int) -> HttpResponse:
    """Put an idea on the table."""
    return _by_form(
        request,
        pk,
        "idea",
        IdeaForm,
        lambda view, data: ideas.add_idea(actor=view.visitor, session=view.session, **data),
    )


@no_store
def mark(request: EmployeeRequest, pk: int, idea: int) -> HttpResponse:
    """Mark an idea with plus, minus or a question mark."""
    chosen = request.POST.get("mark", "")
    return _do(
        request,
        pk,
        lambda view: ideas.mark_idea(
            actor=view.visitor, idea=get_object_or_404(view.session.ideas, pk=idea), mark=chosen
        ),
    )


@no_store
def pass_own(request: EmployeeRequest, pk: int) -> HttpResponse:
    """Open the colleagues' ideas without an own one."""
    return _do(
        request, pk, lambda view: ideas.pass_own_idea(actor=view.visitor, session=view.session)
    )


@no_store
def choose(request: EmployeeRequest, pk: int, idea: int) -> HttpResponse:
    """Let an idea be the agreed action; where it is written already, the form follows with it."""
    view = find(request, pk)
    chosen = get_object_or_404(view.session.ideas, pk=idea)
    answer = _do(request, pk, lambda view: ideas.choose_idea(actor=view.visitor, idea=chosen))
    in_round = view.session.state == SessionState.RUNNING and view.after is not None
    if in_round or not view.may_mark:
        return answer
    form = reverse("sparring:session_close", args=[pk])
    if getattr(request, "htmx", False):
        return HttpResponse(headers={"HX-Redirect": form})
    return redirect(form)


@no_store
def ready(request: EmployeeRequest, pk: int) -> HttpResponse:
    """Say, or take back, that one would go on from the step that was on the screen."""
    step, says = _number(request, "step") or 0, request.POST.get("ready") == "1"
    return _do(
        request,
        pk,
        lambda view: facilitation.say_ready(
            actor=view.visitor, session=view.session, step=step, ready=says
        ),
    )


@no_store
def swap(request: EmployeeRequest, pk: int, card: int) -> HttpResponse:
    """Exchange a card."""
    return _do(
        request,
        pk,
        lambda view: rounds.swap(
            actor=view.visitor,
            session=view.session,
            card=get_object_or_404(view.session.cards, pk=card),
        ),
    )


@no_store
def end(request: EmployeeRequest, pk: int) -> HttpResponse:
    """End the session; the outcome is written afterwards."""
    return _do(
        request, pk, lambda view: steps.end_session(actor=view.visitor, session=view.session)
    )


class StopSession(DomainFormView):
    """The red card: asked on a page of its own, and what it says once the session is stopped."""

    form_class = StopForm
    template_name = "sparring/sessions/stop.html"
    session_view: SessionView

    def prepare(self) -> HttpResponse | None:
        pk = self.kwargs["pk"]
        sessions = SparringSession.objects.select_related("case", "request")
        session = get_object_or_404(sessions, pk=pk)
        if session.stopped_because and is_in(session, self.employee):
            return _stopped(self.request, session)
        self.session_view = find(self.request, pk)
        if self.session_view.session.state != SessionState.RUNNING:
            return redirect("sparring:session", pk=pk)
        return None

    def act(self, form: StopForm) -> object:
        view = self.session_view
        return steps.red_card(actor=view.visitor, session=view.session, **form.cleaned_data)

    def get_success_url(self) -> str:
        return self.request.path

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(session_view=self.session_view, **kwargs)


def _stopped(request: EmployeeRequest, session: SparringSession) -> HttpResponse:
    following = next_case(session)
    if following is not None and participation_of(following, request.user) is None:
        following = None
    context = {"session": session, "next_case": following}
    return render(request, "sparring/sessions/stopped.html", context)


def _by_form(
    request: EmployeeRequest,
    pk: int,
    name: str,
    form_class: type[forms.Form],
    do: Callable[[SessionView, dict[str, Any]], object],
) -> HttpResponse:
    """Call the domain with a form's values; what is refused is shown with what was typed."""
    view = find(request, pk)
    seen = view.layout_version
    form = form_class(request.POST)
    if not submit_to_domain(form, lambda: do(view, form.cleaned_data)):
        view.forms[name] = form
    return after(request, view, seen)


def _do(request: EmployeeRequest, pk: int, do: Callable[[SessionView], object]) -> HttpResponse:
    """Call the domain; what it refuses is told at the top of the page."""
    view = find(request, pk)
    seen = view.layout_version
    try:
        do(view)
    except ValidationError as error:
        _tell(request, error)
        if getattr(request, "htmx", False):
            return HttpResponse(headers={"HX-Redirect": reverse("sparring:session", args=[pk])})
    return after(request, view, seen)


def _person(view: SessionView, pk: int | None) -> Employee:
    """Somebody in the session; 404 for others."""
    found = (
        participation.employee for participation in view.people if participation.employee_id == pk
    )
    person = next(found, None)
    if person is None:
        raise Http404
    return person


def _tell(request: HttpRequest, error: ValidationError) -> None:
    messages.error(request, " ".join(error.messages))


def _number(request: HttpRequest, name: str) -> int | None:
    value = request.POST.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 9 else None
