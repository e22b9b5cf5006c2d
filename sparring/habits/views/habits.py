"""`/maanedens-vane/`: put the month's habit away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from sparring.habits.domain.habits import put_away

if TYPE_CHECKING:
    from django.http import HttpResponse

    from people.http import EmployeeRequest


@require_POST
def put_habit_away(request: EmployeeRequest) -> HttpResponse:
    """Back to the overview, without the card."""
    put_away(actor=request.user, today=timezone.localdate())
    return redirect("overview")
