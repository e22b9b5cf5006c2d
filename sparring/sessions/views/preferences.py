"""`/konto/sparring/`: the themes one has at heart, and what one is quietly left out of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from people.domain.availability import set_availability
from people.domain_forms_view import DomainFormsView
from people.models import Employee
from privacy.http import no_store
from sparring.bookings.domain.conflicts import declare_conflict, withdraw_conflict
from sparring.models import Conflict
from sparring.sessions.forms.preferences import ConflictForm, ThemesForm
from sparring.sessions.queries.agenda import sessions_in_conflict

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpResponse
    from django.utils.functional import Promise

    from people.http import EmployeeRequest


class OwnSparring(DomainFormsView):
    """Two small forms, each with its own button, and the exceptions one has made."""

    template_name = "sparring/own.html"
    here = "sparring:own"
    form_classes: ClassVar[Mapping[str, Callable[..., Any]]] = {
        "themes": ThemesForm,
        "conflict": ConflictForm,
    }
    done: ClassVar[Mapping[str, str | Promise]] = {"themes": gettext_lazy("Saved.")}

    def arguments(self, name: str) -> dict[str, Any]:
        if name == "conflict":
            return {"employee": self.employee}
        return {"initial": {"theme_numbers": self.employee.theme_numbers}}

    def act(self, name: str, form: forms.Form) -> object:
        if name == "conflict":
            _declare(self.request, form)
            return None
        person = Employee.objects.get(pk=self.employee.pk)
        return set_availability(actor=self.employee, employee=person, **form.cleaned_data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        declared = Conflict.objects.filter(employee=self.employee)
        return super().get_context_data(conflicts=declared.select_related("colleague"), **kwargs)


@no_store
@require_POST
def withdraw(request: EmployeeRequest, pk: int) -> HttpResponse:
    """Take an exception of one's own back."""
    conflict = get_object_or_404(Conflict, pk=pk, employee=request.user)
    withdraw_conflict(actor=request.user, conflict=conflict)
    messages.success(request, _("The exception is gone."))
    return redirect("sparring:own")


def _declare(request: EmployeeRequest, form: forms.Form) -> None:
    conflict = declare_conflict(actor=request.user, **form.cleaned_data)
    messages.success(request, _("You are left out from now on. Nobody is told."))
    if sessions_in_conflict(conflict).exists():
        messages.warning(
            request,
            _("You are in a session it is about. Say no to it, or ask for it to be called off."),
        )
