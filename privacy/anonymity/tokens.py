"""Words of a text with what the name rules need to know about each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from . import lexicon

_WORD = re.compile(r"[^\W\d_]+(?:['\-][^\W\d_]+)*'?")
_ENDS_SENTENCE = re.compile(r"[.!?:;\n•\"“”„»«…(\[*|/]|(?:^|\s)-\s")
_ABBREVIATIONS = lexicon.context("abbreviations")
_PLACE_BODIES = lexicon.context("bodies_after_place")
_BODIES_BEFORE = lexicon.context("bodies_before_place")
_LONGEST_PHRASE = 4


@dataclass(slots=True)
class Token:
    """One word; ``opening`` when a capital letter is expected there anyway.

    ``after`` is what stands between it and the next word.
    """

    start: int
    end: int
    text: str
    lower: str
    opening: bool
    excused: bool = False
    after: str = ""

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()

    @property
    def shouted(self) -> bool:
        return len(self.text) > 1 and self.text.isupper()


def tokenise(text: str, allowed: frozenset[str]) -> list[Token]:
    """All words of a normalised text; those in phrases that name nobody are excused."""
    tokens: list[Token] = []
    for match in _WORD.finditer(text):
        word = match[0]
        opening = True
        if tokens:
            tokens[-1].after = text[tokens[-1].end : match.start()]
            opening = _opens(tokens[-1])
        tokens.append(Token(match.start(), match.end(), word, word.lower(), opening))
    if tokens:
        tokens[-1].after = text[tokens[-1].end :]
    _excuse_phrases(text, tokens, lexicon.allowed_phrases() | allowed)
    _excuse_bodies(tokens)
    return tokens


def words_after(tokens: list[Token], index: int, count: int) -> list[str]:
    """The next words in lower case, as long as nothing but spaces stands between them."""
    words: list[str] = []
    for before, token in pairwise(tokens[index : index + count + 1]):
        if before.after.strip(" "):
            break
        words.append(token.lower)
    return words


def _opens(previous: Token) -> bool:
    gap = previous.after
    if gap.lstrip(" ").startswith(".") and (
        previous.lower in _ABBREVIATIONS or len(previous.text) == 1
    ):
        gap = gap.replace(".", "", 1)
    return _ENDS_SENTENCE.search(gap) is not None


def _excuse_phrases(text: str, tokens: list[Token], phrases: frozenset[str]) -> None:
    for index, token in enumerate(tokens):
        if not token.capital:
            continue
        for last in range(index, min(index + _LONGEST_PHRASE, len(tokens))):
            phrase = " ".join(text[token.start : tokens[last].end].lower().split())
            if phrase in phrases or phrase.rstrip("s'") in phrases:
                for covered in tokens[index : last + 1]:
                    covered.excused = True


def _excuse_bodies(tokens: list[Token]) -> None:
    """``Xby Kommune`` and ``Jobcenter Xby`` are the public body, whatever X is."""
    for before, after in pairwise(tokens):
        if after.lower in _PLACE_BODIES and before.capital and after.start - before.end == 1:
            before.excused = True
        if before.lower in _BODIES_BEFORE and after.capital and after.start - before.end == 1:
            after.excused = True
