"""`/sparring/<pk>/den-rette-kollega/`: one click, and back to the session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from people.form_errors import run_with_message
from privacy.http import no_store
from sparring.feedback.domain.colleague_answers import answer_about_colleague
from sparring.sessions.views.sessions import find

if TYPE_CHECKING:
    from people.http import EmployeeRequest


@no_store
@require_POST
def right_colleague(request: EmployeeRequest, pk: int) -> HttpResponse:
    """Store the answer of whoever brought the case; the part of the page for htmx."""
    view = find(request, pk)
    if not view.is_presenter:
        raise Http404
    answer = request.POST.get("answer", "")
    run_with_message(
        request,
        lambda: answer_about_colleague(actor=view.visitor, session=view.session, answer=answer),
    )
    if getattr(request, "htmx", False):
        context = {"session_view": find(request, pk), "saved": True}
        return render(request, "sparring/feedback/_right_colleague.html", context)
    return redirect("sparring:session", pk=pk)
