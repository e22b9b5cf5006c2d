"""Whether a word is on the lists of names or places, also in the genitive or as a double name."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from . import lexicon

_COUSINS = str.maketrans("äö", "æø")  # ``Jörgen`` is on the list with its Danish letter
# How our letters are written on a keyboard that lacks them: ``Soren``, ``Soeren``, ``Aase``.
_SPELT = (
    str.maketrans({"ø": "o", "æ": "ae", "å": "a"}),
    str.maketrans({"ø": "oe", "æ": "ae", "å": "aa"}),
)
_PLACE_ENDING = re.compile(
    r"(?:by|rup|trup|drup|lev|løv|bjerg|sted|løse|købing|borg|lund|holm|strup|ager"
    r"|bæk|bro|dal|huse|havn|næs|ved|inge|um|slev"
    r"|toft|tofte|skov|kirke|mark|vad|vig|ø|høj|minde|rød|tved|kær|mose|ballle"
    r"|balle|sø|strand|å|lunde|rum|gårde|bøl|sig)s?\Z"
)


def forms(lower: str) -> list[str]:
    """The word, without its genitive ending, and the parts of a double name."""
    lower = lower.translate(_COUSINS)
    found = list(lexicon.genitive_forms(lower))
    if not lower.isascii():
        found += lexicon.genitive_forms(_without_accents(lower))
    if "-" in lower:
        found += [part for form in tuple(found) for part in form.split("-")[:1]]
    return found


def _without_accents(lower: str) -> str:
    """``hellé`` gives ``helle``; our own letters stay."""
    return "".join(c if c in "æøå" else unicodedata.normalize("NFD", c)[0] for c in lower)


@lru_cache(maxsize=1)
def _spelt_without_our_letters() -> frozenset[str]:
    """First names with æ, ø or å as they are typed without, unless that is a word."""
    spelt = {
        name.translate(letters)
        for name in lexicon.first_names()
        if not name.isascii()
        for letters in _SPELT
    }
    return frozenset(name for name in spelt if name.isascii() and not lexicon.is_word(name))


def is_sure_first_name(lower: str) -> bool:
    """A first name that is no Danish word, or two joined by a hyphen that may be words."""
    names = lexicon.first_names()
    parts = lower.translate(_COUSINS).split("-")
    if len(parts) == 2 and parts[0] in names and lexicon.genitive_forms(parts[1])[-1] in names:
        return True
    found = forms(lower)
    spelt = _spelt_without_our_letters()
    return any((f in names and f not in lexicon.ambiguous()) or f in spelt for f in found)


def is_sure_name(lower: str) -> bool:
    """A first name or surname that is no Danish word."""
    names = lexicon.first_names(), lexicon.last_names()
    return any(
        (form in names[0] or form in names[1]) and form not in lexicon.ambiguous()
        for form in forms(lower)
    )


def is_first_name(lower: str) -> bool:
    """Any listed first name, ambiguous ones included."""
    return any(form in lexicon.first_names() for form in forms(lower))


def is_listed(lower: str) -> bool:
    """Any listed name, ambiguous ones included."""
    return any(
        form in lexicon.first_names() or form in lexicon.last_names() for form in forms(lower)
    )


def is_town(lower: str) -> bool:
    """A town or village that is no municipality's name."""
    return any(form in lexicon.towns() for form in lexicon.genitive_forms(lower))


def is_ordinary(lower: str) -> bool:
    """A Danish word."""
    return any(lexicon.is_word(form) for form in lexicon.genitive_forms(lower))


def looks_like_place(lower: str) -> bool:
    """Built as Danish places are, and the surnames that come from them."""
    return _PLACE_ENDING.search(lower) is not None
