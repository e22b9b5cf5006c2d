"""The editors' reports: links that no longer answer, and numbers without a source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.reports import ReportView

from sources.domain.unsourced import unsourced_pages
from sources.models import LinkCheck
from sources.number_check import unsourced_numbers

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from wagtail.models import Page

    from sources.models.links import LinkCheckQuerySet
    from sources.numbers import Unsourced

PERMISSION = "sources.change_source"


class LinksView(ReportView):
    """Links that do not answer, the longest first, then those that have moved for good."""

    page_title = _("Links without an answer")
    header_icon = "link"
    results_template_name = "sources/admin/links_results.html"
    index_url_name = "links_without_answer"
    index_results_url_name = "links_without_answer_results"
    list_export = ["source", "address", "get_state_display", "status", "moved_to", "failing_since"]
    export_headings = {
        "source": _("Source"),
        "address": _("Address"),
        "get_state_display": _("Answer"),
        "status": _("Status"),
        "moved_to": _("Moved to"),
        "failing_since": _("Since"),
    }

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> LinkCheckQuerySet:
        return LinkCheck.objects.to_look_at()


@dataclass(frozen=True)
class PageWithout:
    """A page with its numbers that nothing stands behind."""

    page: Page
    found: list[Unsourced]

    @property
    def numbers(self) -> str:
        """As a sheet shows them."""
        return "; ".join(one.number for one in self.found)


class UnsourcedView(ReportView):
    """Published pages on which a number has no source."""

    page_title = _("Pages without sources")
    header_icon = "openquote"
    results_template_name = "sources/admin/unsourced_results.html"
    index_url_name = "pages_without_sources"
    index_results_url_name = "pages_without_sources_results"
    list_export = ["page", "numbers"]
    export_headings = {"page": _("Page"), "numbers": _("Numbers without a source")}
    is_searchable = False

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> Any:
        """A list: what is asked for stands in the texts, which only their blocks can read."""
        pages = unsourced_pages().specific()
        found = ((page, unsourced_numbers(page)) for page in pages.iterator(chunk_size=200))
        return [PageWithout(page, numbers) for page, numbers in found if numbers]
