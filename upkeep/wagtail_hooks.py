"""What keeps pages true, in the editors' admin: reports, their addresses, and the bulk action."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import URLPattern, reverse_lazy
from wagtail import hooks

from kb.domain.permissions import may_edit_pages
from people.editors_admin import EmployeeMenuItem, report_addresses
from people.start_page import add_panels
from upkeep.admin.exports import neutralise_exports
from upkeep.admin.read_again import ReadAgainAction
from upkeep.admin.reports import DueView, UnreadView
from upkeep.admin.start_panels import ReadAgainPanel

if TYPE_CHECKING:
    from django.http import HttpRequest

hooks.register("register_bulk_action", ReadAgainAction)
neutralise_exports()


@hooks.register("register_admin_urls")
def care_addresses() -> list[URLPattern]:
    """The reports, whole and as the part that is reloaded."""
    return [
        *report_addresses(DueView, "genlaesning", "pages_to_read_again"),
        *report_addresses(UnreadView, "aldrig-laest", "pages_never_read"),
    ]


@hooks.register("register_reports_menu_item")
def due_in_the_menu() -> EmployeeMenuItem:
    """Old pages first among the reports: somebody waits for each of them."""
    return EmployeeMenuItem(
        DueView.page_title,
        reverse_lazy("pages_to_read_again"),
        name="pages-to-read-again",
        icon_name="date",
        order=590,
        shown_to=may_edit_pages,
    )


@hooks.register("register_reports_menu_item")
def unread_in_the_menu() -> EmployeeMenuItem:
    """And those that nobody reads."""
    return EmployeeMenuItem(
        UnreadView.page_title,
        reverse_lazy("pages_never_read"),
        name="pages-never-read",
        icon_name="view",
        order=595,
        shown_to=may_edit_pages,
    )


@hooks.register("construct_homepage_panels")
def on_the_start_page(request: HttpRequest, panels: list[Any]) -> None:
    """Pages to read again."""
    add_panels(request, panels, (ReadAgainPanel,))
