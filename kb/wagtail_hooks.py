"""Wiring of the editors' admin: snippets and menu. No rule lives here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from kb.domain.themes import in_use, used_themes_below, uses_of
from kb.file_search_documents import open_files
from people.start_page import add_panels

from .admin.pages import EditorsPageViewSet
from .admin.snippets import KnowledgeBaseGroup
from .admin.start_panels import CardsPanel

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from wagtail.admin.menu import MenuItem
    from wagtail.documents.models import Document

    from kb.models import ThemePage

# Help links lead out of the house.
UNUSED = {"help"}
# Wagtail's own Danish has no word for these.
LABELS = {"documents": _("Files"), "reports": _("Reports")}

register_snippet(KnowledgeBaseGroup)


@hooks.register("register_admin_viewset")
def edit_pages_our_way() -> EditorsPageViewSet:
    """In the place of the one that Wagtail has for every page."""
    return EditorsPageViewSet()


@hooks.register("insert_global_admin_css")
def own_colours() -> str:
    """The product's colours and letters, by the properties that Wagtail documents for it."""
    return format_html('<link rel="stylesheet" href="{}">', static("kb/editors.css"))


@hooks.register("construct_homepage_panels")
def on_the_start_page(request: HttpRequest, panels: list[Any]) -> None:
    """Cards to be judged again."""
    add_panels(request, panels, (CardsPanel,))


@hooks.register("before_serve_document", order=-1)
def refuse_restricted(document: Document, request: HttpRequest) -> None:
    """What search does not find is not opened; Wagtail would send to a login it does not have."""
    if not open_files().filter(pk=document.pk).exists():
        raise PermissionDenied("The file's collection is restricted.")


@hooks.register("before_delete_page")
def keep_themes_in_use(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Say where a theme is used, and go back to it; also when the list above it is deleted."""
    return _refuse_with_message(request, used_themes_below(page), page.pk)


@hooks.register("before_bulk_action")
def keep_themes_in_use_in_bulk(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    """The same when several pages are ticked and deleted at once."""
    if action_type != "delete":
        return None
    pages = [item for item in objects if isinstance(item, Page)]
    return _refuse_with_message(
        request, [theme for page in pages for theme in used_themes_below(page)], None
    )


def _refuse_with_message(
    request: HttpRequest, themes: list[ThemePage], pk: int | None
) -> HttpResponse | None:
    for theme in themes:
        messages.error(request, in_use(theme, uses_of(theme)))
    if not themes:
        return None
    return redirect("wagtailadmin_pages:edit", pk) if pk else redirect("wagtailadmin_home")


@hooks.register("construct_main_menu")
def hide_what_is_not_used(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Leave out what `UNUSED` names, and call the rest by our own words."""
    menu_items[:] = [item for item in menu_items if item.name not in UNUSED]
    for item in menu_items:
        item.label = LABELS.get(item.name, item.label)


@hooks.register("construct_reports_menu")
def hide_what_is_closed(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Leave out Wagtail's report on page types, which is closed (stories/access.py)."""
    menu_items[:] = [item for item in menu_items if item.name != "page-types-usage"]


@hooks.register("before_edit_user")
def leave_accounts_alone(request: HttpRequest, user: object) -> None:
    """Wagtail's own form tells nobody and writes nothing down (docs/decisions/0025)."""
    raise PermissionDenied("Accounts are changed by people.domain.accounts.")
