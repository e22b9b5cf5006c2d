"""A rule that hit: which, since when, with what numbers, for how many points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from renewal.registry import RULES, Rule

if TYPE_CHECKING:
    from renewal.rule import Param, RenewalRule


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

    @property
    def rule(self) -> RenewalRule:
        """The rule that hit."""
        return RULES[self.code]

    def text(self, *, to_owner: bool = True) -> str:
        """The sentence shown, in the active language; `to_owner` False where others read along."""
        if not to_owner and self.rule.sentence_to_others is not None:
            return self.rule.sentence_to_others(self.params)
        return self.rule.sentence(self.params)

    def on(self, day: date) -> Hit:
        """The same hit with its count of days as it is on `day`: stored hits get older unseen."""
        start = self.params.get(self.rule.counted_from)
        if start is None:
            return self
        days = (day - date.fromisoformat(str(start))).days
        return replace(self, params={**self.params, "days": days})

    def label(self) -> str:
        """The rule's short name, in the active language."""
        return str(self.rule.label)

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
