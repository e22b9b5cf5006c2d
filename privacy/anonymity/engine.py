"""One call over all rules; overlapping findings are settled, offsets are the original's."""

from __future__ import annotations

import datetime
from collections.abc import Collection

from . import addresses, contacts, dates, names, numbers, phones, quasi
from .cpr import cpr_spans
from .normalise import Normalised, normalise
from .report import Finding, Hit, Report

# Who wins when two findings of one level overlap.
_ORDER = (
    "cpr", "email", "profile", "account", "case_number", "plate", "phone", "birthdate", "address",
    "name", "organisation", "place", "diagnosis", "conviction", "combination", "date",
)  # fmt: skip
_RANK = {kind: rank for rank, kind in enumerate(_ORDER)}


def check(
    text: str, *, allowed: Collection[str] = (), today: datetime.date | None = None
) -> Report:
    """Return what in ``text`` could show who it is about.

    ``allowed`` holds names that may stand, as units and municipalities the system knows;
    ``today`` decides which dates are old. Any string is accepted and none raises; whoever calls
    must still treat an error or a timeout as not publishable.
    """
    normalised = normalise(text)
    hits = _detect(normalised.text, frozenset(map(str.lower, allowed)), today or datetime.date.today())
    kept = _settle(hits)
    return Report(tuple(_finding(text, normalised, hit) for hit in kept))


def _detect(text: str, allowed: frozenset[str], today: datetime.date) -> list[Hit]:
    hits = [Hit(start, end, "cpr", "block") for start, end in cpr_spans(text)]
    if any(character.isdigit() for character in text):
        hits += numbers.find(text) + dates.find(text, today) + addresses.find(text)
    else:
        hits += dates.find(text, today) + addresses.find(text)
    hits += phones.find(text) + contacts.find(text)
    return hits + names.find(text, allowed) + quasi.find(text)


def _settle(hits: list[Hit]) -> list[Hit]:
    """Drop what overlaps something stricter, better known or longer; keep reading order."""
    by_strength = sorted(
        hits, key=lambda h: (h.level != "block", _RANK[h.type], h.start - h.end, h.start)
    )
    kept: list[Hit] = []
    for hit in by_strength:
        if hit.start < hit.end and all(hit.end <= k.start or k.end <= hit.start for k in kept):
            kept.append(hit)
    return sorted(kept)


def _finding(original: str, normalised: Normalised, hit: Hit) -> Finding:
    start, end = normalised.original_span(hit.start, hit.end)
    return Finding(start, end, hit.type, hit.level, original[start:end])
