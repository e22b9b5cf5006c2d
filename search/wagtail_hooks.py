"""Wiring of the editors' admin: lists, and who changed what. No rule lives here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.urls import URLPattern, reverse
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from people.editors_admin import EmployeeMenuItem, report_addresses, with_permission
from people.start_page import add_panels
from privacy import audit
from search.admin.reports import PERMISSION, UnansweredView
from search.admin.snippets import SearchGroup
from search.admin.start_panels import UnansweredPanel
from search.models.words import Edited

if TYPE_CHECKING:
    from django.http import HttpRequest

register_snippet(SearchGroup)


def _record(request: HttpRequest, entries: Sequence[object], verb: str) -> None:
    for entry in entries:
        if isinstance(entry, Edited):
            action = f"search_{entry._meta.model_name}.{verb}"
            audit.record(actor=request.user, action=action, target=entry)


@hooks.register("after_create_snippet")
def on_created(request: HttpRequest, entry: object) -> None:
    """Write down who made an entry of the editors' lists."""
    _record(request, [entry], "create")


@hooks.register("after_edit_snippet")
def on_changed(request: HttpRequest, entry: object) -> None:
    """Write down who changed an entry of the editors' lists."""
    _record(request, [entry], "change")


@hooks.register("before_delete_snippet")
def on_deleted(request: HttpRequest, entries: Sequence[object]) -> None:
    """Write it down before the entries are gone; the question "are you sure" is no deletion."""
    if request.method == "POST":
        _record(request, entries, "delete")


@hooks.register("before_bulk_action")
def on_many_deleted(
    request: HttpRequest, action_type: str, entries: Sequence[object], action: object
) -> None:
    """Write down who deleted the entries that were ticked, before they are gone."""
    if action_type == "delete":
        _record(request, entries, "delete")


@hooks.register("register_admin_urls")
def unanswered_addresses() -> list[URLPattern]:
    """The report of searches without an answer, whole and as the part its filters reload."""
    return report_addresses(UnansweredView, "soegninger-uden-svar", "unanswered_searches")


@hooks.register("register_reports_menu_item")
def report_in_the_menu() -> EmployeeMenuItem:
    """Put the report of searches without an answer last in the admin's menu of reports."""
    return EmployeeMenuItem(
        UnansweredView.page_title,
        reverse("unanswered_searches"),
        name="unanswered-searches",
        icon_name="search",
        order=600,
        shown_to=with_permission(PERMISSION),
    )


@hooks.register("construct_homepage_panels")
def on_the_start_page(request: HttpRequest, panels: list[Any]) -> None:
    """Searches without an answer."""
    add_panels(request, panels, (UnansweredPanel,))
