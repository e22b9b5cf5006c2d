"""Saved searches and the slash key on the account page (people.account_sections)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from people.account_sections import AccountSection, register_account_section
from search.models import SavedSearch
from search.models.saved import Rhythm
from search.presenter import address_of, name_of

if TYPE_CHECKING:
    from people.http import EmployeeRequest


@register_account_section
def saved_searches(request: EmployeeRequest) -> AccountSection:
    """Each with how often one hears of it and a button to delete it."""
    searches = [
        {"search": search, "name": name_of(search), "address": address_of(search)}
        for search in SavedSearch.objects.filter(owner=request.user)
    ]
    context = {
        "searches": searches,
        "rhythms": Rhythm.choices,
        "slash": request.COOKIES.get("slash") != "off",
    }
    html = render_to_string("search/_saved_searches.html", context, request=request)
    return AccountSection(_("Searching"), html)
