"""The editors' reports on pages: old ones, and those that nobody reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.reports import ReportView

from kb.domain.permissions import may_edit_pages
from upkeep.queries.page_care import due_pages, unread_pages

if TYPE_CHECKING:
    from django.http import HttpResponse
    from wagtail.query import PageQuerySet

    from people.http import EmployeeRequest


class PagesReport(ReportView):
    """A list of pages for those who change pages."""

    is_searchable = False
    results_template_name = "upkeep/admin/pages_report_results.html"
    list_export = ["title", "last_published_at", "review_day.due_on"]
    export_headings = {
        "title": _("Page"),
        "last_published_at": _("Last published"),
        "review_day.due_on": _("To be read again on"),
    }
    hint: Any = ""
    nothing: Any = ""

    def dispatch(self, request: EmployeeRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_edit_pages(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        review_day = getattr(item, "review_day", None)
        due_on = review_day.due_on if review_day else ""
        return dict(
            zip(self.list_export, (item.title, item.last_published_at, due_on), strict=True)
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(hint=self.hint, nothing=self.nothing, **kwargs)


class DueView(PagesReport):
    """Pages that somebody should read again."""

    page_title = _("Pages to read again")
    header_icon = "date"
    index_url_name = "pages_to_read_again"
    index_results_url_name = "pages_to_read_again_results"
    hint = _("Their day has come, or nobody has published them for a year and no day is set.")
    nothing = _("No page waits to be read again.")

    def get_queryset(self) -> PageQuerySet:
        return due_pages()


class UnreadView(PagesReport):
    """Pages that nobody opened."""

    page_title = _("Pages that nobody reads")
    header_icon = "view"
    index_url_name = "pages_never_read"
    index_results_url_name = "pages_never_read_results"
    hint = _(
        "They were there for the last ninety days, and nobody opened them. Reads are counted by "
        "page and day; who reads is written down nowhere."
    )
    nothing = _("Every page was opened within the last ninety days.")

    def get_queryset(self) -> PageQuerySet:
        return unread_pages()
