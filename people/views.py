"""`/konto/`: the user's own hours, absences and limits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from .account_sections import sections_for
from .domain import availability
from .domain_forms_view import DomainFormsView
from .forms import WEEKDAYS, AbsenceForm, AvailabilityForm, HoursForm, initial_hours
from .models import Absence, Employee

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.utils.functional import Promise

    from .http import EmployeeRequest


class OwnAccount(DomainFormsView):
    """Three small forms, each with its own button."""

    template_name = "people/account.html"
    here = "people:account"
    form_classes: ClassVar[Mapping[str, Callable[..., Any]]] = {
        "hours": HoursForm,
        "limits": AvailabilityForm,
        "absence": AbsenceForm,
    }
    done: ClassVar[Mapping[str, str | Promise]] = {
        "hours": gettext_lazy("Your hours are saved."),
        "limits": gettext_lazy("Saved."),
        "absence": gettext_lazy("You will not be asked in that period."),
    }

    def arguments(self, name: str) -> dict[str, Any]:
        if name == "hours":
            return {"initial": initial_hours(self.employee.hours.all())}
        if name == "limits":
            return {"instance": Employee.objects.get(pk=self.employee.pk)}
        return {}

    def act(self, name: str, form: Any) -> object:
        person: dict[str, Any] = {"actor": self.employee, "employee": self.employee}
        if name == "hours":
            return availability.set_hours(**person, hours=form.hours())
        if name == "limits":
            return availability.set_availability(**person, **form.cleaned_data)
        return availability.add_absence(**person, **form.cleaned_data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        hours = kwargs["hours_form"]
        return super().get_context_data(
            days=[
                {"name": name, "start": hours[f"start_{n}"], "end": hours[f"end_{n}"]}
                for n, name in enumerate(WEEKDAYS)
            ],
            sections=sections_for(self.request),
            absences=self.employee.absences.filter(last_day__gte=timezone.localdate()),
            **kwargs,
        )


@require_POST
def remove_absence(request: EmployeeRequest, pk: int) -> HttpResponse:
    """Remove one of the employee's own periods of absence; another person's is 404."""
    absence = get_object_or_404(Absence, pk=pk, employee=request.user)
    availability.remove_absence(actor=request.user, absence=absence)
    messages.success(request, _("The period is removed."))
    return redirect("people:account")
