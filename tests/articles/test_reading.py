"""How long it takes to read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.reading import WORDS_A_MINUTE, reading_minutes


@pytest.mark.parametrize(
    ("words", "minutes"), [(0, 1), (1, 1), (200, 1), (201, 2), (400, 2), (401, 3)]
)
def test_minutes_are_rounded_up_and_never_none(words, minutes):
    assert reading_minutes("ord " * words) == minutes


@given(st.lists(st.text()), st.text())
def test_more_text_never_takes_less_time(texts, more):
    assert reading_minutes(*texts, more) >= reading_minutes(*texts)


def test_texts_are_counted_together():
    half = "ord " * (WORDS_A_MINUTE // 2 + 1)

    assert reading_minutes(half, half) == 2
