"""`/konto/`: the user's own hours, absences and limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from .account_sections import sections_for
from .domain import availability
from .forms import WEEKDAYS, AbsenceForm, AvailabilityForm, HoursForm
from .models import Absence, Employee

if TYPE_CHECKING:
    from django.http import HttpResponse

    from .http import EmployeeRequest


def _hours_form(employee: Employee, data: object = None) -> HoursForm:
    initial = {}
    for hours in employee.hours.all():
        initial[f"start_{hours.weekday}"] = hours.start
        initial[f"end_{hours.weekday}"] = hours.end
    return HoursForm(data, initial=initial, prefix="hours")


@never_cache
def account(request: EmployeeRequest) -> HttpResponse:
    """Three small forms, each with its own button."""
    employee = request.user
    which = request.POST.get("form", "")
    hours = _hours_form(employee, request.POST if which == "hours" else None)
    limits = AvailabilityForm(
        request.POST if which == "limits" else None,
        instance=Employee.objects.get(pk=employee.pk),
        prefix="limits",
    )
    absence = AbsenceForm(request.POST if which == "absence" else None, prefix="absence")
    if which == "hours" and hours.is_valid():
        availability.set_hours(actor=employee, employee=employee, hours=hours.hours())
        messages.success(request, _("Your hours are saved."))
        return redirect("people:account")
    if which == "limits" and limits.is_valid():
        availability.set_availability(actor=employee, employee=employee, **limits.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("people:account")
    if which == "absence" and absence.is_valid():
        availability.add_absence(actor=employee, employee=employee, **absence.cleaned_data)
        messages.success(request, _("You will not be asked in that period."))
        return redirect("people:account")
    context = {
        "hours_form": hours,
        "days": [
            {"name": name, "start": hours[f"start_{n}"], "end": hours[f"end_{n}"]}
            for n, name in enumerate(WEEKDAYS)
        ],
        "limits_form": limits,
        "absence_form": absence,
        "sections": sections_for(request),
        "absences": employee.absences.filter(last_day__gte=timezone.localdate()),
    }
    return render(request, "people/account.html", context, status=422 if which else 200)


@require_POST
def remove_absence(request: EmployeeRequest, pk: int) -> HttpResponse:
    """Remove one of the employee's own periods of absence; another person's is 404."""
    absence = get_object_or_404(Absence, pk=pk, employee=request.user)
    availability.remove_absence(actor=request.user, absence=absence)
    messages.success(request, _("The period is removed."))
    return redirect("people:account")
