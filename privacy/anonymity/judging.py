"""One word of a text: a name, a small place, or neither.

Four cases: all capitals, a capital, a capital where any word has one, and lower case.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import clauses, lexicon, openings, shape
from .known_names import (
    is_first_name,
    is_listed,
    is_ordinary,
    is_sure_first_name,
    is_sure_name,
    is_town,
    looks_like_place,
)

if TYPE_CHECKING:
    from .report import Level
    from .tokens import Token

_POLITE = lexicon.context("polite")
_NAMED = lexicon.context("named")
_CALLED = lexicon.context("called")
_THINGS = lexicon.context("things")
_WEATHER = lexicon.context("weather")
_PERSON_NOUNS = lexicon.context("person_nouns")
_ACTING_NAMES = lexicon.context("acting_names")
_ACTING_SURNAMES = lexicon.context("acting_surnames")
_PERSON_VERBS = lexicon.context("person_verbs")
_SPEECH_VERBS = lexicon.context("speech_verbs")
_PLACE_BEFORE = lexicon.context("place_prepositions")
_TITLES = lexicon.context("titles")
_HARDLY_WORDS = lexicon.context("hardly_words")
# Names in lower case that are abbreviations or words of other languages seen in Danish text.
_LOWER_WORDS = lexicon.context("no_lower_names")
_MONTHS = lexicon.context("months")
_DATED = re.compile(r"\d\. ?\Z")  # "den 1. august" opens no sentence
_ENDINGS = frozenset({"en", "et", "er", "erne", "ene", "ens", "ets", "ne"})
_SHOUTED_NAME = 4  # shorter ones are acronyms unless the whole text is in capitals
_LIKE_NAME = 0.1
_LIKE_NAME_ACTING = -0.15


@dataclass(slots=True)
class Mark:
    """A token judged to be (part of) a name or place."""

    token: Token
    type: str
    level: Level
    strong: bool


def judge(tokens: list[Token], index: int, shouting: bool) -> Mark | None:
    """What the word at ``index`` is; ``shouting`` when the whole text is in capitals."""
    token = tokens[index]
    if token.excused or len(token.text) < 2:
        return None
    if token.shouted:
        return _judge_shouted(tokens, index, shouting)
    if token.capital:
        return _judge_capital(tokens, index)
    return _judge_lower(tokens, index)


def _judge_shouted(tokens: list[Token], index: int, shouting: bool) -> Mark | None:
    """All capitals: an acronym unless it is a known name of some length, or acts as people do."""
    token = tokens[index]
    if lexicon.is_allowed(token.text):
        return None
    long = len(token.text) >= _SHOUTED_NAME
    if is_sure_name(token.lower):
        acts = _acts(tokens, index)
        spoken = index > 0 and tokens[index - 1].lower in _SPEECH_VERBS
        speaking = len(token.text) >= 3 and (spoken or (acts and token.opening))  # ``ÅSE kører``
        listed = long or speaking or (shouting and (len(token.text) >= 3 or acts))
        return Mark(token, "name", "warn", True) if listed else None
    if not is_first_name(token.lower):
        return Mark(token, "name", "warn", False) if _are_initials_speaking(tokens, index) else None
    if token.opening:
        seen = long or shouting or (token.lower in _ACTING_NAMES and _acts(tokens, index))
        named = seen and not openings.is_ordinary_word(tokens, index)
    else:
        named = _is_shouted_name(tokens, index, long or shouting)
    return Mark(token, "name", "warn", False) if named else None


def _is_shouted_name(tokens: list[Token], index: int, seen: bool) -> bool:
    """``I GÅR KOM TRINE``, but neither ``DET ER HANS ANSVAR`` nor ``HUN VIL BO I BYEN``."""
    lower = tokens[index].lower
    if lower not in _ACTING_NAMES:
        return seen and lower not in lexicon.openings()
    no_verb = seen and lower not in lexicon.verbs()
    return _acts(tokens, index) or (no_verb and not openings.is_ordinary_word(tokens, index))


def _are_initials_speaking(tokens: list[Token], index: int) -> bool:
    """``LJ sagde ja``: only people do this, so letters that no body is known by are a person."""
    token = tokens[index]
    speaks = _acts(tokens, index) and tokens[index + 1].lower in _SPEECH_VERBS
    return speaks and len(token.text) <= 3 and not is_ordinary(token.lower)


def _acts(tokens: list[Token], index: int) -> bool:
    """A verb in the present or the past follows directly."""
    follows = index + 1 < len(tokens) and not tokens[index].after.strip(" ")
    return follows and clauses.is_finite(tokens[index + 1].lower)


def _judge_capital(tokens: list[Token], index: int) -> Mark | None:
    token = tokens[index]
    if token.lower in _POLITE or _is_inflected_abbreviation(token.text):
        return None
    titled = index > 0 and tokens[index - 1].lower in _TITLES
    if lexicon.is_allowed(token.text):
        named = (titled and is_listed(token.lower)) or _is_acting_product(tokens, index)
        return Mark(token, "name", "warn", True) if named else None
    if index > 0 and tokens[index - 1].lower in _WEATHER:
        return None
    return _judge_listed(tokens, index, titled=titled)


def _judge_listed(tokens: list[Token], index: int, *, titled: bool) -> Mark | None:
    """By the lists of names, towns and words: the surest first, what is on no list last."""
    token = tokens[index]
    if is_sure_first_name(token.lower):
        return Mark(token, "name", "block", True)
    if is_sure_name(token.lower) or _is_nicknamed(token.text):
        return Mark(token, "name", "block" if titled else "warn", True)
    if not token.opening and is_town(token.lower):
        return Mark(token, "place", "warn", False)
    if is_listed(token.lower):
        return _judge_ambiguous(tokens, index)
    if is_ordinary(token.lower):
        return None
    return _judge_unknown(tokens, index)


def _is_nicknamed(text: str) -> bool:
    """``Lille-Per``: a first name with its own capital after a hyphen."""
    _first, hyphen, last = text.rpartition("-")
    return (
        bool(hyphen) and last[:1].isupper() and not last.isupper() and is_first_name(last.lower())
    )


def _is_acting_product(tokens: list[Token], index: int) -> bool:
    """``Mercedes ringer``, ``Jordans mor``, but neither ``Mercedes`` nor ``i Jordan er der``."""
    if not is_first_name(tokens[index].lower) or index + 1 >= len(tokens):
        return False
    placed = index > 0 and tokens[index - 1].lower in _PLACE_BEFORE
    follower = tokens[index + 1]
    acts = (not follower.capital and _acts(tokens, index)) or follower.lower in _PERSON_NOUNS
    return acts and not placed and not openings.is_ordinary_word(tokens, index)


def _judge_ambiguous(tokens: list[Token], index: int) -> Mark | None:
    """A name that is a word as well: marked where no capital belongs, or where it may be a name."""
    token = tokens[index]
    if _names_a_thing(tokens, index):
        return None
    if not token.opening:
        return Mark(token, "name", "warn", False)
    if is_first_name(token.lower):
        named = not openings.is_ordinary_word(tokens, index)
    else:
        named = token.lower in _ACTING_SURNAMES and _acts(tokens, index)
    return Mark(token, "name", "warn", False) if named else None


def _judge_unknown(tokens: list[Token], index: int) -> Mark | None:
    token = tokens[index]
    if _is_acronym_compound(token.text):
        return None
    if token.opening:
        return _judge_opening(tokens, index)
    placed = tokens[index - 1].lower in _PLACE_BEFORE and looks_like_place(token.lower)
    return Mark(token, "place" if placed else "name", "warn", False)


def _judge_opening(tokens: list[Token], index: int) -> Mark | None:
    """An unknown word where any word has a capital: a name if it is built like one."""
    token = tokens[index]
    if is_town(token.lower):
        return Mark(token, "place", "warn", False)
    follower = tokens[index + 1] if index + 1 < len(tokens) else None
    acts = follower is None or follower.lower in _PERSON_VERBS or follower.capital
    threshold = _LIKE_NAME_ACTING if acts else _LIKE_NAME
    likely = len(token.text) > 2 and shape.name_likeness(token.lower) > threshold
    return Mark(token, "name", "warn", False) if likely else None


def _is_inflected_abbreviation(text: str) -> bool:
    """``Volvo'er``, ``Cv'et``: a product or a word with a Danish ending after an apostrophe."""
    stem, apostrophe, ending = text.partition("'")
    known = apostrophe and (lexicon.is_allowed(stem) or lexicon.is_word(stem.lower()))
    return bool(known) and ending in _ENDINGS


def _is_acronym_compound(text: str) -> bool:
    """``FVU-dansk``, ``KOL'en``, ``C-kort``: letters or an acronym with a Danish word or ending."""
    head = re.match(r"[A-ZÆØÅ0-9]+['\-]", text)
    return head is not None and text[head.end() :].islower()


def _judge_lower(tokens: list[Token], index: int) -> Mark | None:
    """A lower-case word that is a name and no Danish word, or is said to be a name."""
    token = tokens[index]
    before = tokens[index - 1].lower if index else ""
    if token.lower in _LOWER_WORDS or (before, token.lower) == ("for", "søren"):
        return None
    if before in _NAMED and (is_listed(token.lower) or not is_ordinary(token.lower)):
        return None if _names_a_thing(tokens, index) else Mark(token, "name", "warn", True)
    if _acts_in_lower_case(tokens, index) or _opens_in_lower_case(tokens, index):
        return Mark(token, "name", "warn", True)
    if len(token.text) >= 3 and _is_lower_name(token.lower):
        return Mark(token, "name", "warn", True)
    return None


def _is_lower_name(lower: str) -> bool:
    """Written exactly so a first name; in the genitive, or a surname, only if no Danish word."""
    exact = lower in lexicon.first_names() and lower not in lexicon.ambiguous()
    exact = exact or lower in _HARDLY_WORDS
    return exact or (is_sure_name(lower) and not lexicon.is_word(lower))


def _acts_in_lower_case(tokens: list[Token], index: int) -> bool:
    """``min kollega søren mente``: a person word, a first name, a verb."""
    if not 0 < index < len(tokens) - 1:
        return False
    lower, acts = tokens[index].lower, tokens[index + 1].lower in _PERSON_VERBS
    person = tokens[index - 1].lower in _PERSON_NOUNS
    return acts and person and lower in lexicon.first_names() and lower not in _PERSON_VERBS


def _opens_in_lower_case(tokens: list[Token], index: int) -> bool:
    """``stig ringede``, ``bo og jeg``, ``helles mor``: a sentence begun without a capital."""
    token = tokens[index]
    dated = index > 0 and _DATED.search(tokens[index - 1].after) and token.lower in _MONTHS
    if not token.opening or dated or not is_first_name(token.lower):
        return False
    acts = token.lower in lexicon.first_names() and _acts(tokens, index)
    somebody = acts or openings.refers_to_person(tokens, index)
    return somebody and not openings.is_ordinary_word(tokens, index)


def _names_a_thing(tokens: list[Token], index: int) -> bool:
    """``Projektet hedder Bro til job``: what is called so is no person."""
    before = tokens[index - 1].lower if index else ""
    subject = tokens[index - 2].lower if index > 1 else ""
    return before in _CALLED and subject in _THINGS
