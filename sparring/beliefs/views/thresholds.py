"""`/redaktion/graenser/`: the municipality's thresholds, with what they would do before saving.

A page of the editors' admin: inside it the municipality's coordinator and administrator alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from people.domain_form_view import DomainFormView
from people.form_errors import submit_to_domain
from sparring.beliefs.domain.thresholds import as_stored, may_set, set_thresholds
from sparring.beliefs.forms.thresholds import ThresholdsForm
from sparring.beliefs.queries.forecast import Forecast, forecast, progress

if TYPE_CHECKING:
    from django.http import HttpResponse

    from people.models import Municipality


class EditThresholds(DomainFormView):
    """Show the numbers; count what they would do, or save them and work the cases out."""

    template_name = "sparring/admin/thresholds.html"
    form_class = ThresholdsForm
    success_url = reverse_lazy("renewal_thresholds")
    done = _("The thresholds are saved.")
    town: Municipality
    forecast: Forecast | None = None

    def prepare(self) -> None:
        town = self.employee.municipality
        if town is None or not may_set(self.employee, town):
            raise PermissionDenied("Only the municipality's own coordinator or administrator does.")
        self.town = town

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"stored": self.town.renewal_thresholds}

    def act(self, form: ThresholdsForm) -> object:
        return set_thresholds(municipality=self.town, actor=self.employee, values=form.values)

    def form_valid(self, form: ThresholdsForm) -> HttpResponse:
        """Only the button that saves saves; any other counts."""
        if "save" in self.request.POST:
            return super().form_valid(form)
        if not submit_to_domain(form, lambda: self._count(form)):
            return self.form_invalid(form)
        return self.render_to_response(self.get_context_data(form=form))

    def _count(self, form: ThresholdsForm) -> None:
        self.forecast = forecast(self.town, as_stored(form.values))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            forecast=self.forecast,
            progress=progress(self.town),
            municipality=self.town,
            **kwargs,
        )
