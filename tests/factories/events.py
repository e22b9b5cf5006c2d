from __future__ import annotations

from datetime import date

from events.models import EventIndexPage, EventPage
from tests.factories.kb import PageFactory


class EventIndexPageFactory(PageFactory):
    class Meta:
        model = EventIndexPage

    title = "Arrangementer"
    slug = "arrangementer"


class EventPageFactory(PageFactory):
    class Meta:
        model = EventPage

    date = date(2026, 11, 26)
    description = "Det, der sker."

    @classmethod
    def default_parent(cls):
        return EventIndexPage.objects.first() or EventIndexPageFactory()
