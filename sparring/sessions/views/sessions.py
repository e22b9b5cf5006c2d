"""The page of a session: preparation, the session itself, its outcome (docs/domain.md B4).

Everybody's browser asks every few seconds whether something has changed (`talk_state`); what one
writes oneself is outside the parts that are drawn anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from privacy import audit
from privacy.http import made_by_page, no_store
from sparring.enums import Answer, SessionState
from sparring.models import SparringSession, session_formats
from sparring.models.access_rule import belongs
from sparring.sessions.domain.facilitation import note_seen
from sparring.sessions.domain.steps import EARLY, LATE
from sparring.sessions.forms.sessions import BidForm, IdeaForm, KeyQuestionForm
from sparring.sessions.presenter import SessionView
from sparring.sessions.queries.sessions import participation_of, sessions_of

if TYPE_CHECKING:
    from people.http import EmployeeRequest
    from people.models import Employee
    from sparring.models import BlindBid

TEMPLATES = {
    SessionState.PLANNED: "sparring/sessions/planned.html",
    SessionState.RUNNING: "sparring/sessions/running.html",
    SessionState.AWAITING_OUTCOME: "sparring/sessions/awaiting.html",
    SessionState.CLOSED: "sparring/sessions/closed.html",
}
RELATED = ("case__target_group", "case__owner", "request", "citizens_chair")
NOTHING_NEW = 204
# What is drawn anew, in the order of `SessionView.version`; the first one brings the later ones.
PARTS = ("main", "live", "notes")
OVER = (SessionState.AWAITING_OUTCOME, SessionState.CLOSED)


@no_store
def session(request: EmployeeRequest, pk: int) -> HttpResponse:
    """The page of a session, for those who are in it."""
    view = find(request, pk)
    audit.record(
        actor=view.visitor,
        action="case.view",
        target=view.session.case,
        reason="session",
        session=view.session.pk,
    )
    return draw(request, view)


@no_store
@made_by_page
def session_state(request: EmployeeRequest, pk: int) -> HttpResponse:
    """What has changed since `v`: nothing (204), notes, bids and ideas, or the whole step."""
    session = SparringSession.objects.select_related("case", "request").filter(pk=pk).first()
    if session is not None and session.stopped_because and is_in(session, request.user):
        return _elsewhere(reverse("sparring:session_stop", args=[pk]))
    view = find(request, pk)
    following = view.next_case if view.session.state in OVER else None
    if following is not None and following.state == SessionState.RUNNING:
        return _elsewhere(reverse("sparring:session", args=[following.pk]))
    known = request.GET.get("v", "").split(".")
    present = view.version.split(".")
    if known == present:
        return HttpResponse(status=NOTHING_NEW)
    if len(known) != len(present) or known[0] != present[0]:
        return _elsewhere(reverse("sparring:session", args=[pk]))
    if view.session.state != SessionState.RUNNING:
        # The other pages have none of the parts; asking by the new version is all they do.
        return render(request, "sparring/sessions/_poll.html", {"session_view": view})
    with_forms(view)
    parts = ("main", "live", "notes")
    part = next(
        part for part, old, new in zip(parts, known[1:], present[1:], strict=True) if old != new
    )
    return render(request, "sparring/sessions/_changed.html", {"session_view": view, "part": part})


def find(request: EmployeeRequest, pk: int) -> SessionView:
    """The session as the reader may see it; 404 for everybody who is not in it."""
    employee = request.user
    session = get_object_or_404(sessions_of(employee).select_related(*RELATED), pk=pk)
    participation = participation_of(session, employee)
    if participation is None:  # given back between the two queries
        raise Http404
    if session.state == SessionState.RUNNING:
        note_seen(participation)
    return SessionView(session, participation)


def is_in(session: SparringSession, employee: Employee) -> bool:
    """Whether the employee was in the session when it was stopped, and still belongs to it."""
    participations = session.participations.filter(belongs(), employee=employee)
    return participations.exclude(answer=Answer.NO).exists()


def draw(request: HttpRequest, view: SessionView, **context: Any) -> HttpResponse:
    """The whole page; 422 when it shows a form that was not accepted."""
    with_forms(view)
    refused = any(form.errors for form in view.forms.values())
    context = {
        "session_view": view,
        "far_from_its_time": _is_far(view.session),
        **context,
    }
    template = TEMPLATES[SessionState(view.session.state)]
    if view.sees_outcome_only:
        template = "sparring/sessions/former.html"
    return render(request, template, context, status=422 if refused else 200)


def after(request: EmployeeRequest, view: SessionView, seen: str) -> HttpResponse:
    """Answer an action: what it changed for htmx, the page for a form that was refused, or back.

    `view.forms` holds the forms that were not accepted; `seen` is the layout before the action.
    The focus goes to the heading of a new layout, and stays where it is in one that stands.
    """
    fresh = find(request, view.session.pk) if not view.forms else view
    if getattr(request, "htmx", False):
        if fresh.session.state != SessionState.RUNNING:
            return _elsewhere(reverse("sparring:session", args=[fresh.session.pk]))
        with_forms(fresh)
        moved = bool(view.forms) or fresh.layout_version != seen
        return render(
            request, "sparring/sessions/_answer.html", {"session_view": fresh, "moved": moved}
        )
    if view.forms:
        return draw(request, view)
    return redirect("sparring:session", pk=view.session.pk)


def with_forms(view: SessionView) -> None:
    """Add the forms of the step that were not sent in just now."""
    session = view.session
    if view.is_presenter and session.state == SessionState.PLANNED:
        initial = {"key_question": session.request.key_question}
        view.forms.setdefault("question", KeyQuestionForm(initial=initial))
    if session.state != SessionState.RUNNING:
        return
    if session.step == session_formats.BIDS and not view.bids_open:
        view.forms.setdefault("bid", _bid_form(view.own_bid))
    if view.may_bid_again:
        view.forms.setdefault("later", _bid_form(view.own_later_bid))
    if view.may_add_idea:
        view.forms.setdefault("idea", IdeaForm(named=view.is_presenter))


def _bid_form(own: BlindBid | None) -> BidForm:
    return BidForm(initial={"value": own.value, "because": own.because} if own else {})


def _is_far(session: SparringSession) -> bool:
    return not session.starts_at - EARLY <= timezone.now() <= session.ends_at + LATE


def _elsewhere(url: str) -> HttpResponse:
    """Tell htmx to open another page: the session has ended, begun or been stopped."""
    return HttpResponse(headers={"HX-Redirect": url})
