"""Whether two reasons say nearly the same (domain B3 R7, "near-identical reason")."""

from __future__ import annotations

import re
from collections import Counter

_WORD = re.compile(r"\w+")
_TURNS = frozenset({"ikke", "aldrig", "ingen", "intet", "uden", "not", "never", "no"})


def near_identical(one: str, other: str, percent: int) -> bool:
    """Whether two texts share at least `percent` % of their letter triples (Dice).

    Case, punctuation and spacing do not count. A changed number or a negation that comes or goes is
    new information, so such texts are never near-identical. An empty reason is like no other.
    """
    first = _words(one)
    if one == other:
        return bool(first)
    second = _words(other)
    if not first or not second:
        return False
    if first == second:
        return True
    if _telling(first) != _telling(second):
        return False
    left, right = _triples(first), _triples(second)
    shared = sum((left & right).values())
    return 200 * shared >= percent * (left.total() + right.total())


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _telling(words: list[str]) -> Counter[str]:
    """The words that turn a sentence around: numbers and negations."""
    return Counter(word for word in words if word in _TURNS or any(map(str.isdigit, word)))


def _triples(words: list[str]) -> Counter[str]:
    text = f"  {' '.join(words)}  "
    return Counter(text[at : at + 3] for at in range(len(text) - 2))
