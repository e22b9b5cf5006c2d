"""A municipality's guideposts: the page for its employees, the posters, and where they are written.

`/vores-pejlemaerker/` and its posters are for everybody who is logged in, each their own
municipality's; `/redaktion/vores-pejlemaerker/` for its editor and administrator.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy

from kb.models.approved import live_or_none
from kb.models.guideposts import MunicipalGuidepost, guideposts_of, plan_of
from people.domain_form_view import MunicipalityFormView

from .domain import may_set_guideposts, set_guideposts
from .forms import GuidepostsForm
from .posters import PAPERS, poster

if TYPE_CHECKING:
    from people.http import EmployeeRequest
    from people.models import Municipality


def own_guideposts(request: EmployeeRequest) -> HttpResponse:
    """The guideposts of the person's municipality, its plan, and the posters."""
    town = request.user.municipality
    context = {
        "municipality": town,
        "guideposts": [
            (row, _shared_title(row)) for row in guideposts_of(request.user.municipality_id)
        ],
        "plan": plan_of(request.user.municipality_id),
        "may_set": town is not None and may_set_guideposts(request.user, town),
    }
    return render(request, "guideposts/own.html", context)


def _shared_title(row: object) -> str:
    """By what title its tagged content is found; empty for one that is the municipality's alone."""
    if isinstance(row, MunicipalGuidepost):
        shared = live_or_none(row.says)
        return shared.title if shared else ""
    return str(row)


def guidepost_poster(request: EmployeeRequest, paper: str) -> HttpResponse:
    """The guideposts of the person's municipality as a poster; 404 for paper we do not print on."""
    if paper not in PAPERS:
        raise Http404("No such paper.")
    answer = HttpResponse(poster(request.user.municipality, paper), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="pejlemaerker-{paper}.pdf"'
    return answer


class EditGuideposts(MunicipalityFormView):
    """Write them; what is refused is shown at its field, and everything typed stays."""

    template_name = "guideposts/edit.html"
    not_kept = "It stands in the editors' frame, which loads no script of the site."
    form_class = GuidepostsForm
    success_url = reverse_lazy("edit_guideposts")
    done = gettext_lazy("The guideposts are saved.")
    closed = "Only the municipality's own editor or administrator does."

    def opens(self, town: Municipality) -> bool:
        return may_set_guideposts(self.employee, town)

    def get_form_kwargs(self) -> dict[str, Any]:
        own = list(self.town.guideposts.select_related("says"))
        return super().get_form_kwargs() | {"own": own, "plan": plan_of(self.town.pk)}

    def act(self, form: GuidepostsForm) -> None:
        try:
            set_guideposts(
                municipality=self.town,
                actor=self.employee,
                guideposts=form.guideposts,
                plan=form.plan,
            )
        except ValidationError as error:  # the domain's fields are those of one row, not the form's
            raise ValidationError(error.messages) from error

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(municipality=self.town, **kwargs)
