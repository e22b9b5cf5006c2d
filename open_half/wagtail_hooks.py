"""Wiring of the open half in the editors' admin, and of files. No rule lives here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.views import redirect_to_login
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from open_half.domain.sections import may_open_sections
from open_half.queries.open_files import is_shown_openly
from open_half.views.sections import EditSections
from people.editors_admin import EmployeeMenuItem

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from wagtail.documents.models import Document


@hooks.register("before_serve_document", order=-2)
def ask_for_login(document: Document, request: HttpRequest) -> HttpResponse | None:
    """A visitor without login opens the files that something open shows, and no others."""
    if request.user.is_authenticated or is_shown_openly(document):
        return None
    return redirect_to_login(request.get_full_path())


@hooks.register("register_admin_urls")
def section_urls() -> list[URLPattern]:
    """Add the page of the sections' switches to the editors' pages."""
    return [path("aabne-afsnit/", EditSections.as_view(), name="edit_sections")]


@hooks.register("register_admin_menu_item")
def sections_item() -> EmployeeMenuItem:
    """Add what everybody may read to the editors' menu."""
    return EmployeeMenuItem(
        _("What everybody may read"),
        reverse_lazy("edit_sections"),
        name="open-sections",
        icon_name="globe",
        order=320,
        shown_to=may_open_sections,
    )
