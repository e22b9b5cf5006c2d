"""Listed first names where a sentence begins, in any casing, and the words they are as well."""

from __future__ import annotations

import unicodedata

import pytest

from privacy.anonymity import check, grid, lexicon
from privacy.anonymity.report import Report
from privacy.benchmarks.anonymity import (
    FRAMES,
    GOALS,
    NAMES,
    NAMES_SECOND,
    WORDS,
    WORDS_SECOND,
    WORDS_UNSEEN,
)

BEGINNINGS = (
    *("", "»", "„", "(", "## ", "**", "- ", "– ", "• ", "* ", "1) ", "2. ", "→ ", "\t", "\u200b"),
    *("Status: ", "12.03: ", "Godt gået; ", "Tja… ", "Mor og ", "Mor/", "😀 ", "Det gælder bl.a. "),
    *("Vi talte\n", "Ja.\r\n", "Ja.\u00a0", "Overskrift\n\n"),
)


def opens_marked(text: str) -> bool:
    return any(finding.start == 0 for finding in check(text).findings)


@pytest.mark.slow
def test_hardly_a_listed_first_name_passes_wherever_a_sentence_holds_it():
    """Names that are words too in every frame; of the others a fourth in each, by rotation."""
    names, frames = grid.first_names(), grid.lines(FRAMES)
    doubtful = [n for n in names if n.lower() in lexicon.ambiguous() or lexicon.is_allowed(n)]
    others = [name for name in names if name not in doubtful]
    passed = list(grid.passing(doubtful, frames, check))
    for turn in range(4):
        passed += 4 * list(grid.passing(others[turn::4], frames[turn::4], check))

    assert len(frames) == 20
    assert len(names) == len(lexicon.first_names()) > 5_000
    assert len(doubtful) > 200
    places = len(names) * len(frames) * len(grid.POSITIONS)
    assert len(passed) <= GOALS["names_passing_the_grid"] * places, passed


def test_a_name_that_passes_is_told_with_its_position():
    def only_late(text: str) -> Report:
        return Report(tuple(f for f in check(text).findings if f.start > 0))

    assert list(grid.passing(["Mette"], ["{name} kom."], check)) == []
    assert list(grid.passing(["Mette"], ["{name} kom."], only_late)) == [
        ("Mette", "{name} kom.", "start")
    ]
    assert [case.frame for case in grid.passing(["Kommunen"], ["{genitive} plan."], check)] == [
        "{genitive} plan."
    ] * len(grid.POSITIONS)


def test_sentences_that_begin_with_the_word_are_hardly_flagged():
    sentences = grid.lines(WORDS)
    flagged = [sentence for sentence in sentences if check(sentence).findings]

    assert len(sentences) == 120
    assert len(flagged) <= GOALS["opening_words_flagged"] * len(sentences), flagged


def test_sentences_written_after_the_rules_are_hardly_flagged_any_more():
    sentences = grid.lines(WORDS_UNSEEN)
    flagged = [sentence for sentence in sentences if check(sentence).findings]

    assert len(flagged) <= GOALS["opening_words_flagged"] * len(sentences), flagged


def test_sentences_by_somebody_who_had_not_read_the_rules_are_hardly_flagged():
    sentences = grid.lines(WORDS_SECOND)
    flagged = [sentence for sentence in sentences if check(sentence).findings]

    assert len(sentences) == 448
    assert len(flagged) <= GOALS["opening_words_flagged"] * len(sentences), flagged


def test_hardly_a_name_passes_in_sentences_by_somebody_who_had_not_read_the_rules():
    sentences = grid.lines(NAMES_SECOND)
    passed = [sentence for sentence in sentences if not opens_marked(sentence)]

    assert len(sentences) == 465
    assert len(passed) <= GOALS["opening_names_passing"] * len(sentences), passed


@pytest.mark.parametrize("sentence", grid.lines(NAMES))
def test_a_name_that_could_be_the_word_is_marked(sentence):
    assert opens_marked(sentence)


@pytest.mark.parametrize("name", ["Hans", "Per", "Max", "Rene", "Tom", "Frank"])
@pytest.mark.parametrize(
    "verb",
    [
        *("googler", "skyper", "vapede", "evner", "flipper", "sovser", "sjusker", "sjuskede"),
        *("underskrev", "overså", "redegjorde", "planlagde", "fremstår", "bifaldt", "formåede"),
        *("skændtes", "mindedes", "følges", "indkaldes", "henvises", "drog", "gned", "strammede"),
    ],
)
def test_a_rare_verb_makes_no_thing_of_a_person(name, verb):
    assert opens_marked(f"{name} {verb} i dag.")
    assert opens_marked(f"{name} {verb} ikke mere og er træt.")


@pytest.mark.parametrize("before", BEGINNINGS)
@pytest.mark.parametrize("name", ["Søren", "Bo", "Ebbe", "Jan", "Hans", "Trine", "Helle", "Else"])
def test_a_name_is_marked_after_whatever_begins_a_sentence(before, name):
    for sentence in (f"{name} kører lastbil.", f"{name}s mor hjælper.", f"{name}'s mor hjælper."):
        report = check(before + sentence)
        assert any(found.start <= len(before) < found.end for found in report.findings)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("SØREN KØRER", "SØREN"),
        ("BO KØRER LASTBIL.", "BO"),
        ("JAN kører lastbil.", "JAN"),
        ("VI MØDTE HELLE I GÅR", "HELLE"),
        ("Vi talte med SØREN i går.", "SØREN"),
        ("IB KØRER LASTBIL", "IB"),
        ("søren kører lastbil", "søren"),
        ("i går kom trine til samtalen", "trine"),
        ("stig ringede", "stig"),
        ("line ringede", "line"),
        ("liv kører lastbil", "liv"),
        ("- bo og jeg lavede en plan", "bo"),
        ("helles mor ringede", "helles"),
        ("1) palle på lageret hjalp", "palle"),
        ("ebbe, som er hendes bror, kom", "ebbe"),
        ("ÅSE kører lastbil.", "ÅSE"),
        ("I går sagde EVA ja.", "EVA"),
        ("LJ sagde ja til praktikken.", "LJ"),
        ("Møller ringede i går.", "Møller"),
        ("Bo Lund kører lastbil.", "Bo Lund"),
        ("Hans Skov ringede.", "Hans Skov"),
        ("Vi hørte, at Jordan kører lastbil.", "Jordan"),
        ("Philips mor ringede.", "Philips"),
    ],
)
def test_casing_and_surnames_hide_no_name(text, name):
    assert [finding.text for finding in check(text).findings] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "DET ER HANS ANSVAR",
        "PER MÅNED ER DER TI TIMER",
        "HUN VIL BO I EGEN LEJLIGHED",
        "MÅL: 10 TIMER OM UGEN INDEN JUL",
        "Bo-støtte er bevilget.",
        "Dag- og døgntilbud er afprøvet.",
        "Han kom fra Jordan og er glad for praktikken.",
        "Han kørte en Mercedes, da han var chauffør.",
        "for søren, sagde han",
        "hans mor ringede",
        "per måned er der 100 kr. tilbage",
        "Planen gælder fra den 1. august overgår hun",
        "stig på bussen ved stationen",
        "Han fandt en arbejds-\nplads i foråret.",
    ],
)
def test_words_in_capitals_compounds_and_products_pass(text):
    assert check(text).findings == ()


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("decomposed", unicodedata.normalize("NFD", "Søren Åse").split()[1]),
        ("soft hyphen", "Sø\u00adren"),
        ("zero-width space", "Sø\u200bren"),
        ("struck through", "".join(letter + "\u0336" for letter in "Søren")),
        ("an accent", "Hell\u00e9"),
        ("a Cyrillic letter", "B\u043e"),
        ("a Greek letter", "B\u03bf"),
        ("without our letters", "Soren"),
        ("without our letters, long", "Soeren"),
        ("broken at the end of a line", "Met-\nte"),
        ("a sign in it", "M*ette"),
        ("letters apart", "E v a"),
        ("letters with hyphens", "M-e-t-t-e"),
    ],
)
def test_no_way_of_writing_hides_a_name(written, name):
    for text in (f"{name} kører lastbil.", f"Vi aftalte det. {name} kører lastbil."):
        start = text.index(name)
        assert any(f.start <= start < f.end for f in check(text).findings), written
