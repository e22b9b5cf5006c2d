"""What reading documents in adds to the editors' admin: two pages and a menu item. No rule here."""

from __future__ import annotations

from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from document_import.views.discard import discard_document
from document_import.views.document import DocumentView
from document_import.views.upload import UploadView
from kb.domain.permissions import may_add_pages
from people.editors_admin import EmployeeMenuItem


@hooks.register("register_admin_urls")
def import_addresses() -> list[URLPattern]:
    """The pages' addresses in the editors' admin."""
    return [
        path("dokumenter-ind/", UploadView.as_view(), name="import_document"),
        path("dokumenter-ind/<int:pk>/", DocumentView.as_view(), name="imported_document"),
        path("dokumenter-ind/<int:pk>/glem/", discard_document, name="discard_document"),
    ]


@hooks.register("register_admin_menu_item")
def import_item() -> EmployeeMenuItem:
    """Its place in the editors' menu."""
    return EmployeeMenuItem(
        _("Read a document in"),
        reverse_lazy("import_document"),
        name="import-document",
        icon_name="upload",
        order=250,
        shown_to=may_add_pages,
    )
