"""How what is new in a saved search reads among the day's messages (people.notices)."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.models import Employee
from people.notices import Line, register_notice
from search import querylog
from search.domain.saved import SOURCE, count_news
from search.models import SavedSearch
from search.models.saved import Rhythm
from search.presenter import address_of


@register_notice(SOURCE)
def saved_search_line(employee: Employee, object_id: str) -> Line | None:
    """How many, never which: what they are called stands behind the login (SEC-21)."""
    searches = SavedSearch.objects.filter(owner=employee).exclude(rhythm=Rhythm.NEVER)
    search = searches.filter(pk=object_id).first()
    count = count_news(search) if search else 0
    if search is None or not count:
        return None
    name = f"»{search.query}«" if querylog.loggable(search.query) else _("a search you saved")
    text = ngettext("%(count)s new answer to %(name)s", "%(count)s new answers to %(name)s", count)
    return Line(text % {"count": count, "name": name}, address_of(search))
