"""`/konto/sparring/`: the themes one has at heart, and what one is quietly left out of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people.domain.availability import set_availability
from people.form_errors import submit_to_domain
from people.models import Employee
from privacy.http import no_store
from sparring.bookings.domain.conflicts import declare_conflict, withdraw_conflict
from sparring.models import Conflict
from sparring.sessions.forms.preferences import ConflictForm, ThemesForm
from sparring.sessions.queries.agenda import sessions_in_conflict

if TYPE_CHECKING:
    from django.http import HttpResponse

    from people.http import EmployeeRequest

REFUSED = 422


@no_store
def own(request: EmployeeRequest) -> HttpResponse:
    """Two small forms, each with its own button, and the exceptions one has made."""
    employee = request.user
    which = request.POST.get("form", "")
    themes = ThemesForm(
        request.POST if which == "themes" else None,
        initial={"theme_numbers": employee.theme_numbers},
    )
    conflict = ConflictForm(request.POST if which == "conflict" else None, employee=employee)
    if which == "themes" and themes.is_valid():
        person = Employee.objects.get(pk=employee.pk)
        set_availability(actor=employee, employee=person, **themes.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("sparring:own")
    if which == "conflict" and submit_to_domain(conflict, lambda: _declare(request, conflict)):
        return redirect("sparring:own")
    context = {
        "themes_form": themes,
        "conflict_form": conflict,
        "conflicts": Conflict.objects.filter(employee=employee).select_related("colleague"),
    }
    return render(request, "sparring/own.html", context, status=REFUSED if which else 200)


@no_store
@require_POST
def withdraw(request: EmployeeRequest, pk: int) -> HttpResponse:
    """Take an exception of one's own back."""
    conflict = get_object_or_404(Conflict, pk=pk, employee=request.user)
    withdraw_conflict(actor=request.user, conflict=conflict)
    messages.success(request, _("The exception is gone."))
    return redirect("sparring:own")


def _declare(request: EmployeeRequest, form: ConflictForm) -> None:
    conflict = declare_conflict(actor=request.user, **form.cleaned_data)
    messages.success(request, _("You are left out from now on. Nobody is told."))
    if sessions_in_conflict(conflict).exists():
        messages.warning(
            request,
            _("You are in a session it is about. Say no to it, or ask for it to be called off."),
        )
