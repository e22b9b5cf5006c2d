"""The numbers of the renewal rules: defaults of domain B3, each one settable per municipality."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from functools import cached_property
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext_lazy as _

from renewal.registry import RULES, Rule
from renewal.rule import days, number

RULE_VERSION = 2
"""Raised when a rule changes its meaning, so that a stored list says what made it."""
ON_BY_DEFAULT = tuple(str(code) for code, rule in RULES.items() if rule.on_by_default)


class ThresholdError(ValueError):
    """Settings that cannot be used. `problems` maps a field's name to a short code.

    Codes: "unknown", "type", "range", "order".
    """

    def __init__(self, problems: Mapping[str, str]) -> None:
        self.problems = dict(problems)
        super().__init__(", ".join(f"{name}: {code}" for name, code in self.problems.items()))


# The last base's fields come first, so the rules' numbers stand in the order of the codes.
_RuleLimits: Any = type("_RuleLimits", tuple(rule.limits for rule in RULES.values())[::-1], {})


@dataclass(frozen=True)
class Thresholds(_RuleLimits):
    """Every number the rules use.

    Those of a rule are declared in its file (`RenewalRule.limits`); here are the others. `low` and
    `high` in a field's metadata are its allowed range (inclusive), `label` its name in the form.
    `enabled` lists the rules that are on.
    Raises ThresholdError when a number is out of range or two contradict each other.
    """

    soon_days: int = days(75, _("Days until a belief soon expires"))
    very_old_days: int = days(180, _("Days until a belief is very old"))

    highest_score: int = number(100, 1, 100, _("Points at most"))
    urgent_score: int = number(50, 1, 100, _("Points from which it is urgent"))
    high_score: int = number(30, 1, 100, _("Points from which it is high"))
    ordinary_score: int = number(10, 1, 100, _("Points from which it is ordinary"))

    rest_days: int = days(30, _("Days of rest after a session"))
    snooze_most_days: int = number(60, 1, 365, _("Days it can be put off at most"))
    snooze_most_times: int = number(2, 0, 2, _("Times it can be put off"))

    enabled: tuple[str, ...] = ON_BY_DEFAULT

    def __post_init__(self) -> None:
        problems = dict(self._out_of_range()) or dict(self._out_of_order())
        if problems:
            raise ThresholdError(problems)

    @cached_property
    def fingerprint(self) -> str:
        """16 hex digits that name exactly these numbers, to store beside a list."""
        return sha256(self.to_json().encode()).hexdigest()[:16]

    def changed(self) -> dict[str, Any]:
        """Only what differs from the defaults: what a municipality stores."""
        usual = DEFAULTS.to_dict()
        return {name: value for name, value in self.to_dict().items() if value != usual[name]}

    def to_json(self) -> str:
        """All numbers as one JSON object with sorted keys."""
        return json.dumps(self.to_dict(), sort_keys=True)

    def to_dict(self) -> dict[str, Any]:
        """All numbers as JSON types, ready for a JSON column."""
        return {**asdict(self), "enabled": list(self.enabled)}

    @classmethod
    def from_json(cls, text: str) -> Thresholds:
        """The inverse of `to_json`; ThresholdError when it is no JSON object or cannot be used."""
        try:
            data = json.loads(text)
        except ValueError as error:
            raise ThresholdError({"": "type"}) from error
        if not isinstance(data, dict):
            raise ThresholdError({"": "type"})
        return cls.from_dict(data)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Thresholds:
        """From a JSON column; a missing number takes its default, an unknown name is refused."""
        names = {limit.name for limit in fields(cls)}
        unknown = {str(name): "unknown" for name in data if name not in names}
        if unknown:
            raise ThresholdError(unknown)
        values = dict(data)
        if "enabled" in values:
            values["enabled"] = _rule_names(values["enabled"])
        return cls(**values)

    def _out_of_range(self) -> Iterator[tuple[str, str]]:
        for limit in fields(self):
            value = getattr(self, limit.name)
            if limit.name == "enabled":
                if _rule_names(value) != value:
                    yield "enabled", "order"
            elif type(value) is not int:
                yield limit.name, "type"
            elif not limit.metadata["low"] <= value <= limit.metadata["high"]:
                yield limit.name, "range"

    def _out_of_order(self) -> Iterator[tuple[str, str]]:
        for lower, higher in _RISING:
            if getattr(self, lower) > getattr(self, higher):
                yield higher, "order"


_RISING = (
    ("soon_days", "r1_days"),
    ("r1_days", "very_old_days"),
    *(pair for rule in RULES.values() for pair in rule.rising),
    ("r8_value", "r9_value"),
    ("ordinary_score", "high_score"),
    ("high_score", "urgent_score"),
    ("urgent_score", "highest_score"),
)
"""Pairs of fields of which the first may not be larger than the second."""


def _rule_names(value: object) -> tuple[str, ...]:
    """Rule names once each in the rules' order; ThresholdError when one is no rule's name."""
    if not isinstance(value, list | tuple):
        raise ThresholdError({"enabled": "type"})
    known = [rule.value for rule in Rule]
    if any(name not in known for name in value):
        raise ThresholdError({"enabled": "unknown"})
    return tuple(name for name in known if name in value)


DEFAULTS = Thresholds()
"""The defaults of domain B3."""
