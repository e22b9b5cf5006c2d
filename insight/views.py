"""`/tal/`: the figures, drawn and as a table, and the same numbers as a file."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from kb.models import KeyFigure
from privacy import audit

from . import indicators
from .active_cases import active_cases
from .figures import outcome_figure
from .scopes import scope_for
from .yearly_shares import yearly_shares

if TYPE_CHECKING:
    from people.http import EmployeeRequest


def index(request: EmployeeRequest) -> HttpResponse:
    """Belief and outcome, always together with action (docs/domain.md, F4)."""
    scope = scope_for(request.user)
    today = timezone.localdate()
    context: dict[str, Any] = {
        "key_figures": KeyFigure.objects.shown().select_related("base_figure"),
        "scope": scope,
        "today": today,
        "version": indicators.DEFINITION_VERSION,
    }
    if scope is not None:
        outcome = indicators.outcome_by_belief(scope, today=today)
        context |= {
            "outcome": outcome,
            "figure": outcome_figure(outcome),
            "active": active_cases(scope, today=today).values(),
            "yearly": yearly_shares(scope, today=today),
        }
    return render(request, "insight/index.html", context)


def outcome_csv(request: EmployeeRequest) -> HttpResponse:
    """The table of the page as a file: the same cells, suppressed by the same function."""
    scope = scope_for(request.user)
    if scope is None:
        raise Http404
    figure = indicators.outcome_by_belief(scope, today=timezone.localdate())
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="udfald-efter-tro.csv"'
    response.write("\ufeff")
    writer = csv.writer(response, delimiter=";")
    drawn = outcome_figure(figure)
    writer.writerow(drawn.headers)
    writer.writerows(drawn.rows)
    writer.writerow([])
    writer.writerow([_("Definition"), indicators.DEFINITION_VERSION])
    writer.writerow([_("Data as of"), figure.as_of.isoformat()])
    writer.writerow([_("About"), scope.name])
    writer.writerow([_("Read with care"), drawn.note])
    audit.record(actor=request.user, action="figures.exported")
    return response
