"""Spelling variants of Danish letters made equal: `sma job`, `smaa job` and `små job` are one."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# The letters as typed on a foreign keyboard, and their Swedish and German cousins.
_WRITTEN_OUT = (("aa", "å"), ("ae", "æ"), ("oe", "ø"))
_COUSINS = str.maketrans({"ä": "æ", "ö": "ø", "ü": "y"})
_FOLDED = str.maketrans({"å": "a", "æ": "a", "ø": "o"})
_AFTER_Z = str.maketrans({"æ": "{", "ø": "|", "å": "}"})  # what ASCII has after z
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?", re.UNICODE)


def words(text: str) -> list[str]:
    """The words of a text as written; hyphens and slashes separate."""
    return _WORD.findall(text)


def spans(text: str) -> list[tuple[int, int]]:
    """Start and end of every word in `text`, for the highlighter."""
    return [match.span() for match in _WORD.finditer(text)]


def normalise(word: str) -> str:
    """Lower case, composed, `aa`/`ae`/`oe` and ä/ö written as å, æ and ø."""
    lowered = unicodedata.normalize("NFC", word).lower().translate(_COUSINS)
    for pair, letter in _WRITTEN_OUT:
        lowered = lowered.replace(pair, letter)
    return lowered


def fold(word: str) -> str:
    """A normalised word without the three Danish letters, accents and apostrophes."""
    apart = unicodedata.normalize("NFD", word.translate(_FOLDED))
    return "".join(letter for letter in apart if letter.isalnum())


@lru_cache(maxsize=100_000)
def plain(word: str) -> str:
    """A word as typed, normalised and folded. Remembered: texts are made of the same words."""
    return fold(normalise(word))


def sort_key(text: str, longest: int = 200) -> str:
    """A key that sorts as Danes do: æ, ø and å after z."""
    return normalise(text).translate(_AFTER_Z)[:longest]
