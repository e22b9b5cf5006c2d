"""What is new in a saved search: how many, never which (docs/search.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from people.collected_mail import Line
from people.enums import Topic
from people.notification_kinds import LineKind, register_kind
from search import querylog
from search.domain.saved import count_news
from search.models import SavedSearch
from search.models.saved import Rhythm
from search.presenter import address_of

if TYPE_CHECKING:
    from people.models import Notification


@register_kind
class SavedSearchNews(LineKind):
    """What the answers are called stands behind the login (SEC-21)."""

    name = "search.saved"
    label = gettext_lazy("News in a saved search")
    topic = Topic.FOLLOWED

    def line(self, notification: Notification) -> Line | None:
        searches = SavedSearch.objects.filter(owner=notification.employee)
        search = searches.exclude(rhythm=Rhythm.NEVER).filter(pk=notification.object_id).first()
        count = count_news(search) if search else 0
        if search is None or not count:
            return None
        name = f"»{search.query}«" if querylog.loggable(search.query) else _("a search you saved")
        text = ngettext(
            "%(count)s new answer to %(name)s", "%(count)s new answers to %(name)s", count
        )
        return Line(text % {"count": count, "name": name}, address_of(search))
