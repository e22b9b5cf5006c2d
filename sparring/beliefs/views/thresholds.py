"""`/redaktion/graenser/`: the municipality's thresholds, with what they would do before saving.

A page of the editors' admin: inside it the municipality's coordinator and administrator alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from people.form_errors import show_errors
from privacy.http import no_store
from sparring.beliefs.domain.thresholds import as_stored, may_set, set_thresholds
from sparring.beliefs.forms.thresholds import ThresholdsForm
from sparring.beliefs.queries.forecast import Forecast, forecast, progress

if TYPE_CHECKING:
    from django.http import HttpResponse

    from people.http import EmployeeRequest
    from people.models import Municipality

REFUSED = 422


@no_store
def thresholds(request: EmployeeRequest) -> HttpResponse:
    """Show the numbers; on POST count what they would do, or save them and work the cases out."""
    employee = request.user
    town = employee.municipality
    if town is None or not may_set(employee, town):
        raise PermissionDenied("Only the municipality's own coordinator or administrator does.")
    form = ThresholdsForm(
        request.POST if request.method == "POST" else None, stored=town.renewal_thresholds
    )
    counts: Forecast | None = None
    if request.method == "POST" and form.is_valid():
        try:
            if "save" in request.POST:
                set_thresholds(municipality=town, actor=employee, values=form.values)
                messages.success(request, _("The thresholds are saved."))
                return redirect("renewal_thresholds")
            counts = _counts(town, form)
        except ValidationError as error:
            show_errors(form, error)
    context = {
        "form": form,
        "forecast": counts,
        "progress": progress(town),
        "municipality": town,
    }
    status = REFUSED if form.errors else 200
    return render(request, "sparring/admin/thresholds.html", context, status=status)


def _counts(town: Municipality, form: ThresholdsForm) -> Forecast:
    return forecast(town, as_stored(form.values))
