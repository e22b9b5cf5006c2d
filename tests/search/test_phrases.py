"""Phrases are found in any inflection, as whole words, within one sentence."""

from __future__ import annotations

import pytest

from search.analysis.phrases import Hint, phrases_in

CARDS = [
    Hint("Ikke motiveret", "Vi ved endnu ikke, hvad der kunne trække."),
    Hint("Dukker ikke op", "Kom ikke den 3. og den 10."),
    Hint("Tung borger", "En borger, som meget er tungt for."),
    Hint("Parkeret", "Har ventet siden …"),
]


def found(text):
    return [hint.phrase for hint in phrases_in(text, CARDS)]


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("Der stod: ikke  motiveret, igen.", ["Ikke motiveret"]),
        ("De er IKKE MOTIVEREDE for noget.", ["Ikke motiveret"]),
        ("Hun dukkede ikke op i går", ["Dukker ikke op"]),
        ("Han har aldrig dukket ikke\n\nop", []),
        ("Tunge borgere, og sagen er parkeret", ["Tung borger", "Parkeret"]),
        ("Sagen blev parkeredes", ["Parkeret"]),
        ("Det er han ikke. Motiveret er hun derimod.", []),
        ("Hun er motiveret", []),
        ("ikke særligt motiveret", []),
        ("Han var ikke motiverethed", []),
        ("parkeringsplads", []),
        ("", []),
    ],
)
def test_a_phrase_is_found_as_it_is_written_today(text, phrases):
    assert found(text) == phrases


def test_a_card_without_words_is_found_nowhere():
    assert phrases_in("Noget … helt andet", [Hint("…", "x")]) == []
