"""No number without its source: which per cents of a text nothing stands behind. Pure.

A per cent is covered where its own block is: by a footnote after it, by the mark that the example
is the writer's own, or because it is a key figure, which carries its source. Texts beside the
body, such as an introduction, may repeat what the body covers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

# "27 %", "1,2 procent", "16–20 pct.", "mellem 16 og 20 procent", "5 procentpoint", "3 ‰".
PERCENT = re.compile(
    r"(?<![\w.,])\d+(?:[.,]\d+)?(?:\s*(?:–|-|til|og|eller)\s*\d+(?:[.,]\d+)?)?"
    r"[\s\u00a0\u202f]*(?:%|‰|procent(?:point)?\b|promille\b|pct\b)",
    re.IGNORECASE,
)
FIGURES = re.compile(r"\d+(?:[.,]\d+)?")
SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÆØÅ0-9»])|\n+")
LONGEST = 200


@dataclass(frozen=True)
class Piece:
    """A text of a page. covered: something stands behind it. beside: it may repeat the body."""

    text: str
    covered: bool = False
    beside: bool = False


@dataclass(frozen=True)
class Unsourced:
    """A per cent that nothing stands behind, and the sentence in which it stands."""

    number: str
    sentence: str


def unsourced(pieces: Iterable[Piece]) -> list[Unsourced]:
    """Every per cent without a source, in reading order."""
    pieces = list(pieces)
    known = {
        _value(number)
        for piece in pieces
        if piece.covered
        for number in PERCENT.findall(piece.text)
    }
    return [
        Unsourced(" ".join(number.split()), sentence[:LONGEST])
        for piece in pieces
        if not piece.covered
        for sentence in SENTENCE_END.split(piece.text)
        for number in PERCENT.findall(sentence)
        if not (piece.beside and _value(number) in known)
    ]


def _value(number: str) -> tuple[str, ...]:
    """The same for "16–20 %" and "16 til 20 procent"."""
    return tuple(figure.replace(",", ".") for figure in FIGURES.findall(number))
