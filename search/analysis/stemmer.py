"""The Danish Snowball stemmer (snowballstem.org, algorithm "danish"), as PostgreSQL runs it."""

from __future__ import annotations

from functools import lru_cache

VOWELS = frozenset("aeiouyæåø")
S_ENDINGS = frozenset("abcdfghjklmnoprtvyzå")
_SUFFIXES = (
    "hed ethed ered e erede ende erende ene erne ere en heden eren er heder erer heds es endes "
    "erendes enes ernes eres ens hedens erens ers ets erets et eret"
)
MAIN_SUFFIXES = tuple(sorted(_SUFFIXES.split(), key=len, reverse=True))
CONSONANT_PAIRS = ("gd", "dt", "gt", "kt")
OTHER_SUFFIXES = ("elig", "løst", "lost", "lig", "els", "ig")  # "lost": løst, folded


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The stem of a lower-case word; words of fewer than three letters stay as they are."""
    start = _region(word)
    if start >= len(word):
        return word
    return _undouble(_other_suffix(_pair(_main_suffix(word, start), start), start), start)


def _region(word: str) -> int:
    """R1: after the first consonant that follows a vowel, and never before the third letter."""
    for index in range(1, len(word)):
        if word[index] not in VOWELS and word[index - 1] in VOWELS:
            return max(3, index + 1)
    return len(word)


def _main_suffix(word: str, start: int) -> str:
    region = word[start:]
    for suffix in MAIN_SUFFIXES:
        if region.endswith(suffix):
            return word[: -len(suffix)]
    if region.endswith("s") and word[-2:-1] in S_ENDINGS:
        return word[:-1]
    return word


def _pair(word: str, start: int) -> str:
    return word[:-1] if word[start:].endswith(CONSONANT_PAIRS) else word


def _other_suffix(word: str, start: int) -> str:
    if word.endswith("igst"):
        word = word[:-2]
    region = word[start:]
    for suffix in OTHER_SUFFIXES:
        if region.endswith(suffix):
            if suffix in ("løst", "lost"):
                return word[:-1]
            return _pair(word[: -len(suffix)], start)
    return word


def _undouble(word: str, start: int) -> str:
    region = word[start:]
    double = region and word[-1] not in VOWELS and word[-2:-1] == word[-1]
    return word[:-1] if double else word
