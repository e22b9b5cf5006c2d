"""`/sager/`: one's own cases, most urgent first; the address holds the filters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from people.roles import Right
from privacy.http import no_store
from sparring.beliefs.queries.needs import waiting_for_own_bid
from sparring.cases.forms.filters import CaseFilter
from sparring.enums import Band, CaseStatus
from sparring.models import Case

from .rows import case_rows

if TYPE_CHECKING:
    from django.http import HttpResponse, QueryDict

    from people.http import EmployeeRequest
    from sparring.models.cases import CaseQuerySet

PAGE = 20
OPEN_CASES = (CaseStatus.ACTIVE, CaseStatus.PAUSED)


@no_store
def case_list(request: EmployeeRequest) -> HttpResponse:
    """The person's own cases, 20 a page."""
    employee = request.user
    own = Case.objects.owned_by(employee).for_owner()
    chosen = _chosen(request.GET)
    cases = CaseFilter(chosen, queryset=own).qs
    if not chosen["status"]:
        cases = cases.filter(status__in=OPEN_CASES)
    page = Paginator(cases, PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "rows": case_rows(list(page.object_list)),
        "groups": _groups(own, chosen),
        "active_filters": _chips(chosen),
        "selected_count": sum(map(len, chosen.values())),
        "coordinates": employee.may(Right.PLAN),
        "has_cases": employee.may(Right.CASEWORK),
        "list_url": reverse("sparring:case_list"),
        "waiting": list(waiting_for_own_bid(employee).values_list("code", flat=True)),
    }
    return render(request, "sparring/cases/list.html", context)


def _chosen(query: QueryDict) -> dict[str, list[str]]:
    """The filters of the address, without values that there are not."""
    known = {"status": CaseStatus.values, "band": Band.values}
    return {
        name: [value for value in query.getlist(name) if value in values]
        for name, values in known.items()
    }


def _groups(own: CaseQuerySet, chosen: dict[str, list[str]]) -> list[dict[str, Any]]:
    """The filters with how many of one's own cases each value has, in one query."""
    counts: dict[str, Counter[str]] = {"status": Counter(), "band": Counter()}
    for status, band, blind, count in own.by_status_and_band():
        counts["status"][status] += count
        if not blind and (status in OPEN_CASES or status in chosen["status"]):
            counts["band"][band or Band.NONE] += count
    return [
        _group("status", _("Status"), CaseStatus.choices, counts["status"], chosen["status"]),
        _group("band", _("How urgent"), Band.choices, counts["band"], chosen["band"]),
    ]


def _group(
    name: str,
    label: str,
    choices: Iterable[tuple[str, Any]],
    counts: Counter[str],
    chosen: Sequence[str],
) -> dict[str, Any]:
    options = [
        {"value": value, "label": text, "count": counts[value], "selected": value in chosen}
        for value, text in choices
    ]
    return {"name": name, "label": label, "options": options}


def _chips(chosen: dict[str, list[str]]) -> list[tuple[str, str]]:
    """The chosen values, each with the address without it."""
    labels = {**dict(CaseStatus.choices), **dict(Band.choices)}
    pairs = [(name, value) for name, values in chosen.items() for value in values]
    return [
        (str(labels[value]), _address([pair for pair in pairs if pair != (name, value)]))
        for name, value in pairs
    ]


def _address(pairs: Sequence[tuple[str, str]]) -> str:
    query = "&".join(f"{name}={value}" for name, value in pairs)
    return f"{reverse('sparring:case_list')}?{query}"
