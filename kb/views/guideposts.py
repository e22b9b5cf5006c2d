"""A municipality's guideposts: the page for its employees, the posters, and where they are written.

`/vores-pejlemaerker/` and its posters are for everybody who is logged in, each their own
municipality's; `/redaktion/vores-pejlemaerker/` for its editor and administrator.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kb.domain.guideposts import may_set_guideposts, set_guideposts
from kb.forms.guideposts import GuidepostsForm
from kb.models.guideposts import MunicipalGuidepost, guideposts_of, plan_of
from kb.posters import PAPERS, poster
from people.form_errors import show_errors
from privacy.http import no_store

if TYPE_CHECKING:
    from people.http import EmployeeRequest


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
    return render(request, "kb/own_guideposts.html", context)


def _shared_title(row: object) -> str:
    """By what title its tagged content is found; empty for one that is the municipality's alone."""
    if isinstance(row, MunicipalGuidepost):
        return row.says.title if row.says is not None else ""
    return str(row)


def guidepost_poster(request: EmployeeRequest, paper: str) -> HttpResponse:
    """The guideposts of the person's municipality as a poster; 404 for paper we do not print on."""
    if paper not in PAPERS:
        raise Http404("No such paper.")
    answer = HttpResponse(poster(request.user.municipality, paper), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="pejlemaerker-{paper}.pdf"'
    return answer


@no_store
def edit_guideposts(request: EmployeeRequest) -> HttpResponse:
    """Write them; what is refused is shown at its field, and everything typed stays."""
    employee = request.user
    town = employee.municipality
    if town is None or not may_set_guideposts(employee, town):
        raise PermissionDenied("Only the municipality's own editor or administrator does.")
    own = list(town.guideposts.select_related("says"))
    data = request.POST if request.method == "POST" else None
    form = GuidepostsForm(data, own=own, plan=plan_of(town.pk))
    if form.is_valid():
        try:
            set_guideposts(
                municipality=town, actor=employee, guideposts=form.guideposts, plan=form.plan
            )
        except ValidationError as error:
            show_errors(form, ValidationError(error.messages))
        else:
            messages.success(request, _("The guideposts are saved."))
            return redirect("edit_guideposts")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    context = {"form": form, "municipality": town}
    return render(request, "kb/admin/guideposts.html", context, status=status)
