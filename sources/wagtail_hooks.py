"""Wiring of the editors' admin: the list of sources, and who changed what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import URLPattern, reverse
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from people.editors_admin import EmployeeMenuItem, report_addresses, with_permission
from people.start_page import add_panels
from privacy import audit
from sources.admin.notes import SourceNoteChooserViewSet, note_chooser
from sources.admin.reports import PERMISSION, LinksView, UnsourcedView
from sources.admin.snippets import SourceViewSet
from sources.admin.start_panels import LinksPanel, UnsourcedPanel
from sources.citing import times_cited
from sources.keeping import stays
from sources.models import Source
from sources.rich_text import register

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from wagtail.rich_text.feature_registry import FeatureRegistry

register_snippet(SourceViewSet)


@hooks.register("register_rich_text_features")
def footnotes_in_running_text(features: FeatureRegistry) -> None:
    """Give editors the button; `WAGTAILADMIN_RICH_TEXT_EDITORS` says where."""
    register(features)


@hooks.register("register_admin_viewset")
def window_of_footnotes() -> SourceNoteChooserViewSet:
    """The addresses of the window that the button opens."""
    return note_chooser


def _record(request: HttpRequest, entries: Sequence[object], verb: str) -> None:
    for entry in entries:
        if isinstance(entry, Source):
            audit.record(actor=request.user, action=f"source.{verb}", target=entry)


@hooks.register("after_create_snippet")
def on_created(request: HttpRequest, entry: object) -> None:
    """Write down who wrote a source down."""
    _record(request, [entry], "create")


@hooks.register("after_edit_snippet")
def on_changed(request: HttpRequest, entry: object) -> None:
    """Write down who changed a source."""
    _record(request, [entry], "change")


@hooks.register("before_delete_snippet")
def on_deleted(request: HttpRequest, entries: Sequence[object]) -> HttpResponse | None:
    """Refuse to lose a cited source, else write it down; the question "are you sure" is none."""
    if kept := _cited(request, entries):
        return redirect(SourceViewSet().get_url_name("edit"), kept[0].pk)
    if request.method == "POST":
        _record(request, entries, "delete")
    return None


@hooks.register("before_bulk_action")
def on_many_deleted(
    request: HttpRequest, action_type: str, entries: Sequence[object], action: object
) -> HttpResponse | None:
    """The same for all that were ticked: none goes while one of them is cited."""
    if action_type != "delete":
        return None
    if _cited(request, entries):
        return redirect(SourceViewSet().get_url_name("list"))
    _record(request, entries, "delete")
    return None


def _cited(request: HttpRequest, entries: Sequence[object]) -> list[Source]:
    """Those that something cites; the person is told how often."""
    cited = [entry for entry in entries if isinstance(entry, Source) and times_cited(entry)]
    for source in cited:
        messages.error(request, stays(source, times_cited(source)))
    return cited


@hooks.register("register_admin_urls")
def addresses_of_reports() -> list[URLPattern]:
    """The reports, whole and as the part their filters reload."""
    return [
        *report_addresses(LinksView, "links-uden-svar", "links_without_answer"),
        *report_addresses(UnsourcedView, "sider-uden-kilder", "pages_without_sources"),
    ]


@hooks.register("register_reports_menu_item")
def links_in_the_menu() -> EmployeeMenuItem:
    """Put the report of links in the admin's menu of reports."""
    return EmployeeMenuItem(
        LinksView.page_title,
        reverse("links_without_answer"),
        name="links-without-answer",
        icon_name="link",
        order=610,
        shown_to=with_permission(PERMISSION),
    )


@hooks.register("register_reports_menu_item")
def unsourced_in_the_menu() -> EmployeeMenuItem:
    """And that of pages with numbers that nothing stands behind."""
    return EmployeeMenuItem(
        UnsourcedView.page_title,
        reverse("pages_without_sources"),
        name="pages-without-sources",
        icon_name="openquote",
        order=620,
        shown_to=with_permission(PERMISSION),
    )


@hooks.register("construct_homepage_panels")
def on_the_start_page(request: HttpRequest, panels: list[Any]) -> None:
    """Numbers without a source, and links without an answer."""
    add_panels(request, panels, (UnsourcedPanel, LinksPanel))
