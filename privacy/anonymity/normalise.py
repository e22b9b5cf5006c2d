"""Text made plain before the rules run, with a map back to the original characters.

Zero-width characters and marks that no letter carries (strike-through) go, compatibility forms
become plain (full-width digits, ligatures), letters of other scripts that look like ours become
ours, all digits become ASCII, all dashes ``-``, all spaces one kind, all apostrophes ``'``.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# Everything else is looked at one character at a time.
_PLAIN = re.compile(r"[\n -~§©°«»½·ÄÅÆÉÖØÜäåæéöøü“”„…•]*\Z")
_APOSTROPHES = frozenset("’‘‛ʼ´`′＇")
# Invisible although Unicode does not call them format characters.
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\u2800")
# Cyrillic and Greek capitals and small letters that look like Latin ones.
_LOOK_ALIKES = dict(
    zip(
        "АВЕЅІЈКМНОРСТУХаеѕіјорсухΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",
        "ABESIJKMHOPCTYXaesijopcyxABEZHIKMNOPTYXo",
        strict=True,
    )
)


@dataclass(frozen=True, slots=True)
class Normalised:
    """``text`` and, for each of its characters, where it came from; no map means identity."""

    text: str
    starts: tuple[int, ...] | None = None
    ends: tuple[int, ...] | None = None

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Half-open span in the original for a non-empty span of the normalised text."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]


def normalise(text: str) -> Normalised:
    """Return the plain form of any string; never raises."""
    if _PLAIN.match(text):
        return Normalised(text)
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end in _clusters(text):
        plain = _plain(text[start:end])
        characters.append(plain)
        starts.extend([start] * len(plain))
        ends.extend([end] * len(plain))
    return Normalised("".join(characters), tuple(starts), tuple(ends))


def _clusters(text: str) -> list[tuple[int, int]]:
    """Base characters with the combining marks that follow them (at most eight a base)."""
    spans: list[tuple[int, int]] = []
    for index, character in enumerate(text):
        joins = spans and unicodedata.combining(character) and index - spans[-1][0] < 8
        if joins:
            spans[-1] = (spans[-1][0], index + 1)
        else:
            spans.append((index, index + 1))
    return spans


@lru_cache(maxsize=4096)
def _plain(cluster: str) -> str:
    return "".join(map(_plain_character, unicodedata.normalize("NFKC", cluster)))


def _plain_character(character: str) -> str:
    category = unicodedata.category(character)
    if category in {"Cf", "Mn"} or character in _INVISIBLE or "\ufe00" <= character <= "\ufe0f":
        return ""
    if category == "Nd":
        return str(unicodedata.digit(character))
    if category == "Pd" or character in "−‐﹣":
        return "-"
    if category in {"Zl", "Zp"} or character in "\v\f\x85":
        return "\n"
    if category == "Zs" or character in "\t\r":
        return " "
    return "'" if character in _APOSTROPHES else _LOOK_ALIKES.get(character, character)
