"""Collects the texts found in one file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import unquote

from privacy.anonymity.cpr import contains_cpr

MOST_CHARACTERS = 500_000  # of the text
MOST_HIDDEN = 4_000_000  # of what is hidden beside it
MOST_ABOUT = 10_000
_GUID = re.compile(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
# One digit a line, as where a form gives each its own box.
_COLUMN = re.compile(r"(?<![^\n])(?:[ \t]*[\d-][ \t]*\n){9,10}[ \t]*\d[ \t]*(?![^\n])")
_PRINTED = re.compile(rb"[\x20-\x7e]{6,}")
_PRINTED_WIDE = re.compile(rb"(?:[\x20-\x7e]\0){6,}")


@dataclass
class Found:
    """`hidden` is read for the check only; `nested` is how deep in embedded files we are."""

    seen: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    about: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    closed: str = ""
    complete: bool = True
    nested: int = 0
    _lengths: Counter[str] = field(default_factory=Counter)

    def see(self, text: str) -> None:
        """What a reader of the file sees; of an embedded file it is hidden."""
        self._add("hidden" if self.nested else "seen", text)

    def hide(self, text: str) -> None:
        """What only the check looks at."""
        if _may_hold_number(text):
            self._add("hidden", _GUID.sub("", unquote(text)))

    def tell(self, text: str) -> None:
        """What the file says of itself."""
        self._add("hidden" if self.nested else "about", text)

    def hide_printed(self, data: bytes) -> None:
        """The readable runs of something binary, such as the notes a camera leaves."""
        for run in _PRINTED.findall(data):
            self.hide(run.decode("ascii"))
        for run in _PRINTED_WIDE.findall(data):
            self.hide(run.decode("utf-16-le"))

    def close(self, name: str) -> None:
        """A part that cannot be read."""
        self.closed = self.closed or name

    def _add(self, where: str, text: str) -> None:
        room = (MOST_HIDDEN if where == "hidden" else MOST_CHARACTERS) - self._lengths[where]
        self._lengths[where] += len(text) + 1
        if len(text) > room:
            self.complete = False
            text = text[: max(room, 0)]
        if text:
            getattr(self, where).append(text)

    def summed_up(self) -> dict[str, object]:
        """The fields of `Extracted`."""
        text, about = "\n".join(self.seen), "\n".join(self.about)
        return {
            "text": text,
            "about": about[:MOST_ABOUT],
            "complete": self.complete,
            "has_cpr": any(map(_has_cpr, (text, about))) or any(map(_has_cpr, self.hidden)),
            "pictures": ", ".join(self.pictures),
            "closed": self.closed,
        }


def _has_cpr(text: str) -> bool:
    if contains_cpr(text):
        return True
    columns: Iterable[str] = _COLUMN.findall(text)
    return any(contains_cpr("".join(column.split())) for column in columns)


def _may_hold_number(text: str) -> bool:
    """A masked number still shows six digits."""
    return sum(map(text.count, "0123456789")) >= 6 or any(
        not letter.isascii() and letter.isdigit() for letter in text
    )
