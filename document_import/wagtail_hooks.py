"""What reading documents in adds to the editors' admin: two pages and a menu item. No rule here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from document_import.domain.reading import may_import
from document_import.views.discard import discard_document
from document_import.views.document import DocumentView
from document_import.views.upload import UploadView
from people.models import Employee

if TYPE_CHECKING:
    from django.http import HttpRequest


@hooks.register("register_admin_urls")
def import_addresses() -> list[URLPattern]:
    """The pages' addresses in the editors' admin."""
    return [
        path("dokumenter-ind/", UploadView.as_view(), name="import_document"),
        path("dokumenter-ind/<int:pk>/", DocumentView.as_view(), name="imported_document"),
        path("dokumenter-ind/<int:pk>/glem/", discard_document, name="discard_document"),
    ]


class ImportItem(MenuItem):
    """Shown to those who may make new pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        user = request.user
        return isinstance(user, Employee) and may_import(user)


@hooks.register("register_admin_menu_item")
def import_item() -> MenuItem:
    """Its place in the editors' menu."""
    return ImportItem(
        _("Read a document in"),
        reverse_lazy("import_document"),
        name="import-document",
        icon_name="upload",
        order=250,
    )
