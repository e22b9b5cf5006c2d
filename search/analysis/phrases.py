"""Phrases found in a text in any inflection: `dukkede ikke op` is `dukker ikke op`. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from search.analysis.folding import normalise, words
from search.analysis.stemmer import stem

# The stemmer knows no past tense in -ede: `dukkede` is read as `dukker`.
_PAST = re.compile(r"(?<=\w{3})edes?$")
# A phrase does not reach over the end of a sentence or of a paragraph; a line may end anywhere.
_SENTENCE_END = re.compile(r"[.!?;:]+|\n\s*\n")


class Hint(NamedTuple):
    """A phrase that closes something, and a sentence that could be written instead."""

    phrase: str
    alternative: str


def phrases_in(text: str, hints: Iterable[Hint]) -> list[Hint]:
    """Those whose phrase is in the text, as whole words in their order, in any inflection."""
    sentences = [_marked(_stems(part)) for part in _SENTENCE_END.split(text)]
    return [
        hint
        for hint in hints
        if (wanted := _stems(hint.phrase)) and any(_marked(wanted) in part for part in sentences)
    ]


def _stems(text: str) -> list[str]:
    return [stem(_PAST.sub("er", normalise(word))) for word in words(text)]


def _marked(stems: list[str]) -> str:
    """One text with a space on both sides of each stem, so that only whole ones are found."""
    return f" {' '.join(stems)} "
