"""Each paragraph gets its role; what is left out has a reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from document_import.contacts import contact_in
from document_import.dates import date_in
from document_import.drafts import Destination, Outcome, Target, draft_of
from document_import.people_named import person_named
from document_import.reading.plain import read_plain
from document_import.recognition import Reason, Role, recognise
from tests.document_import.documents import COMMENTARY, EVENT, GUIDANCE, INTERVIEW, THEME

SEEDS = sorted((Path(__file__).parents[3] / "shared" / "seeds").glob("*.txt"))


def roles(text):
    return [(item.role, item.text) for item in recognise(read_plain(text.encode()))]


def texts(text, role):
    return [words for found, words in roles(text) if found is role]


def draft(text, target):
    return draft_of(read_plain(text.encode()), target, name="et_dokument-uden titel.txt")


def test_a_commentary():
    made = draft(COMMENTARY, Target.ARTICLE)
    assert made.title == "Samtalen før skemaet"
    assert made.lead.startswith("Når vi begynder med skemaet")
    assert [kind for kind, _value in made.blocks] == [
        "paragraph",
        "heading",
        "paragraph",
        "points",
        "heading",
        "paragraph",
    ]
    (contact,) = made.contacts
    assert (contact.name, contact.title, contact.organisation) == (
        "Karen Lykke Holt",
        "Metodekonsulent",
        "Fjordby Job og Vækst",
    )
    assert (contact.email, contact.phone) == ("karen.holt@fjordby.example", "+45 1234 5678")


def test_an_interview():
    made = draft(INTERVIEW, Target.ARTICLE)
    quotes = [value["text"] for kind, value in made.blocks if kind == "quote"]
    assert quotes[0] == (
        "Vi holdt op med at tale om borgerne, som om de ikke var der.\n\n"
        "Det lyder lille. Det var det ikke."
    )
    assert [author.name for author in made.authors] == ["Mette Dahl"]
    assert (made.speaker.name, made.speaker.title) == ("Jonas Brandt", "afdelingsleder")
    assert made.speaker.organisation == "Fjordby Jobcenter"
    assert [source.title for source in made.sources] == [
        "Rapport Tro og handling",
        "Beskaeftigelsesplan 2030",
    ]
    assert made.title == "Et dokument uden titel"
    reasons = [fate.reason for fate in made.fates if fate.outcome is Outcome.LEFT_OUT]
    assert reasons == [Reason.NAVIGATION, Reason.LABEL, Reason.REPEATED, Reason.NAVIGATION]


def test_a_theme():
    made = draft(THEME, Target.THEME)
    assert made.dilemmas == [
        "Kan man vente for længe på det rette tidspunkt?",
        "Er det omsorg at vente, eller er det frygt?",
    ]
    assert made.lead == "Hvad sker der med troen, mens vi venter?"
    assert texts(THEME, Role.LEFT_OUT)[-3:] == [
        "Fra ord til handling",
        "Hvem tager det næste skridt?",
        "Sproget i overdragelser",
    ]
    (contact,) = made.contacts
    assert (contact.name, contact.title, contact.email) == (
        "Sofie Lund",
        "projektleder",
        "sol@fjordby.example",
    )


def test_dilemmas_are_points_where_there_are_no_dilemmas():
    made = draft(THEME, Target.ARTICLE)
    assert made.dilemmas == []
    assert len(next(value for kind, value in made.blocks if kind == "points")) == 2


def test_a_guidance():
    made = draft(GUIDANCE, Target.ARTICLE)
    assert made.title == "Tag borgerens eget bud alvorligt"
    assert [kind for kind, _value in made.blocks] == ["heading", "paragraph"] * 2
    assert made.lead == "Borgerens eget tal siger noget, som ingen andre kan sige."


def test_an_event():
    made = draft(EVENT, Target.EVENT)
    assert made.programme == ["13.00 Velkomst", "13.15 Oplæg", "15.00 Tak for i dag"]
    assert made.points == ["Ring til virksomheden samme dag"]
    assert (made.date, made.date_words) == ("", "22. november")
    assert made.speaker.name == "Maria Birk"
    assert any(line.startswith("Det er rigtigt vigtigt, at ”trappen”") for line in made.texts())


@pytest.mark.parametrize("target", list(Target))
@pytest.mark.parametrize("text", [COMMENTARY, INTERVIEW, THEME, GUIDANCE, EVENT])
def test_every_paragraph_has_one_fate(text, target):
    paragraphs = read_plain(text.encode())
    made = draft_of(paragraphs, target, name="x.txt")
    assert [fate.paragraph for fate in made.fates] == paragraphs
    for fate in made.fates:
        if fate.outcome is Outcome.LEFT_OUT:
            assert fate.reason
            assert not fate.destination
        else:
            assert fate.destination
            assert not fate.reason


def _everything(made):
    """Every word that a draft holds."""
    parts = [made.title, made.lead, *made.dilemmas, *made.points, *made.programme, *made.texts()]
    for person in (*made.authors, *made.contacts):
        parts += [person.name, person.title, person.organisation, person.email, person.phone]
    parts += [part for source in made.sources for part in (source.title, source.address)]
    return " ".join(parts)


@pytest.mark.skipif(not SEEDS, reason="the source documents lie beside the checkout")
@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:3])
@pytest.mark.parametrize("target", list(Target))
def test_the_source_documents_lose_no_word(path, target):
    made = draft_of(read_plain(path.read_bytes()), target, name=path.name)
    held = _everything(made)
    for fate in made.fates:
        if fate.destination in (Destination.BODY, Destination.LEAD, Destination.TITLE):
            bare = fate.paragraph.text.strip('“”"»«„. ')
            assert bare[:180] in held, fate


def test_the_text_between_two_quotations_is_not_quoted():
    text = "Titel\n\n“Et.”\n\nHerefter fortæller vi selv videre om dagen.\n\n“To.”\n"
    assert texts(text, Role.QUOTE) == ["“Et.”", "“To.”"]


def test_a_quotation_that_is_never_closed_takes_one_paragraph():
    text = "Titel\n\nIntro her.\n\n“Den begynder her.\n\nMen slutter aldrig.\n\nOg så mere tekst.\n"
    assert texts(text, Role.QUOTE) == ["“Den begynder her."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("den 8. marts 2018", ("2018-03-08", "8. marts 2018")),
        ("d. 22. november.", ("", "22. november")),
        ("2026-11-22 kl. 13", ("2026-11-22", "2026-11-22")),
        ("31. februar 2020 og 1. maj 2020", ("2020-05-01", "1. maj 2020")),
        ("29. februar", ("", "29. februar")),
        ("ingen dag", ("", "")),
    ],
)
def test_days(text, expected):
    assert date_in(text) == expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("sagde forskningschef Maria Birk fra Instituttet på dagen", "Maria Birk"),
        ("Lars Holm, psykiater og direktør fra PP Klinik kommer", "Lars Holm"),
        ("Ida Lund, som havde været ledig i tre år", None),
        ("borgeren Ida Lund fra Fjordby", None),
    ],
)
def test_only_who_is_presented_by_title_and_workplace_is_named(text, name):
    found = person_named(text)
    assert (found.name if found else None) == name


@pytest.mark.parametrize(
    "lines",
    [
        ["Ring på 12 34 56 78, hvis du har spørgsmål til det, vi skriver om her på siden."],
        ["Ingen mail her", "Heller ikke her"],
        ["mail@fjordby.example"],
        ["Navn Navnesen"] * 8,
    ],
)
def test_what_is_no_box(lines):
    assert contact_in(lines) is None


# What no text file holds is refused before it is read (tests/privacy/test_extraction.py).
WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=50)


@given(st.lists(WORDS, max_size=12), st.sampled_from(list(Target)))
def test_any_text_is_accounted_for(lines, target):
    paragraphs = read_plain("\n\n".join(lines).encode())
    made = draft_of(paragraphs, target, name="x.txt")
    assert [fate.paragraph for fate in made.fates] == paragraphs
