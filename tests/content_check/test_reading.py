"""What of a page or an entry the rules are given."""

from __future__ import annotations

import pytest
from django.utils.translation import override
from wagtail.rich_text import RichText

from content_check.checking import check
from content_check.content import Heading, Link, Picture
from content_check.reading import content_of
from events.models import EventPicture
from tests.factories.events import EventPageFactory
from tests.factories.images import make_picture
from tests.factories.kb import (
    EvidenceCardFactory,
    KeyFigureFactory,
    OfferFactory,
    PersonFactory,
    PhraseFactory,
    StandardPageFactory,
    ThemePageFactory,
)
from tests.factories.sources import SourceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def danish():
    with override("da"):
        yield


def places(thing):
    return {text.place: text.words for text in content_of(thing).texts}


def codes(thing):
    return [group.rule.code for group in check(thing).groups]


def test_a_page_is_read_with_title_fields_and_blocks():
    body = [
        ("heading", "Bag om"),
        ("paragraph", RichText('<p>Se <a href="https://a.dk">her</a>.</p><h4>Dybt</h4>')),
        ("points", ["Et punkt"]),
        ("quote", {"text": "Ja.", "attribution": "Opdigtet"}),
        ("source_note", {"source": SourceFactory(), "quote": "Andres ord.", "place": ""}),
    ]
    page = StandardPageFactory(title="Siden", intro="Kort sagt.", body=body)

    content = content_of(page)

    assert list(places(page).items()) == [
        ("Titel", "Siden"),
        ("Indledning", "Kort sagt."),
        ("Brødtekst, blok 1: Overskrift", "Bag om"),
        ("Brødtekst, blok 2: Tekst", "Se her.\nDybt"),
        ("Brødtekst, blok 3: Punkter", "Et punkt"),
        ("Brødtekst, blok 4: Citat", "Opdigtet"),
    ]
    assert "Ja." in [text.words for text in content.texts]
    assert "Andres ord." not in "".join(text.words for text in content.texts)
    assert content.headings == (
        Heading("Brødtekst, blok 1: Overskrift", 2, "Bag om"),
        Heading("Brødtekst, blok 2: Tekst", 4, "Dybt"),
    )
    assert content.links == (Link("Brødtekst, blok 2: Tekst", "her"),)


def test_blocks_inside_blocks_are_read():
    theme = ThemePageFactory(
        dilemmas=[("dilemma", {"question": "Skal vi?", "positions": ["Ja, altid", "Nej"]})]
    )
    said = [text.words for text in content_of(theme).texts]
    assert {"Skal vi?", "Ja, altid", "Nej"} <= set(said)


def test_rows_that_belong_to_it_are_read_with_their_pictures():
    image = make_picture("a.png")
    event = EventPageFactory()
    event.pictures.add(EventPicture(image=image, words="IMG_1.jpg"))

    (picture,) = content_of(event).pictures

    assert picture.words == "IMG_1.jpg"
    assert "pictures" in codes(event)


def test_a_photo_has_its_words_beside_it():
    image = make_picture("a.png")
    person = PersonFactory(photo=image, photo_words="Karen Holm ved et skrivebord")

    assert content_of(person).pictures == (Picture("Foto", "Karen Holm ved et skrivebord"),)
    assert codes(person) == []


def test_people_and_phrases_of_the_house_are_known():
    PersonFactory(name="Charlotte Hansen")
    SourceFactory(written_by=[("Anders", "Mikkelsen")])
    PhraseFactory(phrase="mangler motivation", alternative="har ikke sagt ja endnu")
    page = StandardPageFactory(
        intro="Charlotte Hansen og Anders Mikkelsen siger, at Mette mangler motivation."
    )

    found = {group.rule.code: [one.words for one in group.findings] for group in check(page).groups}

    assert found == {"names": ["Mette"], "phrases": ["mangler motivation"]}


def test_a_figure_without_a_source_is_asked_about_and_one_with_is_not():
    said = "6 % kom i gang."
    assert codes(KeyFigureFactory(statement=said)) == []
    assert "numbers" in codes(KeyFigureFactory(statement=said, source=None))


def test_a_card_stands_on_its_list_of_sources():
    card = EvidenceCardFactory(summary="27 % kom i gang.")
    assert codes(card) == ["numbers"]

    card.sources.create(source=SourceFactory())
    assert codes(card) == []


def test_what_has_no_place_for_a_source_is_not_asked_for_one():
    assert codes(OfferFactory(purpose="Halvdelen, 50 %, prøver en opgave.")) == []
