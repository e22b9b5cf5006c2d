"""`/sager/tekster/`: one's own words in which the nightly check found something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people.form_errors import run_with_message
from privacy import audit
from privacy.http import no_store
from sparring.texts.domain.rescan import forget_settled, let_task_stand
from sparring.texts.queries import shown_to, tasks_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from people.http import EmployeeRequest


@no_store
def texts_to_look_at(request: EmployeeRequest) -> HttpResponse:
    """What to put right, and a button for what may stand."""
    forget_settled(request.user)
    rows = shown_to(request.user)
    for case in {row.case for row in rows if row.case is not None}:
        audit.record(actor=request.user, action="case.view", target=case, reason="texts")
    return render(request, "sparring/texts/to_look_at.html", {"rows": rows})


@require_POST
def text_stands(request: EmployeeRequest, pk: int) -> HttpResponse:
    """It has been looked at and stays as it is."""
    task = get_object_or_404(tasks_of(request.user), pk=pk)
    run_with_message(
        request,
        lambda: let_task_stand(actor=request.user, task=task),
        _("It stands. You are not asked about this text again."),
    )
    return redirect("sparring:texts_to_look_at")
