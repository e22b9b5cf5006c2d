"""Wiring of the editors' admin: snippets and menu. No rule lives here."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.site_summary import SummaryItem
from wagtail.documents.models import Document
from wagtail.images.wagtail_hooks import ImagesSummaryItem
from wagtail.snippets.models import register_snippet

from .admin.snippets import KnowledgeBaseGroup
from .file_documents import open_files

# Pages hold no pictures, and help links lead out of the house.
UNUSED = {"images", "help"}
# Wagtail's own Danish has no word for these.
LABELS = {"documents": _("Files"), "reports": _("Reports")}

register_snippet(KnowledgeBaseGroup)


@hooks.register("before_serve_document", order=-1)
def refuse_restricted(document: Document, request: HttpRequest) -> None:
    """What search does not find is not opened; Wagtail would send to a login it does not have."""
    if not open_files().filter(pk=document.pk).exists():
        raise PermissionDenied("The file's collection is restricted.")


@hooks.register("construct_main_menu")
def hide_what_is_not_used(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    menu_items[:] = [item for item in menu_items if item.name not in UNUSED]
    for item in menu_items:
        item.label = LABELS.get(item.name, item.label)


@hooks.register("before_edit_user")
def leave_accounts_alone(request: HttpRequest, user: object) -> None:
    """Wagtail's own form tells nobody and writes nothing down (docs/decisions/0025)."""
    raise PermissionDenied("Accounts are changed by people.domain.accounts.")


@hooks.register("construct_homepage_summary_items")
def hide_pictures(request: HttpRequest, summary_items: list[SummaryItem]) -> None:
    summary_items[:] = [item for item in summary_items if not isinstance(item, ImagesSummaryItem)]
