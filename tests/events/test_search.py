"""What of an event can be found, and by whom."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

from events.models import EventIndexPage
from search.models import OutboxEvent
from search.outbox import deliver_batch
from search.services import search_for
from tests.factories.events import EventPageFactory
from tests.factories.kb import ThemePageFactory
from tests.factories.people import EmployeeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _postgres_only(settings):
    settings.ELASTICSEARCH_URL = ""


def queued():
    return set(OutboxEvent.objects.values_list("source", "object_id"))


def test_a_renamed_theme_and_a_moved_list_are_told_to_search():
    theme = ThemePageFactory()
    event = EventPageFactory(themes=[theme])
    OutboxEvent.objects.all().delete()

    theme.nav_title = "Et nyt navn"
    theme.save()

    assert ("event", str(event.pk)) in queued()

    OutboxEvent.objects.all().delete()
    index = EventIndexPage.objects.get()
    index.slug = "kalender"
    index.save_revision().publish()

    assert ("event", str(event.pk)) in queued()


def test_an_event_is_found_by_its_speaker_its_place_and_its_points():
    event = EventPageFactory(
        title="Temadag", place="Kulturhuset", speaker="Ane Holm", summary_points="Begynd tidligt."
    )
    deliver_batch()

    for word in ("Kulturhuset", "Holm", "tidligt"):
        assert [hit.title for hit in search_for(EmployeeFactory(), word).hits] == [event.title]


def test_a_closed_event_is_found_by_nobody_without_login():
    EventPageFactory(title="Lukket temadag")
    EventPageFactory(title="Åben temadag", is_open=True)
    deliver_batch()

    assert [hit.title for hit in search_for(AnonymousUser(), "temadag").hits] == ["Åben temadag"]
    assert search_for(EmployeeFactory(), "temadag").total == 2
