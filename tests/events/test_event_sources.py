"""What an event says has its sources as an article has them: numbered in the text, listed below."""

from __future__ import annotations

import re
from datetime import timedelta

import bibtexparser
import pytest
from django.test import Client
from django.utils import timezone

from demo_content.bodies import rich_text
from events.search_documents import event_document
from kb.models import SectionAccess
from sources.number_check import unsourced_numbers
from tests.factories.events import EventPageFactory
from tests.factories.people import EmployeeFactory
from tests.factories.sources import SourceFactory

pytestmark = pytest.mark.django_db


def note(source, quote="", place=""):
    return "source_note", {"source": source, "quote": quote, "place": place}


def employee():
    client = Client()
    client.force_login(EmployeeFactory())
    return client


def cited_event(*sources, **more):
    told = [block for one in sources for block in (("paragraph", rich_text("Sagt.")), note(one))]
    return EventPageFactory(body=told, **more)


@pytest.mark.parametrize("days", [-7, 7], ids=["held", "to come"])
def test_an_event_ends_in_its_sources(days):
    report, other = SourceFactory(title="BIP-rapporten"), SourceFactory(title="VIVE-notatet")
    event = EventPageFactory(
        date=timezone.localdate() + timedelta(days=days),
        body=[
            ("paragraph", rich_text("Chancen er større.")),
            note(report, "Chancen øges.", "s. 14"),
            ("paragraph", rich_text("Andre er uenige.")),
            note(other),
        ],
    )

    html = employee().get(event.url).content.decode()

    assert re.findall(r'<a href="#(kilde-\d)"[^>]*>\[(\d)\]', html) == [
        ("kilde-1", "1"), ("kilde-2", "2"),
    ]  # fmt: skip
    listed = html[html.index('id="kilder"') :]
    assert listed.index("BIP-rapporten") < listed.index("VIVE-notatet")
    assert "s. 14: »Chancen øges.«" in listed


def test_an_event_without_sources_has_no_list_of_them():
    event = EventPageFactory(body=[("paragraph", rich_text("Kom og vær med."))])

    html = employee().get(event.url).content.decode()

    assert "Kom og vær med." in html
    assert 'id="kilder"' not in html


def test_a_source_says_which_events_cite_it_to_whom_may_open_them():
    source = SourceFactory(title="Rapporten")
    cited_event(source, title="Temadag om tro", is_open=False)
    cited_event(source, title="Åben eftermiddag", is_open=True)
    SectionAccess.objects.update_or_create(section="events", defaults={"is_open": True})

    inside, outside = (
        client.get(f"/kilder/{source.slug}/").content.decode() for client in (employee(), Client())
    )

    assert "Åben eftermiddag" in inside
    assert "Temadag om tro" in inside
    assert "Åben eftermiddag" in outside
    assert "Temadag om tro" not in outside


@pytest.mark.parametrize("many", [1, 3])
def test_the_references_of_an_event_are_taken_along(many):
    sources = [SourceFactory(title=f"Værk {number}") for number in range(many)]
    event = cited_event(*sources)

    page = employee().get(event.url).content.decode()
    (address,) = re.findall(r'href="([^"]+)">BibTeX', page)
    found = bibtexparser.parse_string(employee().get(address).content.decode())

    titles = {entry.fields_dict["title"].value.strip("{}") for entry in found.entries}
    assert titles == {source.title for source in sources}
    assert Client().get(address).status_code != 200


def test_a_per_cent_of_an_event_needs_its_source():
    told = ("paragraph", rich_text("Chancen er 32 procent større."))

    bare = EventPageFactory(description="Om de 32 procent.", body=[told])
    sourced = EventPageFactory(description="Om de 32 procent.", body=[told, note(SourceFactory())])

    assert [found.number for found in unsourced_numbers(bare)] == ["32 procent", "32 procent"]
    assert unsourced_numbers(sourced) == []


def test_an_event_is_found_by_what_its_body_says():
    event = EventPageFactory(body=[("paragraph", rich_text("Om kvistestok og trapper."))])

    assert "kvistestok" in event_document(event).body
