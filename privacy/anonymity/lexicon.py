"""The Danish lexicon: which words are ordinary, which are names, which name nobody.

Own word lists (``data/``), inflection by suffix stripping and a compound splitter, so that a
capitalised ordinary word is not taken for a name and the result never depends on a dictionary
that one machine has and another has not.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

_DATA = Path(__file__).parent / "data"

_LINKS = ("", "s", "e", "er", "n", "en")
_NOUN_ENDINGS = ("s", "e", "r", "er", "en", "et", "n", "t", "ne", "erne", "ene", "rne")
_SHORTEST_PART = 3
# Shorter compounds and inflected short parts make words of half of all foreign names.
_SHORTEST_COMPOUND = 7
_SHORTEST_INFLECTED = 5  # letters of a part that is no base form
_LONGEST_WORD = 45


def _lines(name: str) -> list[str]:
    content = (_DATA / name).read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in content if line.strip() and not line.startswith("#")]


def _words(name: str) -> frozenset[str]:
    return frozenset(word.lower() for line in _lines(name) for word in line.split())


@lru_cache(maxsize=1)
def _contexts() -> dict[str, frozenset[str]]:
    sections: dict[str, list[str]] = {}
    for line in _lines("contexts.txt"):
        if line.startswith("["):
            current = sections.setdefault(line.strip("[]"), [])
        else:
            current.extend(line.split())
    return {name: frozenset(words) for name, words in sections.items()}


def context(section: str) -> frozenset[str]:
    """The words of one section of ``contexts.txt``; ``KeyError`` for an unknown one."""
    return _contexts()[section]


@lru_cache(maxsize=1)
def _suffixes() -> tuple[str, ...]:
    """Inflectional endings of nouns, verbs and adjectives, the longest first."""
    return tuple(sorted(context("suffixes"), key=len, reverse=True))


@lru_cache(maxsize=1)
def first_names() -> frozenset[str]:
    """First names in lower case."""
    return _words("first_names.txt")


@lru_cache(maxsize=1)
def last_names() -> frozenset[str]:
    """Surnames in lower case."""
    return _words("last_names.txt")


@lru_cache(maxsize=1)
def ambiguous() -> frozenset[str]:
    """Names that are ordinary Danish words as well, in lower case."""
    return _words("ambiguous.txt")


@lru_cache(maxsize=1)
def towns() -> frozenset[str]:
    """Towns and villages that are no municipality's name, in lower case."""
    return frozenset(line.lower() for line in _lines("towns.txt"))


@lru_cache(maxsize=1)
def municipalities() -> frozenset[str]:
    """The municipalities in lower case: the smallest place a story may name."""
    return frozenset(line.lower() for line in _lines("municipalities.txt"))


@lru_cache(maxsize=1)
def _proper() -> tuple[frozenset[str], frozenset[str]]:
    """Proper nouns that name nobody: single words as written, and phrases in lower case."""
    entries = [entry for line in _lines("proper_nouns.txt") for entry in line.split()]
    phrases = {entry.replace("_", " ").lower() for entry in entries if "_" in entry}
    countries = _lines("countries.txt")
    phrases |= {country.lower() for country in countries if " " in country}
    singles = {entry for entry in entries if "_" not in entry}
    singles |= {country for country in countries if " " not in country}
    return frozenset(singles), frozenset(phrases)


def is_allowed(word: str) -> bool:
    """Whether a capitalised word names a country, a municipality, a body or a product."""
    singles, _ = _proper()
    if any(form in singles or form.lower() in municipalities() for form in genitive_forms(word)):
        return True
    first, _dash, rest = word.partition("-")
    if not (rest and first and is_allowed(first)):
        return False
    return is_word(rest) if rest.islower() else is_allowed(rest)


def allowed_phrases() -> frozenset[str]:
    """Phrases of several words that name nobody, in lower case."""
    return _proper()[1]


def genitive_forms(word: str) -> tuple[str, ...]:
    """The word and what stands before a genitive ending: ``Olsens`` gives ``Olsens, Olsen``."""
    if word.endswith("'s"):
        return word, word[:-2]
    if word.endswith(("s", "'")):
        return word, word[:-1]
    return (word,)


@lru_cache(maxsize=1)
def openings() -> dict[str, tuple[tuple[str, ...], ...]]:
    """For a name that is a word too: the sequences of words that make the word certain."""
    found = {}
    for line in _lines("openings.txt"):
        word, _colon, followers = line.partition(":")
        found[word] = tuple(tuple(follower.split("+")) for follower in followers.split())
    return found


@lru_cache(maxsize=1)
def verbs() -> frozenset[str]:
    """Listed verbs in the infinitive."""
    return _words("verbs.txt")


@lru_cache(maxsize=1)
def nouns() -> frozenset[str]:
    """Listed nouns in the singular."""
    return _words("nouns.txt")


@lru_cache(maxsize=1)
def adjectives() -> frozenset[str]:
    """Listed adjectives in the base form."""
    return _words("adjectives.txt")


@lru_cache(maxsize=1)
def irregular() -> frozenset[str]:
    """Function words and irregular forms, as they stand."""
    return _words("words.txt")


@lru_cache(maxsize=1)
def lemmas() -> frozenset[str]:
    """All listed words in their base form, in lower case."""
    return nouns() | verbs() | adjectives() | irregular()


@lru_cache(maxsize=16384)
def is_word(word: str) -> bool:
    """Whether a lower-case word is Danish: a form of a listed word or a compound of such."""
    word = word.replace("é", "e")
    if len(word) > _LONGEST_WORD:
        return False
    if "-" in word:
        return all(is_word(part) for part in word.split("-") if part)
    return _is_form(word) or _is_prefixed(word) or _is_compound(word) or _has_word_ending(word)


@lru_cache(maxsize=16384)
def _is_form(word: str) -> bool:
    """A listed word or a regular inflection of one."""
    base = lemmas()
    if word in base:
        return True
    for suffix in _suffixes():
        stem = word[: -len(suffix)]
        if len(stem) >= 2 and word.endswith(suffix) and _is_stem(stem, base):
            return True
    return len(word) > 2 and word + "e" in base


@lru_cache(maxsize=4096)
def is_noun(word: str) -> bool:
    """A listed noun, a form of one, or an irregular word; compounds are left out."""
    stems = {word} | {word[: -len(ending)] for ending in _NOUN_ENDINGS if word.endswith(ending)}
    return word in irregular() or not stems.isdisjoint(nouns())


def _is_stem(stem: str, base: frozenset[str]) -> bool:
    """The lemma itself, a verb without its -e, a doubled consonant, or a dropped e."""
    if stem in base or (len(stem) > 2 and stem + "e" in base):
        return True
    if len(stem) > 3 and stem[-1] == stem[-2] and stem[:-1] in base:
        return True
    if len(stem) < 4 or stem[-1] not in "lrn":
        return False
    before, last = stem[:-1], stem[-1]
    return f"{before}e{last}" in base or f"{before}{before[-1]}e{last}" in base


def _is_prefixed(word: str) -> bool:
    return any(
        word.startswith(prefix) and len(word) - len(prefix) > 3 and _is_form(word[len(prefix) :])
        for prefix in context("prefixes")
    )


def _has_word_ending(word: str) -> bool:
    return len(word) > 8 and word.endswith(tuple(context("word_endings")))


@lru_cache(maxsize=16384)
def _is_compound(word: str) -> bool:
    """Two or more listed words put together, with a linking s, e, er or n."""
    if len(word) < _SHORTEST_COMPOUND:
        return False
    for cut in range(len(word) - _SHORTEST_PART, _SHORTEST_PART - 1, -1):
        rest = word[cut:]
        if _is_first_part(word[:cut]) and (_is_last_part(rest) or _is_compound(rest)):
            return True
    return False


@lru_cache(maxsize=16384)
def _is_first_part(part: str) -> bool:
    base = lemmas()
    if part in base:
        return True
    if len(part) < _SHORTEST_INFLECTED:
        return False
    if part + "e" in base or (part.endswith("s") and part[:-1] + "e" in base):  # arbejds-
        return True
    return any(part[: -len(link)] in base for link in _LINKS[1:] if part.endswith(link))


def _is_last_part(part: str) -> bool:
    return _is_form(part) if len(part) >= _SHORTEST_INFLECTED else part in lemmas()
