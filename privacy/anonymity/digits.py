"""Runs of digit groups: the shared reading of ``01 02-03 1234`` for every number rule."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

_GROUP = re.compile(r"\d+")
_LINK = re.compile(r"[ .\-/_]{1,3}\Z")
_WIDE_LINK = re.compile(r"\W{1,3}\Z")
_UNIT = re.compile(
    r"\s*(?:%|€|\$|,-|[-–]?(?:kr\b|kroner|dkk|mio|mia|mill|tkr|t\.kr|euro|pct"
    r"|procent|personer|borger"
    r"|opslag|hits|kald|klik|sager|timer|stillinger|ledige|mennesker|visninger"
    r"|km\b|kg\b|kvm|m2|stk))",
    re.IGNORECASE,
)


class DigitGroup(NamedTuple):
    """One unbroken run of digits and whether a separator links it to the next one."""

    start: int
    end: int
    digits: str
    linked: bool
    widely_linked: bool


def groups(text: str) -> list[DigitGroup]:
    """All digit groups of a normalised text, in order."""
    matches = list(_GROUP.finditer(text))
    found = []
    for index, match in enumerate(matches):
        gap = text[match.end() : matches[index + 1].start()] if index + 1 < len(matches) else ""
        short = 0 < len(gap) <= 3
        linked = short and _LINK.match(gap) is not None
        wide = short and _WIDE_LINK.match(gap) is not None
        found.append(DigitGroup(match.start(), match.end(), match[0], linked, wide))
    return found


def runs(all_groups: list[DigitGroup]) -> list[list[DigitGroup]]:
    """Maximal chains of linked groups."""
    chains: list[list[DigitGroup]] = []
    chained = False
    for group in all_groups:
        if chained:
            chains[-1].append(group)
        else:
            chains.append([group])
        chained = group.linked
    return chains


def sizes(chain: list[DigitGroup]) -> tuple[int, ...]:
    """Lengths of the groups, ``(6, 4)`` for ``010203-1234``."""
    return tuple(len(group.digits) for group in chain)


def joined(chain: list[DigitGroup]) -> str:
    """The digits alone."""
    return "".join(group.digits for group in chain)


def is_year(digits: str) -> bool:
    """Whether four digits read as a year of our time."""
    return len(digits) == 4 and digits[:2] in {"19", "20"}


def has_unit(text: str, end: int) -> bool:
    """Whether an amount's or count's unit follows, which no identifier has."""
    return _UNIT.match(text, end) is not None


def is_thousands(text: str, chain: list[DigitGroup]) -> bool:
    """Whether the groups are written as one large number, ``12.345.678``."""
    shape = sizes(chain)
    gaps = {text[a.end : b.start] for a, b in pairwise(chain)}
    return len(shape) > 1 and shape[0] <= 3 and set(shape[1:]) == {3} and gaps <= {"."}
