"""What an import says: every problem with its line and column, never with what the cell held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .changes import Change


class ImportRefused(Exception):
    """The file is refused as a whole; the text is a sentence for the person who chose it."""


@dataclass(frozen=True, order=True)
class Problem:
    """What is wrong in one cell. `line` is the file's line, the headings being line 1."""

    line: int
    column: str
    text: str


@dataclass
class Counts:
    """What an import stores, or would store."""

    rows: int = 0
    new_cases: int = 0
    changed_cases: int = 0
    unchanged: int = 0
    new_beliefs: int = 0
    new_actions: int = 0


@dataclass
class ImportReport:
    """The result of a dry run or of an import. `refusal` is set when nothing was read further.

    `changes` are for the page that shows them, and are worked out anew each time: not kept.
    """

    counts: Counts = field(default_factory=Counts)
    problems: Sequence[Problem] = ()
    notes: Sequence[str] = ()
    applied: bool = False
    refusal: str = ""
    changes: Sequence[Change] = ()

    @property
    def lines_with_problems(self) -> int:
        return len({problem.line for problem in self.problems})

    def to_dict(self) -> dict[str, Any]:
        """The report as JSON types."""
        return {
            "applied": self.applied,
            "refusal": self.refusal,
            "counts": asdict(self.counts),
            "problems": [asdict(problem) for problem in sorted(self.problems)],
            "notes": list(self.notes),
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> ImportReport:
        """The inverse of `to_dict`."""
        return cls(
            counts=Counts(**data["counts"]),
            problems=[Problem(**entry) for entry in data["problems"]],
            notes=data["notes"],
            applied=data["applied"],
            refusal=data["refusal"],
        )
