"""What is said before somebody is chosen by hand against whom something speaks."""

from __future__ import annotations

from dataclasses import dataclass

from sparring.enums import ExclusionReason


@dataclass(frozen=True)
class Caution:
    """Something to think of before choosing somebody by hand."""

    employee_id: int
    name: str
    why: ExclusionReason

    @property
    def text(self) -> str:
        return f"{self.name} {ExclusionReason(self.why).label}."

    @property
    def refusal(self) -> str:
        """The same words whatever nobody may overrule, so that a quiet exception is not told."""
        return f"{self.name} {ExclusionReason.NOT_POSSIBLE.label}."
