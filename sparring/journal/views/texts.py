"""»Tekst til journalen«: made when it is asked for, looked over, copied by whoever asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from privacy import audit
from privacy.http import no_store
from sparring.beliefs.views.lookup import case_or_404
from sparring.journal.domain.texts import (
    make_belief_text,
    make_follow_up_text,
    make_session_text,
)
from sparring.journal.forms.texts import LONGEST, JournalTextForm
from sparring.journal.text_check import TextCheck, check_text
from sparring.sessions.queries.sessions import follow_ups_of, sessions_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from people.http import EmployeeRequest
    from sparring.journal.domain.texts import JournalText
    from sparring.models import Case

MOST_CONFIRMED = 200


@no_store
def session_text(request: EmployeeRequest, pk: int) -> HttpResponse:
    """The text of a closed session."""
    related = ("case__municipality", "request", "outcome__belief", "outcome__follow_up")
    sessions = sessions_of(request.user).select_related(*related, "outcome__action__responsible")
    session = get_object_or_404(sessions, pk=pk)
    try:
        made = make_session_text(actor=request.user, session=session)
    except ValidationError as error:
        raise Http404("The session is not closed.") from error
    return _first(request, session.case, made, reverse("sparring:session", args=[pk]))


@no_store
def follow_up_text(request: EmployeeRequest, pk: int) -> HttpResponse:
    """The text of a follow-up that was answered."""
    related = ("outcome__session__case__municipality", "outcome__action__responsible", "belief")
    row = get_object_or_404(follow_ups_of(request.user).select_related(*related), pk=pk)
    try:
        made = make_follow_up_text(actor=request.user, follow_up=row)
    except ValidationError as error:
        raise Http404("It has not been followed up.") from error
    back = reverse("sparring:follow_up", args=[pk])
    return _first(request, row.outcome.session.case, made, back)


@no_store
def belief_text(request: EmployeeRequest, code: str, pk: int) -> HttpResponse:
    """The text of one registered belief."""
    case = case_or_404(request.user, code)
    belief = get_object_or_404(case.beliefs.select_related("case__municipality"), pk=pk)
    made = make_belief_text(actor=request.user, belief=belief)
    return _first(request, case, made, reverse("sparring:case_detail", args=[case.code]))


@no_store
@require_POST
def check(request: EmployeeRequest) -> HttpResponse:
    """Look over what stands in the field: the part below it for htmx, else the page again."""
    text = request.POST.get("text", "")[:LONGEST].replace("\r\n", "\n")
    standing = request.POST.getlist("stands")[:MOST_CONFIRMED]
    looked_over = check_text(text, request.user, standing=standing)
    if getattr(request, "htmx", False):
        return render(request, "sparring/journal/_checked.html", {"check": looked_over})
    return _page(request, looked_over)


def _first(request: EmployeeRequest, case: Case, made: JournalText, back: str) -> HttpResponse:
    audit.record(actor=request.user, action="case.view", target=case, reason="journal")
    looked_over = check_text(made.text, request.user, named=made.named)
    return _page(request, looked_over, case=case, back=back)


def _page(request: EmployeeRequest, looked_over: TextCheck, **context: Any) -> HttpResponse:
    form = JournalTextForm(initial={"text": looked_over.text})
    context = {"form": form, "check": looked_over, **context}
    return render(request, "sparring/journal/text.html", context)
