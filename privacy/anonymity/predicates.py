"""What is said of the word that opens a clause: ``er svært``, ``er hendes ønske``, ``er slut``.

A predicate that no person has tells a word from the name that is written alike.
"""

from __future__ import annotations

from functools import lru_cache

from . import lexicon
from .clauses import is_definite, is_person
from .tokens import Token, words_after

SUBJECTS = lexicon.context("subject_pronouns")
ARTICLES = lexicon.context("articles")
COPULAS = lexicon.context("copulas")
_DEGREES = lexicon.context("degrees")
_NO_PERSONS = lexicon.context("no_persons")
_TIMES = lexicon.context("time_nouns")
_MONTHS = lexicon.context("months")
_SEASONAL = lexicon.context("seasonal_adjectives")
_NO_NEUTERS = lexicon.context("adverbs_in_t")
_MANNERS = lexicon.context("manners")
_ADJECTIVE_ENDINGS = ("e", "ste", "este", "t", "ere")
_AFTER_NEUTER = frozenset({"at", "for", "når", "hvis", "og", "men", "nok", "end", "fordi"})
# "Helle er at træffe", "Bo er alt for træt", "Liv er godt nok træt"
_OF_PERSONS = frozenset({"at træffe", "at finde", "alt for", "godt nok", "godt og"})
_LONGEST = 5


def is_no_person(tokens: list[Token], verb: int) -> bool:
    """Whether what follows ``er`` is nothing that is said of somebody."""
    start, words = _predicate(tokens, verb)
    if not words or " ".join(words[:2]) in _OF_PERSONS:
        return False
    if words[1:2] == ["end"] and len(words) > 2:
        abstract = words[2].endswith(("hed", "skab", "ing"))
        return (abstract or words[2] in lexicon.nouns()) and not is_person(words[2])
    if words[0] == "det":
        return _ends(tokens, start) == "," or (len(words) > 1 and words[1] in SUBJECTS | {"som"})
    if words[0] in ARTICLES:
        return _is_impersonal(words[1:])
    if _is_neuter(words[0]):
        return _ends(tokens, start) != "" or len(words) == 1 or words[1] in _AFTER_NEUTER
    said = words[0] in {"alt", "når", "at"} or words[:2] == ["noget", "man"]
    return said or _names_no_person(words[0])


def is_like_a_season(tokens: list[Token], verb: int) -> bool:
    """``er fuld af ferie``, ``var bedre end april``, ``er slut``, ``gik godt``."""
    _start, words = _predicate(tokens, verb)
    if not words:
        return False
    if "end" in words[:3]:
        return not (_MONTHS | _TIMES | {"ventet"}).isdisjoint(words)
    if tokens[verb].lower in {"gik", "går"}:
        return words[0] in _MANNERS and (len(words) == 1 or words[1] in _AFTER_NEUTER)
    if words[:2] == ["fuld", "af"] or words[0].endswith(("tid", "måned", "sæson", "ferie")):
        return True
    return words[0] in _SEASONAL and words[1:2] not in (["at"], ["ved"], ["mod"], ["til"])


def _predicate(tokens: list[Token], verb: int) -> tuple[int, list[str]]:
    """Where the words after the verb and its adverbs begin, and those words."""
    words = words_after(tokens, verb, _LONGEST)
    degrees = 0
    while degrees < len(words) and words[degrees] in _DEGREES:
        degrees += 1
    return verb + 1 + degrees, words[degrees:]


def _ends(tokens: list[Token], index: int) -> str:
    return tokens[index].after.strip(" ")


def _is_impersonal(words: list[str]) -> bool:
    """``vigtigste ønske``, ``måned``: adjectives at most before what no person is."""
    for word in words:
        if not is_adjective(word):
            return word in _NO_PERSONS or word in _TIMES
    return False


def _names_no_person(lower: str) -> bool:
    """``reglen``, ``målet``."""
    stems = {lower[:-2], lower[:-1], lower[:-3] + "el"}
    return lower in _NO_PERSONS or (is_definite(lower) and not _NO_PERSONS.isdisjoint(stems))


@lru_cache(maxsize=4096)
def _is_neuter(lower: str) -> bool:
    """``hårdt``, ``vigtigt``: an adjective in the neuter, and no adverb before another word."""
    stems = {lower[:-1], lower[:-2]}
    known = not lexicon.adjectives().isdisjoint(stems)
    return lower.endswith("t") and known and lower not in _NO_NEUTERS


@lru_cache(maxsize=4096)
def is_adjective(lower: str) -> bool:
    """Also ``vigtigste``, ``store``, ``egne``."""
    stems = [lower[: -len(end)] for end in _ADJECTIVE_ENDINGS if lower.endswith(end)]
    stems += [stem[:-1] for stem in stems if len(stem) > 3 and stem[-1] == stem[-2]]
    known = lexicon.adjectives() | lexicon.context("irregular_adjectives")
    return not known.isdisjoint([lower, *stems])
