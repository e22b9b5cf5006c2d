"""LIX, the readability index that Danish editors know (C. H. Björnsson, Läsbarhet, 1968). Pure."""

from __future__ import annotations

import re

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
SENTENCE_END = re.compile(r"[.!?:]+(?:\s|$)|\n+")
LONG_WORD = 7
# LIX 25–34 is easy (fiction), 35–44 ordinary (newspapers), 45 and over official texts (Björnsson).
EASY_UNTIL, ORDINARY_UNTIL = 35, 45
FEWEST_WORDS = 30


def lix(text: str) -> int | None:
    """Words a sentence + per cent of words over six letters.

    None for fewer than 30 words: the number would say nothing.
    """
    words = WORD.findall(text)
    if len(words) < FEWEST_WORDS:
        return None
    long_words = sum(len(word) >= LONG_WORD for word in words)
    return round(len(words) / max(1, len(sentences(text))) + 100 * long_words / len(words))


def sentences(text: str) -> list[str]:
    """The sentences of a text; the end of a line ends one too."""
    return [part.strip() for part in SENTENCE_END.split(text) if part and part.strip()]
