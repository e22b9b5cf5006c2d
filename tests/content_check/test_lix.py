"""LIX by its formula: texts whose words, sentences and long words are known as they are made."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from content_check.lix import FEWEST_WORDS, lix, sentences

SHORT, LONG = ("vi", "så", "borger", "trods"), ("borgeren", "arbejdsmarked", "tilbagemelding")
a_sentence = st.lists(st.sampled_from((*SHORT, *LONG)), min_size=1, max_size=40)


@given(st.lists(a_sentence, min_size=1, max_size=12), st.sampled_from((". ", "! ", "? ", "\n")))
def test_it_is_the_published_formula(made, end):
    text = end.join(" ".join(words) for words in made) + "."
    words = [word for sentence in made for word in sentence]

    # A / B + C * 100 / A: words, sentences, words over six letters (Björnsson 1968).
    a, b, c = len(words), len(made), sum(word in LONG for word in words)
    assert lix(text) == (round(a / b + c * 100 / a) if a >= FEWEST_WORDS else None)
    assert len(sentences(text)) == b


def test_a_decimal_number_and_a_time_end_no_sentence():
    assert sentences("Det tog 1.5 time til kl. 14.30.") == ["Det tog 1.5 time til kl", "14.30"]


@given(st.text(max_size=400))
def test_any_text_is_accepted(text):
    number = lix(text)
    assert number is None or number >= 1
