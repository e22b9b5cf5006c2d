"""The check of numbers, without a database: which per cents nothing stands behind."""

from __future__ import annotations

import pytest

from sources.numbers import Piece, Unsourced, unsourced


def numbers(text, **piece):
    return [found.number for found in unsourced([Piece(text, **piece)])]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Chancen er 27 %.", ["27 %"]),
        ("Chancen er 27%.", ["27%"]),
        ("Chancen er 27\u00a0%.", ["27 %"]),
        ("Kun 1,2 procent kom i gang.", ["1,2 procent"]),
        ("Det er 16–20 % af dem.", ["16–20 %"]),
        ("Mellem 16 og 20 procent begyndte.", ["16 og 20 procent"]),
        ("Op med 5 procentpoint.", ["5 procentpoint"]),
        ("Omkring 10 pct. faldt fra.", ["10 pct"]),
        ("3 ‰ og 4 promille.", ["3 ‰", "4 promille"]),
        ("Først 6 %. Så 27 %.", ["6 %", "27 %"]),
        ("I 2017 var 25 med i 3 grupper.", []),
        ("Otte procent svarede.", []),
        ("Punkt 2.3 % er ikke et tal.", ["2.3 %"]),
        ("Koden A27 % er ingen andel.", []),
        ("Procenterne mangler.", []),
        ("", []),
    ],
)
def test_a_number_with_per_cent_is_found(text, found):
    assert numbers(text) == found


def test_the_sentence_says_where_to_look():
    text = "Vi så på sagerne. Chancen steg med 32 %, siger oplægget. Det er ikke sikkert."

    assert unsourced([Piece(text)]) == [Unsourced("32 %", "Chancen steg med 32 %, siger oplægget.")]


def test_what_is_covered_is_not_asked_about():
    assert numbers("Chancen er 27 %.", covered=True) == []


def test_a_text_beside_the_body_may_repeat_what_the_body_covers():
    body = Piece("Det var 16–20 % af dem.", covered=True)
    repeats = Piece("Mellem 16 og 20 procent kom i gang, men 40 % gjorde ikke.", beside=True)

    assert [found.number for found in unsourced([repeats, body])] == ["40 %"]


def test_the_body_itself_may_not_lean_on_another_block():
    pieces = [Piece("Det var 27 %.", covered=True), Piece("Igen 27 %.")]

    assert [found.sentence for found in unsourced(pieces)] == ["Igen 27 %."]


def test_a_long_sentence_is_cut():
    (found,) = unsourced([Piece("27 % " + "og " * 200)])

    assert len(found.sentence) == 200
