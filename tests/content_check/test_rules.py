"""Each rule by itself, on content made by hand: pure functions of what they are given."""

from __future__ import annotations

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from content_check.checking import look_at
from content_check.content import Content, Finding, Heading, Known, Link, Picture, Text
from content_check.rules import (
    RULES,
    headings,
    links,
    names,
    numbers,
    phrases,
    pictures,
    readability,
)
from search.analysis.phrases import Hint
from sources.numbers import Piece

NOTHING = Known()
words = st.text(max_size=60)


def found(rule, content, known=NOTHING):
    with override("da"):
        return list(rule.find(content, known))


def words_of(rule, content, known=NOTHING):
    return [finding.words for finding in found(rule, content, known)]


def text(said, **other):
    return Content(texts=(Text("Brødtekst", said, **other),))


# Names.
def test_a_name_is_found_once_with_what_to_do():
    (finding,) = found(names, text("Mette fra kom i praktik. Mette blev ansat."))

    assert (finding.place, finding.words) == ("Brødtekst", "Mette")
    assert finding.advice.startswith("Er det en borger?")
    assert "listen over personer" in finding.advice


def test_a_cpr_number_and_a_telephone_are_found_with_the_privacy_rooms_advice():
    assert [(one.words, one.advice) for one in found(names, text("Hun har cpr 010190-1234."))] == [
        ("010190-1234", "Slet nummeret.")
    ]
    assert words_of(names, text("Ring til hende på 12 34 56 78.")) == ["12 34 56 78"]


def test_who_is_known_by_their_work_may_be_named():
    known = Known(names=frozenset({"Charlotte Hansen"}))
    said = "Professor Charlotte Hansen sagde ja, og Mette sagde nej."

    assert words_of(names, text(said), known) == ["Mette"]


def test_a_field_for_professionals_may_name_them_but_holds_no_cpr_number():
    assert words_of(names, text("Mette Jensen", names_professionals=True)) == []
    assert words_of(names, text("cpr 010190-1234", names_professionals=True)) == ["010190-1234"]


@pytest.mark.parametrize(
    "said", ["Mødet er den 12. maj 2019 i Odense.", "Jobcenteret og kommunen er enige."]
)
def test_days_and_towns_are_no_names(said):
    assert words_of(names, text(said)) == []


# Numbers.
def test_a_number_without_a_source_is_found_and_one_with_is_not():
    content = Content(pieces=(Piece("Det er 27 %."), Piece("Det er 8 %.", covered=True)))

    assert [(one.place, one.words) for one in found(numbers, content)] == [("Det er 27 %.", "27 %")]


# Pictures.
@pytest.mark.parametrize("said", ["", "  ", "IMG_2041.jpg", "dsc 0042", "billede-3", "foto_af_hus"])
def test_a_picture_that_says_nothing_is_found(said):
    assert len(found(pictures, Content(pictures=(Picture("Billede", said),)))) == 1


@pytest.mark.parametrize("said", ["To kolleger ved et bord", "Hus nr. 3", "En mand på 40"])
def test_a_picture_in_words_is_not(said):
    assert found(pictures, Content(pictures=(Picture("Billede", said),))) == []


# Headings.
def of_levels(*levels):
    return Content(headings=tuple(Heading("Brødtekst", level, f"H{level}") for level in levels))


@pytest.mark.parametrize(
    ("levels", "wrong"),
    [
        ((2, 3, 2, 3, 4, 2), []),
        ((3, 2), ["H3"]),
        ((2, 4, 5, 2), ["H4"]),
        ((), []),
    ],
)
def test_a_skipped_level_is_found(levels, wrong):
    assert words_of(headings, of_levels(*levels)) == wrong


@given(st.lists(st.integers(min_value=2, max_value=6), max_size=12))
def test_headings_that_go_down_one_by_one_are_never_wrong(levels):
    made, before = [], 1
    for level in levels:
        before = min(level, before + 1)
        made.append(before)

    assert found(headings, of_levels(*made)) == []


def test_a_skipped_level_says_which_one_to_put_before():
    (finding,) = found(headings, of_levels(2, 4))
    assert (
        finding.advice == "Den kommer lige efter niveau 2: sæt en overskrift på niveau 3 før den."
    )


def test_an_empty_heading_is_found_and_counts_for_no_level():
    content = Content(headings=(Heading("Blok 1", 2, " "), Heading("Blok 2", 2, "Ord")))
    assert [(one.place, one.words) for one in found(headings, content)] == [("Blok 1", "")]


# Links.
@pytest.mark.parametrize(
    "said", ["her", "Klik her", "Læs mere …", "læs  MERE her!", "»her«", "https://a.dk/x?y", ""]
)
def test_a_link_that_says_nothing_is_found(said):
    assert len(found(links, Content(links=(Link("Brødtekst", said),)))) == 1


@pytest.mark.parametrize("said", ["Læs mere om metoder", "Hent kortene", "Her bor vi", "a.dk"])
def test_a_link_that_says_where_it_leads_is_not(said):
    assert found(links, Content(links=(Link("Brødtekst", said),))) == []


# Phrases.
def test_a_phrase_card_speaks_in_any_inflection():
    known = Known(phrases=(Hint("dukker ikke op", "kom ikke i dag"),))

    assert found(phrases, text("Han dukkede ikke op."), known) == [
        Finding("Brødtekst", "dukker ikke op", "Du kunne skrive: kom ikke i dag")
    ]
    assert found(phrases, text("Han kom."), known) == []


# LIX.
HEAVY = (
    "Beskæftigelsesindsatsens virkemidler forudsætter koordinerende sagsbehandleres inddragelse "
    "af sundhedsfaglige samarbejdspartnere, arbejdsmarkedsrettede mentorordninger og "
    "virksomhedsrettede aktiviteter, som tilrettelægges individuelt og helhedsorienteret efter "
    "kommunens retningslinjer for tværfaglige rehabiliteringsteams og deres indstillinger om "
    "ressourceforløb, fleksjob og virksomhedspraktik i hele beskæftigelsesindsatsen."
)


def test_a_heavy_text_is_found_by_its_longest_sentence():
    (finding,) = found(readability, text(HEAVY))
    assert finding.words.startswith("Beskæftigelsesindsatsens virkemidler")
    assert finding.words.endswith(" …")
    assert finding.advice.endswith("ord i én sætning: del den.")


def test_many_long_words_in_short_sentences_are_said_as_a_number():
    short = "Virksomhedspraktikken tilrettelægges individuelt. " * 12
    assert [one.words for one in found(readability, text(short))] == ["LIX 103"]


def test_an_easy_text_and_a_title_are_left_alone():
    assert found(readability, text("Vi ser på det. Så går vi. " * 20)) == []
    assert found(readability, text(HEAVY, prose=False)) == []


# All of them.
anything = st.builds(
    Content,
    texts=st.lists(st.builds(Text, words, words, st.booleans(), st.booleans()), max_size=3).map(
        tuple
    ),
    headings=st.lists(st.builds(Heading, words, st.integers(1, 6), words), max_size=4).map(tuple),
    links=st.lists(st.builds(Link, words, words), max_size=3).map(tuple),
    pictures=st.lists(st.builds(Picture, words, words), max_size=3).map(tuple),
    pieces=st.lists(st.builds(Piece, words, st.booleans(), st.booleans()), max_size=3).map(tuple),
)


@given(anything)
def test_every_rule_answers_the_same_twice_and_says_what_to_do(content):
    known = Known(phrases=(Hint("mangler motivation", "har ikke sagt ja endnu"),))

    first, second = look_at(content, known), look_at(content, known)

    assert first == second
    assert first.digest == second.digest
    assert all(finding.advice for group in first.groups for finding in group.findings)
    assert first.count == sum(len(list(rule.find(content, known))) for rule in RULES)


@given(anything, words)
def test_what_only_advises_changes_nothing_of_what_is_asked(content, phrase):
    with_card = Known(phrases=(Hint(phrase, "noget andet"),))
    assert look_at(content, with_card).digest == look_at(content, NOTHING).digest


def test_which_rules_ask_before_publishing():
    asking = {rule.code: rule.asks for rule in RULES}
    assert asking == {
        "names": True,
        "numbers": True,
        "pictures": True,
        "headings": True,
        "links": True,
        "phrases": False,
        "readability": False,
    }
