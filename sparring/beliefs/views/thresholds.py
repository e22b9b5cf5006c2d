"""`/sparring/graenser/`: the municipality's thresholds, with what they would do before saving.

Its coordinator and administrator set them; its leaders read them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.domain_form_view import MunicipalityFormView, TriedFormView
from sparring.beliefs.domain.thresholds import as_stored, may_read, may_set, set_thresholds
from sparring.beliefs.forms.thresholds import ThresholdsForm, differences
from sparring.beliefs.queries.forecast import Forecast, forecast, progress

if TYPE_CHECKING:
    from collections.abc import Mapping

    from people.models import Municipality

USUAL = "normalt"
SHOWN_CHANGES = 10


class EditThresholds(MunicipalityFormView, TriedFormView):
    """Show the numbers; count what they would do, or save them and work the cases out.

    `?fra=<change>` proposes the numbers from before that change and `?fra=normalt` the usual ones:
    nothing is saved before somebody does.
    """

    template_name = "sparring/beliefs/thresholds.html"
    not_kept = "The page shows the numbers that hold; earlier ones are a click away."
    form_class = ThresholdsForm
    success_url = reverse_lazy("sparring:thresholds")
    done = _("The thresholds are saved.")
    closed = "Only the municipality's own people see them."
    forecast: Forecast | None = None

    def opens(self, town: Municipality) -> bool:
        return may_read(self.employee, town)

    def prepare(self) -> None:
        super().prepare()
        self.sets = may_set(self.employee, self.town)
        if self.request.method == "POST" and not self.sets:
            raise PermissionDenied("Only the municipality's own coordinator or administrator does.")

    def get_form_kwargs(self) -> dict[str, Any]:
        proposed = self._proposed()
        stored = self.town.renewal_thresholds if proposed is None else proposed
        return super().get_form_kwargs() | {"stored": stored, "read_only": not self.sets}

    def _proposed(self) -> Mapping[str, Any] | None:
        """The numbers of another time that the page is asked to start from."""
        start = self.request.GET.get("fra", "")
        if not start or not self.sets or self.request.method == "POST":
            return None
        if start == USUAL:
            return {}
        changes = self.town.threshold_changes.all()
        return get_object_or_404(changes, pk=start if start.isdecimal() else 0).before

    def act(self, form: ThresholdsForm) -> object:
        return set_thresholds(municipality=self.town, actor=self.employee, values=form.values)

    def attempt(self, form: ThresholdsForm) -> None:
        self.forecast = forecast(self.town, as_stored(form.values))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        changes = self.town.threshold_changes.select_related("changed_by")[:SHOWN_CHANGES]
        return super().get_context_data(
            crumbs=[(gettext("Sparring"), reverse("sparring:index"))],
            forecast=self.forecast,
            progress=progress(self.town),
            municipality=self.town,
            may_set=self.sets,
            proposed=self._proposed() is not None,
            changes=[(change, differences(change.before, change.after)) for change in changes],
            **kwargs,
        )
