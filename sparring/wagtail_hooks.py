"""What the case half adds to the editors' admin: the thresholds of renewal. No rule lives here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from people.models import Employee
from sparring.beliefs.domain.thresholds import may_set
from sparring.beliefs.views.thresholds import thresholds

if TYPE_CHECKING:
    from django.http import HttpRequest


@hooks.register("register_admin_urls")
def threshold_urls() -> list[URLPattern]:
    """Add the page of the renewal thresholds to the editors' pages."""
    return [path("graenser/", thresholds, name="renewal_thresholds")]


class ThresholdsItem(MenuItem):
    """Shown to those who decide about their municipality's thresholds."""

    def is_shown(self, request: HttpRequest) -> bool:
        user = request.user
        town = user.municipality if isinstance(user, Employee) else None
        return isinstance(user, Employee) and town is not None and may_set(user, town)


@hooks.register("register_admin_menu_item")
def thresholds_item() -> MenuItem:
    """Add the renewal thresholds to the editors' menu."""
    return ThresholdsItem(
        _("Thresholds for renewal"),
        reverse_lazy("renewal_thresholds"),
        name="renewal-thresholds",
        icon_name="sliders",
        order=300,
    )
