"""“Not that week”, said of a proposal on `/sparring/`, and taken back there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people.form_errors import run_with_message
from privacy.http import no_store
from sparring.bookings.domain.declined_weeks import decline_week, take_back_week
from sparring.bookings.queries.proposals import my_proposals
from sparring.models import DeclinedWeek

if TYPE_CHECKING:
    from django.http import HttpResponse

    from people.http import EmployeeRequest


@no_store
@require_POST
def decline(request: EmployeeRequest, pk: int) -> HttpResponse:
    """Keep the week of a proposal free of one's own cases."""
    session = get_object_or_404(my_proposals(request.user), pk=pk)
    run_with_message(
        request,
        lambda: decline_week(actor=request.user, session=session),
        _("The week is kept free of your cases. The coordinator finds another time."),
    )
    return redirect("sparring:index")


@no_store
@require_POST
def take_back(request: EmployeeRequest, pk: int) -> HttpResponse:
    """The week suits after all."""
    declined = get_object_or_404(DeclinedWeek, pk=pk, employee=request.user)
    take_back_week(actor=request.user, declined=declined)
    messages.success(request, _("You can be given sessions that week again."))
    return redirect("sparring:index")
