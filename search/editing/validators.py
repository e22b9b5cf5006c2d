"""What a word, a synonym and a trigger must be; errors say what to do instead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from search.analysis.folding import words
from search.analysis.lexicon import default_lexicon

SHORTEST_WORD = 3
MOST_PHRASES = 20


def checked_word(given: str) -> str:
    """The word in lower case. Raises ValidationError with field `word`."""
    word = given.strip().lower()
    lexicon = default_lexicon()
    if words(word) != [word] or not word.isalpha() or len(word) < SHORTEST_WORD:
        raise ValidationError({"word": _("Write one word of at least three letters.")})
    if lexicon.is_stop(word):
        raise ValidationError({"word": _("Search leaves this word out: it is in every text.")})
    if word in lexicon.parts:
        raise ValidationError({"word": _("The program has this word already.")})
    return word


def tidy(given: str) -> str:
    """Phrases in one writing: lower case, one comma and one space between, none twice."""
    phrases = (" ".join(part.lower().split()) for part in given.split(","))
    return ", ".join(dict.fromkeys(filter(None, phrases)))


def _phrases(tidied: str) -> list[str]:
    return tidied.split(", ") if tidied else []


def check_synonym(left: str, right: str, others: Iterable[str]) -> None:
    """Raises ValidationError for a rule that is empty, too long or circular."""
    keys, values = _phrases(left), _phrases(right)
    _check_phrases("words", keys)
    _check_phrases("also", values)
    if not values and len(keys) < 2:
        raise ValidationError({"words": _("Write at least two words with a comma between.")})
    if values:
        _check_one_way(keys, values, others)


def _check_phrases(field: str, phrases: list[str]) -> None:
    if len(phrases) > MOST_PHRASES:
        raise ValidationError({field: _("At most 20 words in one line.")})
    for phrase in phrases:
        if "=>" in phrase or "#" in phrase or not default_lexicon().phrase(phrase):
            sentence = _("“%(phrase)s” cannot be searched for: write words.")
            raise ValidationError({field: sentence % {"phrase": phrase}})


def _check_one_way(keys: list[str], values: list[str], others: Iterable[str]) -> None:
    both = sorted(set(keys) & set(values))
    if both:
        sentence = _("“%(phrase)s” stands on both sides.") % {"phrase": both[0]}
        raise ValidationError({"also": sentence})
    edges: dict[str, set[str]] = {}
    for line in others:
        left, arrow, right = line.partition(" => ")
        for key in _phrases(left) if arrow else ():
            edges.setdefault(key, set()).update(_phrases(right))
    for key in keys:
        edges.setdefault(key, set()).update(values)
    around = next((key for key in keys if leads_back(key, edges)), None)
    if around:
        sentence = _(
            "“%(phrase)s” leads back to itself through other lines. Write words that mean the same"
            " in one line, and leave the other field empty."
        )
        raise ValidationError({"also": sentence % {"phrase": around}})


def leads_back(start: str, edges: Mapping[str, set[str]]) -> bool:
    """Whether one comes from `start` back to it."""
    waiting, seen = list(edges.get(start, ())), set()
    while waiting:
        phrase = waiting.pop()
        if phrase == start:
            return True
        if phrase not in seen:
            seen.add(phrase)
            waiting.extend(edges.get(phrase, ()))
    return False


def checked_trigger(given: str) -> str:
    """The query in one writing. Raises ValidationError with field `trigger`."""
    trigger = " ".join(given.lower().split())
    if not default_lexicon().phrase(trigger):
        raise ValidationError({"trigger": _("Write the words that somebody searches for.")})
    return trigger
