"""The editors' report on queries without an answer, with one click to each way of helping."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.reports import ReportView

from search import query_reports
from search.models import Promotion, Synonym
from search.services import search_for

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PERMISSION = "search.add_synonym"
MOST_ASKED_AGAIN = 25


class UnansweredView(ReportView):
    """`?hvad=uaabnet`: those that find something nobody opens.

    `?igen=1` asks those that found nothing again, so that an editor sees at once what a synonym,
    a word or a recommendation has changed.
    """

    page_title = _("Searches without an answer")
    header_icon = "search"
    results_template_name = "search/admin/unanswered_results.html"
    index_url_name = "unanswered_searches"
    index_results_url_name = "unanswered_searches_results"
    list_export = ["query", "asked", "days", "last"]
    export_headings = {
        "query": _("Query"),
        "asked": _("Asked"),
        "days": _("Days"),
        "last": _("Last"),
    }

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def is_about_unopened(self) -> bool:
        return self.request.GET.get("hvad") == "uaabnet"

    @property
    def is_asked_again(self) -> bool:
        return "igen" in self.request.GET and not self.is_about_unopened

    def get_queryset(self) -> query_reports.Rows:
        return query_reports.unopened() if self.is_about_unopened else query_reports.unanswered()

    def decorate_paginated_queryset(self, object_list: Any) -> list[dict[str, Any]]:
        rows = [{**row, "actions": suggested_actions(str(row["query"]))} for row in object_list]
        for row in rows[:MOST_ASKED_AGAIN] if self.is_asked_again else ():
            row["now"] = search_for(self.request.user, row["query"], size=1, facets=()).total
        return rows

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {
            **context,
            "unopened": self.is_about_unopened,
            "asked_again": self.is_asked_again,
            "held_back": query_reports.held_back(),
            "fewest": query_reports.FEWEST_DAYS,
        }


def suggested_actions(query: str) -> list[tuple[str, str]]:
    """What helps: name and address of a form where the query is filled in."""
    synonym, promotion = Synonym._meta, Promotion._meta
    addresses = (
        (_("Synonym"), f"wagtailsnippets_{synonym.app_label}_{synonym.model_name}:add", "words"),
        (
            _("Recommend"),
            f"wagtailsnippets_{promotion.app_label}_{promotion.model_name}:add",
            "trigger",
        ),
        (_("Request for a story"), "stories:request_story", "emne"),
    )
    return [
        (str(label), f"{reverse(name)}?{urlencode({field: query})}")
        for label, name, field in addresses
    ]
