"""Names that are Danish words as well, where a sentence begins: ``Hans kører``, ``Hans mor``.

A listed first name is taken for a name there, unless what follows makes the ordinary word certain.
What does so stands word by word in ``data/openings.txt``; the rest holds for every word.
"""

from __future__ import annotations

import re

from . import lexicon
from .clauses import is_bare, is_finite, is_in_list, is_person, is_plural, is_thing, verb_after
from .tokens import Token, words_after
from .uses import USES

_MONTHS = lexicon.context("months")
_PEOPLES_PLACES = lexicon.context("peoples_places")
_COMPANY = frozenset({"jeg", "han", "hun", "vi", "hans", "hendes", "konen", "manden", "mentoren"})
_MATTER = lexicon.context("matter_verbs")
_SIGNS = {
    "#": re.compile(r"\.? {0,2}\d"),
    "@year": re.compile(r" (?:19|20)\d\d\b"),
    ".": re.compile(r"\.,? ?(?:\d|[a-zæøå]|\Z)"),
}
_SUSPENDED = re.compile(r"-(?:[ /]|\Z)")
_LONGEST_SUBJECT = 3  # words before the verb in "Lykke og held er store ord"
_LONGEST_PREDICATE = 5


def is_ordinary_word(tokens: list[Token], index: int) -> bool:
    """Whether the words after an ambiguous first name make it certain that it is no name."""
    token = tokens[index]
    followers = lexicon.openings().get(token.lower, ())
    return (
        any(_follows(tokens, index, follower) for follower in followers)
        or _is_compound(token)
        or _is_repeated(tokens, index)
        or _is_spoken_of(tokens, index)
    )


def refers_to_person(tokens: list[Token], index: int) -> bool:
    """``bo og jeg``, ``helles mor``, ``palle, som er``, ``line på lageret hjalp``."""
    token, after = tokens[index], words_after(tokens, index, 3)
    follower = tokens[index + 1].lower if index + 1 < len(tokens) else ""
    if token.after.strip(" ") == ",":
        return follower in {"som", "der"}
    if token.lower not in lexicon.first_names():  # in the genitive
        return after[:1] != [] and is_person(after[0])
    if after[:1] == ["og"]:
        return len(after) > 1 and after[1] in _COMPANY
    placed = len(after) == 3 and after[0] in {"på", "i", "fra"} and after[1] in _PEOPLES_PLACES
    return placed and is_finite(after[2])


def _is_compound(token: Token) -> bool:
    """``Bo-støtte``, ``Jan-marts``, ``Dag- og natrytme``, but not ``Bo-Erik``."""
    _first, dash, last = token.text.rpartition("-")
    return (dash != "" and last[:1].islower()) or _SUSPENDED.match(token.after) is not None


def _is_repeated(tokens: list[Token], index: int) -> bool:
    """``Sten for sten``."""
    word, *after = tokens[index : index + 3]
    joined = len(after) == 2 and after[0].lower in {"for", "efter", "på", "ved", "og"}
    return joined and after[1].text == word.lower and word.after == after[0].after == " "


def _is_spoken_of(tokens: list[Token], index: int) -> bool:
    """``Lykke er et stort ord``, ``Bjørn er ikke noget, man møder``: no person is spoken of so."""
    for position, token in enumerate(tokens[index + 1 : index + 1 + _LONGEST_SUBJECT], index + 2):
        if token.lower in {"er", "var"}:
            said = [word.lower for word in tokens[position : position + _LONGEST_PREDICATE]]
            return "ord" in said or said[:2] == ["ikke", "noget"]
    return False


def _follows(tokens: list[Token], index: int, follower: tuple[str, ...]) -> bool:
    """Whether the words of one follower stand directly after the name, on the same line."""
    if follower[0] in _SIGNS:
        return _SIGNS[follower[0]].match(tokens[index].after) is not None
    if follower[0] in USES:
        return USES[follower[0]](tokens, index)
    if follower == ("@pair",):
        return _is_paired(tokens, index)
    last = index + len(follower)
    if last >= len(tokens) or any(word.after.strip(" ") for word in tokens[index:last]):
        return False
    return all(_fits(tokens, at, wanted) for at, wanted in enumerate(follower, index + 1))


def _fits(tokens: list[Token], index: int, wanted: str) -> bool:
    if wanted == "@thing":
        return is_thing(tokens, index)
    if wanted == "@plural":
        return is_plural(tokens[index].lower)
    if wanted == "@matter":
        return verb_after(tokens, index, _MATTER)
    if wanted == "@month":
        return tokens[index].lower in _MONTHS
    return wanted in {"*", tokens[index].lower}


def _is_paired(tokens: list[Token], index: int) -> bool:
    """``Sol og vind``, ``Sol, frisk luft og motion``; not ``Sol og jeg``, ``Sol og mentoren``."""
    if tokens[index].after.strip(" ") in {",", "-"}:
        return is_in_list(tokens, index + 1)
    joined = index + 2 < len(tokens) and tokens[index + 1].lower in {"og", "eller"}
    return joined and is_bare(tokens, index + 2)
