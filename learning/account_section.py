"""The way to one's own learning, on the account page (people.account_sections)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from learning.queries.onboarding import lines_of
from people.account_sections import AccountSection, register_account_section

if TYPE_CHECKING:
    from people.http import EmployeeRequest


@register_account_section
def own_learning(request: EmployeeRequest) -> AccountSection:
    """How many lines of the unit's list are left, and a link to all of it."""
    left = sum(not line.done for line in lines_of(request.user))
    html = render_to_string("learning/_account_section.html", {"left": left}, request=request)
    return AccountSection(_("My own learning"), html)
