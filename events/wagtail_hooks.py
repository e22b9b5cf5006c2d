"""The series in the editors' admin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet

from events.models import EventSeries
from kb.admin.content import ContentViewSet


class EventSeriesViewSet(ContentViewSet):
    """Series of events."""

    model = EventSeries
    icon = "calendar-alt"
    menu_label = _("Series of events")
    add_to_admin_menu = True
    menu_order = 210
    list_display = ["name", "slug"]
    search_fields = ["name"]


register_snippet(EventSeriesViewSet)
