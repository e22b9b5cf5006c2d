"""One call over all rules; overlapping findings are settled, offsets are the original's."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator

from . import addresses, contacts, dates, names, numbers, phones, quasi
from .cpr import cpr_spans
from .normalise import Normalised, normalise
from .report import Finding, Hit, Report

# Who wins when two findings of one level overlap.
_ORDER = (
    "cpr", "email", "profile", "account", "case_number", "plate", "phone", "birthdate", "address",
    "name", "organisation", "place", "diagnosis", "conviction", "combination", "date",
)  # fmt: skip
_WINDOW = 600
_OVERLAP = 120
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
    excused = frozenset(map(str.lower, allowed))
    hits: list[Hit] = []
    for offset, part in _parts(normalised.text):
        found = _detect(part, excused, today or datetime.datetime.now().astimezone().date())
        hits += [Hit(h.start + offset, h.end + offset, h.type, h.level) for h in found]
    kept = _settle(hits)
    return Report(tuple(_finding(text, normalised, hit) for hit in kept))


def _parts(text: str) -> Iterator[tuple[int, str]]:
    """The text in windows that overlap, so that the cost grows only with its length."""
    start = 0
    while len(text) - start > _WINDOW:
        edge = start + _WINDOW
        cut = max(text.rfind(mark, start + _WINDOW // 2, edge) for mark in ("\n", ". ", " "))
        yield start, text[start : cut if cut > 0 else edge]
        start = max(start + _WINDOW // 4, (cut if cut > 0 else edge) - _OVERLAP)
    yield start, text[start:]


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
