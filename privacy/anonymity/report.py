"""What a check returns. Pure data; offsets are characters of the text as it was given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from . import texts

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Level = Literal["warn", "block"]
Verdict = Literal["pass", "warn", "block"]


class Hit(NamedTuple):
    """A detector's raw result: half-open span in the *normalised* text."""

    start: int
    end: int
    type: str
    level: Level


@dataclass(frozen=True, slots=True)
class Finding:
    """One identifying mention; ``text == original[start:end]``."""

    start: int
    end: int
    type: str
    level: Level
    text: str

    @property
    def reason(self) -> str | _StrPromise:
        """Why it was marked, as a lazily translated sentence."""
        return texts.reason(self.type)

    @property
    def suggestion(self) -> str | _StrPromise:
        """What to write in its place, as a lazily translated sentence."""
        return texts.suggestion(self.type)

    def as_dict(self) -> dict[str, int | str]:
        """The shape that ``check_anonymity --json`` prints."""
        return {
            "start": self.start,
            "end": self.end,
            "type": self.type,
            "level": self.level,
            "text": self.text,
        }


@dataclass(frozen=True, slots=True)
class Report:
    """Findings in reading order.

    ``block`` has no override; ``warn`` needs a named person and a reason.
    """

    findings: tuple[Finding, ...]

    @property
    def verdict(self) -> Verdict:
        if any(finding.level == "block" for finding in self.findings):
            return "block"
        return "warn" if self.findings else "pass"

    def as_dict(self) -> dict[str, object]:
        """The shape that ``check_anonymity --json`` prints."""
        return {"verdict": self.verdict, "findings": [f.as_dict() for f in self.findings]}
