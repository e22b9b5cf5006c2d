"""A rule that hit: which, since when, with what numbers, for how many points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any, Final

Param = int | str


class Rule(StrEnum):
    """The rules of domain B3, in their order."""

    R0 = "R0"
    R1 = "R1"
    R2 = "R2"
    R3 = "R3"
    R4 = "R4"
    R5 = "R5"
    R6 = "R6"
    R7 = "R7"
    R8 = "R8"
    R9 = "R9"
    R10 = "R10"
    R11 = "R11"
    R12 = "R12"

    @property
    def number(self) -> int:
        """The number after the R, for sorting."""
        return int(self.value[1:])


COUNTED_FROM: Final[Mapping[Rule, str]] = {Rule.R1: "registered_on", Rule.R10: "deadline"}
"""The rules whose sentence counts days, and the parameter that holds the day they count from."""


@dataclass(frozen=True)
class Hit:
    """One rule's verdict on one case.

    `since` is the day it holds from, as far as today's records tell. `params` are the numbers of
    the sentence; dates are ISO strings, so a hit goes to JSON and back unchanged.
    """

    code: Rule
    since: date
    points: int
    params: Mapping[str, Param] = field(default_factory=dict)

    def text(self, *, to_owner: bool = True) -> str:
        """The sentence shown, in the active language; `to_owner` False where others read along."""
        from renewal import texts  # the rules themselves need no Django

        return texts.sentence(self.code, self.params, to_owner=to_owner)

    def on(self, day: date) -> Hit:
        """The same hit with its count of days as it is on `day`: stored hits get older unseen."""
        start = self.params.get(COUNTED_FROM.get(self.code, ""))
        if start is None:
            return self
        days = (day - date.fromisoformat(str(start))).days
        return replace(self, params={**self.params, "days": days})

    def label(self) -> str:
        """The rule's short name, in the active language."""
        from renewal import texts  # the rules themselves need no Django

        return texts.label(self.code)

    def to_json(self) -> dict[str, Any]:
        """A dict of JSON types: code, since (ISO), points, params."""
        return {
            "code": self.code.value,
            "since": self.since.isoformat(),
            "points": self.points,
            "params": dict(self.params),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Hit:
        """The inverse of `to_json`; KeyError or ValueError on anything else."""
        return cls(
            code=Rule(data["code"]),
            since=date.fromisoformat(data["since"]),
            points=int(data["points"]),
            params=dict(data["params"]),
        )
