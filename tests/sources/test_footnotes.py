"""Footnotes: numbered as they are met, one line a source, every place with its quote."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client

from demo_content.bodies import rich_text
from kb.models import EvidenceSource
from sources.footnotes import cited_in, numbered
from tests.factories.kb import (
    EvidenceCardFactory,
    KeyFigureFactory,
    PublicationPageFactory,
    StandardPageFactory,
    ThemePageFactory,
)
from tests.factories.sources import SourceFactory

pytestmark = pytest.mark.django_db


def note(source, quote="", place=""):
    return "source_note", {"source": source, "quote": quote, "place": place}


def read(page):
    return Client().get(page.url).content.decode()


def marks(html):
    return re.findall(r'<sup class="source-mark"[^>]*><a href="#(kilde-\d+)"[^>]*>\[(\d+)\]', html)


def test_sources_are_numbered_as_they_are_met_and_stand_once_in_the_list():
    bip, vive = SourceFactory(title="BIP-rapporten"), SourceFactory(title="VIVE-notatet")
    body = [
        ("paragraph", rich_text("Først.")),
        note(vive, "Det er ikke afgjort.", "s. 14"),
        ("points", ["Et", "To"]),
        note(bip),
        ("paragraph", rich_text("Igen.")),
        note(vive, "Og endnu et sted."),
        ("paragraph", rich_text("Uden kilde.")),
    ]

    html = read(StandardPageFactory(body=body, is_open=True))

    assert marks(html) == [("kilde-1", "1"), ("kilde-2", "2"), ("kilde-1", "1")]
    assert re.search(r"Først\.<sup", html)
    assert re.search(r"<li>To<sup", html)
    assert re.search(r"Uden kilde\.</p>", html)
    listed = html[html.index('id="kilder"') :]
    assert (listed.count("VIVE-notatet</a>"), listed.count("BIP-rapporten</a>")) == (1, 1)
    assert "s. 14: »Det er ikke afgjort.«" in listed
    assert "»Og endnu et sted.«" in listed
    back = set(re.findall(r'href="#(note-[^"]+)"', listed))
    assert back == set(re.findall(r'id="(note-[^"]+)"', html)) - {None} - _without_quote(html, back)


def _without_quote(html, back):
    """Places without quote and page have nothing to come back from."""
    return set(re.findall(r'id="(note-[^"]+)"', html)) - back


def test_a_note_without_a_text_before_it_has_a_line_of_its_own():
    html = read(StandardPageFactory(body=[note(SourceFactory())], is_open=True))

    assert re.search(r"<p><sup[^>]*><a [^>]*>\[1\]</a></sup></p>", html)


def test_a_page_without_sources_has_no_list():
    html = read(StandardPageFactory(body=[("paragraph", rich_text("Kort."))], is_open=True))

    assert 'id="kilder"' not in html


def test_a_note_whose_source_is_gone_is_left_out():
    body = [("paragraph", rich_text("Kort.")), note(None)]

    assert marks(read(StandardPageFactory(body=body, is_open=True))) == []


def test_figures_and_cards_bring_their_sources_and_drafts_bring_none():
    shown, draft = KeyFigureFactory(live=True), KeyFigureFactory(live=False)
    card = EvidenceCardFactory()
    behind = SourceFactory(title="Gennemgangen")
    EvidenceSource.objects.create(card=card, source=behind, quote="To af ni.", place="s. 3")
    page = StandardPageFactory(
        body=[("key_figure", draft), ("evidence", card), ("key_figure", shown)]
    )

    entries = numbered(cited_in(page.body))

    assert [(entry.number, entry.source) for entry in entries] == [(1, behind), (2, shown.source)]
    assert entries[0].notes[0].quote == "To af ni."


def test_the_writers_own_example_says_so():
    body = [("paragraph", rich_text("Tænk på 8 ud af 10.")), ("own_example", None)]

    html = read(StandardPageFactory(body=body, is_open=True))

    assert '8 ud af 10. <span class="muted">(Skribentens eget eksempel.)</span></p>' in html


@pytest.mark.parametrize("where", ["theme", "publication", "figure", "card"])
def test_a_retracted_source_says_so_wherever_it_is_cited(where):
    source = SourceFactory(
        title="Byttet om",
        retracted_on=date(2024, 5, 1),
        retracted_because="Kolonnerne var byttet om.",
    )
    body = {
        "theme": [("paragraph", rich_text("Tekst.")), note(source)],
        "figure": [("key_figure", KeyFigureFactory(live=True, source=source))],
    }
    if where == "publication":
        page = PublicationPageFactory(source=source, is_open=True)
    elif where == "card":
        card = EvidenceCardFactory()
        EvidenceSource.objects.create(card=card, source=source)
        page = ThemePageFactory(body=[("evidence", card)], is_open=True)
    else:
        page = ThemePageFactory(body=body[where], is_open=True)

    html = " ".join(read(page).split())

    assert "Trukket tilbage" in html
    assert "1. maj 2024: Kolonnerne var byttet om." in html


def test_a_long_list_costs_no_more_questions_than_a_short_one(django_assert_max_num_queries):
    sources = [SourceFactory(written_by=[("", "Jensen"), "VIVE"]) for _ in range(12)]
    body = [block for one in sources for block in (("paragraph", rich_text("Kort.")), note(one))]
    page = StandardPageFactory(body=body, is_open=True)
    read(page)

    with django_assert_max_num_queries(14):
        html = read(page)

    assert len(marks(html)) == 12
