"""The lexicon: inflection, compounds, and lists that agree with each other."""

from __future__ import annotations

import pytest

from privacy.anonymity import lexicon, shape, uses

WORDS = """virksomhedspraktikken kontanthjælpsmodtagerne bussen numre artikler samarbejdede
tydeligst rehabiliteringsteamet støttekontaktpersonen ubegrundet afprøvningerne dét
jobcenter-huset"""


@pytest.mark.parametrize("word", WORDS.split())
def test_inflected_and_compound_words_are_known(word):
    assert lexicon.is_word(word)


@pytest.mark.parametrize("word", ["ganbaatar", "oluwaseun", "thuraiya", "wiebke", "x" * 60])
def test_names_are_no_words(word):
    assert not lexicon.is_word(word)


def test_the_lists_are_as_large_as_promised():
    assert len(lexicon.first_names()) >= 1500
    assert len(lexicon.last_names()) >= 1200
    assert len(lexicon.municipalities()) == 98
    assert len(lexicon.towns()) >= 500


def test_every_ambiguous_word_is_a_name():
    assert lexicon.ambiguous() <= lexicon.first_names() | lexicon.last_names()


@pytest.mark.parametrize(
    ("word", "allowed"),
    [
        ("Aarhus", True),
        ("Aarhus'", True),
        ("Danmarks", True),
        ("Rosenthal-effekten", True),
        ("Hansen", False),
        ("Nordlyby", False),
    ],
)
def test_what_may_be_named(word, allowed):
    assert lexicon.is_allowed(word) is allowed


def test_an_unknown_section_is_an_error():
    with pytest.raises(KeyError):
        lexicon.context("nothing")


def test_unknown_names_look_more_like_names_than_unknown_words():
    names = ["ganbaatar", "oluwaseun", "thuraiya", "bisrat"]
    words = ["bopælen", "intervallet", "tagryggen", "sludder"]

    assert min(map(shape.name_likeness, names)) > max(map(shape.name_likeness, words))


def test_every_word_with_followers_is_a_first_name_and_every_kind_is_known():
    kinds = {"@thing", "@plural", "@pair", "@month", "@year", "@matter", *uses.USES}

    for word, followers in lexicon.openings().items():
        assert any(form in lexicon.first_names() for form in lexicon.genitive_forms(word)), word
        for wanted in (part for follower in followers for part in follower):
            assert wanted in kinds or not wanted.startswith("@"), wanted
            assert wanted, word
