"""The demo's events: ten, with people on them, loaded once."""

from __future__ import annotations

import pytest

from demo_content.files import read
from demo_content.loader import load_content
from events import demo
from events.models import EventPage
from people import demo as people_demo

pytestmark = pytest.mark.django_db


def test_the_events_are_loaded_whole_and_only_once(client):
    people_demo.load(read("people"))
    load_content()

    made, again = demo.load(), demo.load()

    assert made == {"lists": 1, "events": 10, "sign-ups": 24}
    assert again == {"lists": 0, "events": 0, "sign-ups": 0}
    held = EventPage.objects.get(date="2017-11-22")
    assert held.next_event.date.isoformat() == "2018-03-08"
    assert [person.name for person in held.speakers()] == ["Charlotte Hansen"]
    assert [cited.source.slug for cited in held.cited_sources()] == ["temaeftermiddag-det-virker"]
    full = EventPage.objects.get(slug="historiecafe-skriv-en-historie-paa-en-time")
    assert (full.sign_ups.seated().count(), full.sign_ups.in_queue().count()) == (5, 2)
    morning = EventPage.objects.get(slug="morgenmoede-sproget-i-overdragelser")
    client.force_login(full.sign_ups.seated().first().employee)
    for event in EventPage.objects.all():
        assert client.get(event.url).status_code == 200
    page = client.get(morning.url).content.decode()
    assert "5 svar." in page
    assert "Jeg savner stadig" not in page
