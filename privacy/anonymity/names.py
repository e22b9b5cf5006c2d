"""Names of people and of small places, word by word.

The best single signal is a capitalised word in mid-sentence whose lower-case form is no Danish
word; name lists, context words, initials and neighbours do the rest.
"""

from __future__ import annotations

import re

from . import lexicon
from .judging import Mark, judge
from .known_names import (
    is_first_name,
    is_listed,
    is_ordinary,
    is_sure_first_name,
    is_sure_name,
    is_town,
    looks_like_place,
)
from .report import Hit, Level
from .tokens import Token, tokenise

_POLITE = lexicon.context("polite")
_PARTICLES = lexicon.context("particles")
_CAPITAL = "A-ZÆØÅÄÖÜÉŁŠŽČŞİĐ"
_INITIAL_NAME = re.compile(
    rf"(?<![\w.])(?:[{_CAPITAL}]\.[ \-]?){{1,3}}"
    rf"(?P<name>[{_CAPITAL}][^\W\d_]{{2,}}(?:-[{_CAPITAL}][^\W\d_]+)?)"
)
_INITIALS = re.compile(
    rf"(?<![\w.])[{_CAPITAL}]\.[ \-]?[{_CAPITAL}]\.(?:[ \-]?[{_CAPITAL}]\.)?"
    r"(?![^\W\d_])"
)
_INITIALS_NAMED = re.compile(
    r"\b(?i:borger(?:en)?|klient(?:en)?|kandidat(?:en)?|praktikant(?:en)?"
    r"|kursist(?:en)?|ledige|hr\.?|fru|frk\.?|kaldet|kalder (?:ham|hende)"
    r"|initialer(?:ne)?|hedder|navnet|sagen om|vedr\.|vedrørende|mentor"
    r"|samtale med|møde med|kollega(?:en)?|sagsbehandler(?:en)?|rådgiver(?:en)?)"
    rf"(?:,|:| er)?\s(?P<name>[{_CAPITAL}]\.?[{_CAPITAL}]\.?(?:[{_CAPITAL}]\.?)?"
    rf"|[{_CAPITAL}]\.(?=\s[a-zæøå]|,|\s?\Z))(?![\w])"
)
# Letters kept apart, to slip by: ``K a r s t e n``, ``T.h.o.r``, ``M-e-t-t-e``.
_APART = re.compile(rf"(?<![\w.])[{_CAPITAL}](?:[ .*_\-][a-zæøåäöüé]){{2,}}(?![\w])")
# Broken at the end of a line, or by one sign: ``Met-|te``, ``M*ette``.
_BROKEN = re.compile(rf"(?<![\w.])([{_CAPITAL}][a-zæøåäöüé]*)(?:-\n|[*_.])([a-zæøåäöüé]+)(?![\w])")
_NICKNAME = re.compile(
    r"\b(?:kaldte|kalder|kalde|kaldt) (?:ham|hende|mig|dem)(?: (?:bare|for|altid|kun))?"
    rf" (?P<name>[{_CAPITAL}][^\W\d_]+)"
    rf"|\b[Kk]ald(?:es|t|et) (?:bare|altid|kun) (?P<called>[{_CAPITAL}][^\W\d_]+)"
    rf"|\b(?:[Hh]an|[Hh]un|[Bb]orgeren) (?:kaldes|hedder|hed|kaldte sig)"
    rf" (?P<named>[{_CAPITAL}][^\W\d_]+)"
)
_HARDLY_WORDS = lexicon.context("hardly_words")
_NO_INITIALS = lexicon.context("no_initials")


def find(text: str, allowed: frozenset[str]) -> list[Hit]:
    """Names and small places in a normalised text; ``allowed`` phrases (lower case) are excused."""
    tokens = tokenise(text, allowed)
    shouted = sum(token.shouted for token in tokens)
    shouting = shouted > max(2, 0.6 * len(tokens)) or shouted == len(tokens) > 1
    marks = [judge(tokens, index, shouting) for index in range(len(tokens))]
    _mark_towns(text, tokens, marks)
    _mark_neighbours(text, tokens, marks)
    return _merge(text, marks) + _initials(text, tokens) + _written_oddly(text)


def _written_oddly(text: str) -> list[Hit]:
    spans = [m.span() for m in _APART.finditer(text) if _is_apart(m[0][::2])]
    spans += [m.span(m.lastgroup or 0) for m in _NICKNAME.finditer(text)]
    spans += [m.span() for m in _BROKEN.finditer(text) if _is_joined_name(m[1] + m[2])]
    return [Hit(*span, "name", "warn") for span in spans]


def _is_apart(letters: str) -> bool:
    """Four letters are no abbreviation; three are one unless they are a first name."""
    return len(letters) > 3 or is_first_name(letters.lower())


def _is_joined_name(joined: str) -> bool:
    return is_sure_first_name(joined.lower()) or joined.lower() in _HARDLY_WORDS


def _mark_towns(text: str, tokens: list[Token], marks: list[Mark | None]) -> None:
    """Small places of two words: ``Store Darum``."""
    for index in range(1, len(tokens)):
        first, second = tokens[index - 1], tokens[index]
        phrase = text[first.start : second.end].lower()
        excused = first.excused or second.excused
        if not excused and first.capital and second.capital and is_town(phrase):
            marks[index - 1] = Mark(first, "place", "warn", False)
            marks[index] = Mark(second, "place", "warn", False)


def _mark_neighbours(text: str, tokens: list[Token], marks: list[Mark | None]) -> None:
    """A capitalised word beside a sure name belongs to it: ``Tove Skov``, ``Mia P.``."""
    for index in range(1, len(tokens)):
        before, token = tokens[index - 1], tokens[index]
        if text[before.end : token.start].strip(" ") or token.start - before.end > 2:
            continue
        left, right = marks[index - 1], marks[index]
        if left and left.type == "name" and left.strong and right is None:
            marks[index] = _after_name(token)
        elif (
            right
            and right.type == ("name")
            and left is None
            and before.capital
            and is_listed(before.lower)
        ):
            marks[index - 1] = Mark(before, "name", "warn", False)


def _after_name(token: Token) -> Mark | None:
    if token.capital and (len(token.text) == 1 or not token.shouted) and token.lower not in _POLITE:
        return Mark(token, "name", "warn", not lexicon.is_word(token.lower))
    if not token.capital and is_listed(token.lower) and not lexicon.is_word(token.lower):
        return Mark(token, "name", "warn", True)
    return None


def _merge(text: str, marks: list[Mark | None]) -> list[Hit]:
    """Neighbouring marks of one kind become one finding."""
    runs: list[list[Mark]] = []
    for mark in filter(None, marks):
        last = runs[-1][-1] if runs else None
        if last and last.type == mark.type and _adjoins(text, last.token.end, mark.token.start):
            runs[-1].append(mark)
        else:
            runs.append([mark])
    return [_as_hit(run) for run in runs]


def _adjoins(text: str, end: int, start: int) -> bool:
    gap = text[end:start]
    return gap in {" ", "  ", "-", ". ", "."} or gap.strip().lower() in _PARTICLES


def _as_hit(run: list[Mark]) -> Hit:
    """A full name blocks, and so does a sure first name."""
    full = sum(mark.strong for mark in run) >= 2
    level: Level = "block" if full or any(mark.level == "block" for mark in run) else "warn"
    return Hit(run[0].token.start, run[-1].token.end, run[0].type, level)


def _initials(text: str, tokens: list[Token]) -> list[Hit]:
    hits = [Hit(*m.span(), "name", "block") for m in _INITIAL_NAME.finditer(text) if _is_surname(m)]
    hits += [
        Hit(*m.span(), "name", "warn")
        for m in _INITIALS.finditer(text)
        if m[0].replace(" ", "") not in _NO_INITIALS
    ]
    for match in _INITIALS_NAMED.finditer(text):
        if not lexicon.is_allowed(match["name"].replace(".", "")):
            hits.append(Hit(*match.span("name"), "name", "warn"))
    return hits


def _is_surname(match: re.Match[str]) -> bool:
    lower = match["name"].lower()
    if lower in _POLITE:
        return False
    placed = looks_like_place(lower)  # surnames that are made as places are
    return placed or is_sure_name(lower) or not is_ordinary(lower)
