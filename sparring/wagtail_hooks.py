"""What the case half adds to the editors' admin: the thresholds of renewal. No rule lives here."""

from __future__ import annotations

from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from people.editors_admin import EmployeeMenuItem, of_own_municipality
from sparring.beliefs.domain.thresholds import may_set
from sparring.beliefs.views.thresholds import EditThresholds


@hooks.register("register_admin_urls")
def threshold_urls() -> list[URLPattern]:
    """Add the page of the renewal thresholds to the editors' pages."""
    return [path("graenser/", EditThresholds.as_view(), name="renewal_thresholds")]


@hooks.register("register_admin_menu_item")
def thresholds_item() -> EmployeeMenuItem:
    """Add the renewal thresholds to the editors' menu."""
    return EmployeeMenuItem(
        _("Thresholds for renewal"),
        reverse_lazy("renewal_thresholds"),
        name="renewal-thresholds",
        icon_name="sliders",
        order=300,
        shown_to=of_own_municipality(may_set),
    )
