"""A session that passed without having begun: its caseworker says that it was not held."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people.form_errors import run_with_message
from sparring.models import SparringSession
from sparring.sessions.domain.overdue import mark_not_held

if TYPE_CHECKING:
    from django.http import HttpResponse

    from people.http import EmployeeRequest


@require_POST
def not_held(request: EmployeeRequest, pk: int) -> HttpResponse:
    """Back to one's sessions; the request is on the list again."""
    mine = SparringSession.objects.filter(case__owner=request.user)
    session = get_object_or_404(mine, pk=pk)
    run_with_message(
        request,
        lambda: mark_not_held(session=session, actor=request.user),
        _("Noted. Your request is on the list again."),
    )
    return redirect("sparring:index")
