"""Hints for authors: how heavy a text is to read. No database."""

from __future__ import annotations

import re

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
SENTENCE_END = re.compile(r"[.!?:]+(?:\s|$)|\n+")
LONG_WORD = 7
# LIX 25–34 is easy (fiction), 35–44 ordinary (newspapers), 45 and over official texts (Björnsson).
EASY_UNTIL, ORDINARY_UNTIL = 35, 45
FEWEST_WORDS = 30


def lix(text: str) -> int | None:
    """The readability index LIX: words a sentence + per cent of words over six letters.

    None for fewer than 30 words: the number would say nothing.
    """
    words = WORD.findall(text)
    if len(words) < FEWEST_WORDS:
        return None
    sentences = max(1, len([part for part in SENTENCE_END.split(text) if part.strip()]))
    long_words = sum(len(word) >= LONG_WORD for word in words)
    return round(len(words) / sentences + 100 * long_words / len(words))
