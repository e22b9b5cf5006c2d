"""What the guideposts add to the editors' admin. No rule lives here."""

from __future__ import annotations

from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from people.editors_admin import EmployeeMenuItem, of_own_municipality

from .domain import may_set_guideposts
from .views import EditGuideposts


@hooks.register("register_admin_urls")
def guidepost_urls() -> list[URLPattern]:
    """Add the page of the municipality's own guideposts to the editors' pages."""
    return [path("vores-pejlemaerker/", EditGuideposts.as_view(), name="edit_guideposts")]


@hooks.register("register_admin_menu_item")
def guideposts_item() -> EmployeeMenuItem:
    """Add the municipality's own guideposts to the editors' menu."""
    return EmployeeMenuItem(
        _("Our guideposts"),
        reverse_lazy("edit_guideposts"),
        name="own-guideposts",
        icon_name="site",
        order=310,
        shown_to=of_own_municipality(may_set_guideposts),
    )
