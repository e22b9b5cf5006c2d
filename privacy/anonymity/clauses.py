"""What kind of word it is, as far as form and neighbours tell: a verb, a thing, one of a list."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from . import lexicon

if TYPE_CHECKING:
    from .tokens import Token

_FINITE = lexicon.context("finite_verbs")
_NO_THINGS = lexicon.context("no_things")
_NEW_CLAUSE = lexicon.context("new_clause")
_PREDICATES = lexicon.context("predicates")
_PERSONS = lexicon.context("person_nouns") | lexicon.context("kin")
_ACTING = tuple(lexicon.context("acting_nouns"))
_MONTHS = lexicon.context("months")
_PREFIXES = tuple(lexicon.context("prefixes") | lexicon.context("verb_prefixes"))
_LETTERED = re.compile(r"[A-ZÆØÅ\d]{1,4}-[a-zæøå]")  # A-kasse, SU-lån
_DEFINITE_ENDINGS = ("ens", "ets", "nes", "en", "et", "ne")
_FARTHEST_VERB = 8  # words between a subject and its verb


@lru_cache(maxsize=4096)
def is_finite(lower: str) -> bool:
    """A verb in the present or the past, as far as its form tells."""
    if lower in _FINITE or _is_prefixed_finite(lower):
        return True
    doubled = lower[-3:-2] + "e"  # ramte: ramme
    endings = (("r", ""), ("es", "e"), ("ede", "e"), ("te", "e"), ("te", doubled))
    return any(
        lower.endswith(ending) and _is_infinitive(lower[: -len(ending)] + rest)
        for ending, rest in endings
    )


def _is_prefixed_finite(lower: str) -> bool:
    """``underskrev``, ``overså``, ``afgav``."""
    rests = (lower[len(prefix) :] for prefix in _PREFIXES if lower.startswith(prefix))
    return any(rest in _FINITE and (len(rest) > 2 or rest == "så") for rest in rests)


def _is_infinitive(lower: str) -> bool:
    verbs = lexicon.verbs()
    return lower in verbs or any(
        lower.startswith(prefix) and lower[len(prefix) :] in verbs for prefix in _PREFIXES
    )


def verb_after(tokens: list[Token], index: int, verbs: frozenset[str] | None = None) -> bool:
    """Whether the first verb before a comma or a new clause is one of these, or is one at all."""
    for token in tokens[index : index + _FARTHEST_VERB]:
        if verbs is not None and token.lower in verbs:
            return True
        if is_finite(token.lower):
            return verbs is None
        if token.lower in _NEW_CLAUSE or token.after.strip():
            return False
    return False


def is_thing(tokens: list[Token], index: int) -> bool:
    """A noun or an adjective; what is a verb too only where another verb follows it."""
    token = tokens[index]
    if token.capital and not token.shouted and _LETTERED.match(token.text) is None:
        return False
    last_part = token.lower.rpartition("-")[2]
    if last_part in _NO_THINGS:
        return False
    if not is_finite(last_part):
        if _may_be_verb(last_part) and not verb_after(tokens, index + 1):
            return False
        return not _is_predicate(last_part) or _has_noun_after(tokens, index)
    may_be_noun = last_part in lexicon.nouns() or (
        last_part not in _FINITE and lexicon.is_noun(last_part)
    )
    return may_be_noun and verb_after(tokens, index + 1)


@lru_cache(maxsize=4096)
def _may_be_verb(lower: str) -> bool:
    """``googler``, ``evner``, ``sjuskede``: built as a verb, and no noun in the singular."""
    singular = any(lower[-size:] in lexicon.nouns() for size in range(4, len(lower) + 1))
    return lower.endswith(("ede", "edes", "tes")) or (lower.endswith("er") and not singular)


def _is_predicate(lower: str) -> bool:
    """An adjective as notes say it of a person: ``Hans syg``, ``Per klar til praktik``."""
    adjective = lower in lexicon.adjectives() and lower not in lexicon.nouns()
    return adjective or lower in _PREDICATES


def _has_noun_after(tokens: list[Token], index: int) -> bool:
    joined = index + 1 < len(tokens) and not tokens[index].after.strip(" ")
    return joined and is_thing(tokens, index + 1)


@lru_cache(maxsize=4096)
def is_definite(lower: str) -> bool:
    """``praktikken``, ``haven``, ``ugen``; not ``køkken``, ``mursten``, ``regn``."""
    stems = [lower[: -len(end)] for end in _DEFINITE_ENDINGS if lower.endswith(end)]
    stems += [stem[:-1] for stem in stems if len(stem) > 3 and stem[-1] == stem[-2]]
    stems = [form for stem in stems if len(stem) > 1 for form in (stem, stem + "e")]
    nouns = lexicon.nouns()
    if lower in nouns or not nouns.isdisjoint(stems):
        return lower not in nouns
    compound = any(lower[-size:] in nouns for size in range(4, len(lower)))
    return not compound and any(len(stem) > 2 and lexicon.is_word(stem) for stem in stems)


def is_plural(lower: str) -> bool:
    """A noun in the plural by its form: ``grupper``, ``analysetemaer``."""
    return lower.endswith("er") and lexicon.is_word(lower) and not is_finite(lower)


def is_bare(tokens: list[Token], index: int) -> bool:
    """A thing without an article, and no word for a person."""
    lower = tokens[index].lower
    return not is_person(lower) and is_thing(tokens, index) and not is_definite(lower)


def is_person(lower: str) -> bool:
    """A word for a person, or for a body that acts as one."""
    return lower in _PERSONS or lower.endswith(_ACTING)


def is_in_list(tokens: list[Token], index: int) -> bool:
    """One noun of several, with an adjective at most: ``vind og``, ``frisk luft,``."""
    for position in range(index, min(index + 2, len(tokens) - 1)):
        token = tokens[position]
        if not is_bare(tokens, position):
            return False
        if _is_plain_noun(token.lower) or token.lower in _MONTHS:
            more = token.after.strip(" ") in {",", "-"}
            return more or tokens[position + 1].lower in {"og", "eller"}
    return False


def _is_plain_noun(lower: str) -> bool:
    return lexicon.is_word(lower) and not (
        lower in lexicon.adjectives() or lower in lexicon.irregular()
    )
