"""Followed themes on the account page (people.account_sections)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from kb.models import ThemePage
from people.account_sections import AccountSection, register_account_section

if TYPE_CHECKING:
    from people.http import EmployeeRequest


@register_account_section
def followed_themes(request: EmployeeRequest) -> AccountSection:
    """Every theme the person follows, each with a button to stop."""
    themes = ThemePage.objects.live().filter(follows__employee=request.user).order_by("number")
    html = render_to_string("kb/_followed_themes.html", {"themes": themes}, request=request)
    return AccountSection(_("Themes you follow"), html)
