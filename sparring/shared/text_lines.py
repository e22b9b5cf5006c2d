"""What the check of a text says in lines, with the words to put in: for page and answer alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from privacy.anonymity.notes import is_refused, words_for
from sparring.shared.case_texts import look_at
from stories.presentation.marking import start_in_browser

if TYPE_CHECKING:
    from privacy.anonymity.report import Finding

MOST = 6


@dataclass(frozen=True)
class Line:
    """One finding. start: in UTF-16, as the browser counts; words: "" takes it out."""

    finding: Finding
    start: int
    words: Sequence[str]

    @property
    def refused(self) -> bool:
        return is_refused(self.finding)


@dataclass(frozen=True)
class Lines:
    """The first findings of a text and how many more there are; field_id: the field they are in."""

    shown: Sequence[Line] = ()
    more: int = 0
    field_id: str = ""


def lines_of(text: str, field_id: str) -> Lines:
    """What is said below a field."""
    text = text.replace("\r\n", "\n")
    found = look_at(text).found
    shown = [
        Line(finding, start_in_browser(text, finding), words_for(text, finding))
        for finding in found[:MOST]
    ]
    return Lines(shown, len(found) - len(shown), field_id)
