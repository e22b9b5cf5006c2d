"""The numbers of the renewal rules: defaults of domain B3, each one settable per municipality."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from functools import cached_property
from hashlib import sha256
from typing import Any

from renewal.facts import HIGHEST_VALUE
from renewal.hits import Rule

RULE_VERSION = 2
"""Raised when a rule changes its meaning, so that a stored list says what made it."""
ON_BY_DEFAULT = tuple(rule.value for rule in Rule if rule is not Rule.R12)
_MOST_DAYS, _MOST_MONTHS, _MOST_POINTS, _MOST_TIMES = 3650, 120, 100, 20


class ThresholdError(ValueError):
    """Settings that cannot be used. `problems` maps a field's name to a short code.

    Codes: "unknown", "type", "range", "order".
    """

    def __init__(self, problems: Mapping[str, str]) -> None:
        self.problems = dict(problems)
        super().__init__(", ".join(f"{name}: {code}" for name, code in self.problems.items()))


def _number(default: int, low: int, high: int) -> Any:
    return field(default=default, metadata={"low": low, "high": high})


def _days(default: int) -> Any:
    return _number(default, 0, _MOST_DAYS)


def _months(default: int) -> Any:
    return _number(default, 1, _MOST_MONTHS)


def _points(default: int) -> Any:
    return _number(default, 0, _MOST_POINTS)


def _step(default: int) -> Any:
    return _number(default, 0, HIGHEST_VALUE)


@dataclass(frozen=True)
class Thresholds:
    """Every number the rules use.

    `*_days` and `*_months` are lengths, `*_points` what a hit counts; `low` and `high` in a field's
    metadata are its allowed range (inclusive), for forms and checks.
    `enabled` lists the rules that are on; R12 is off by default (domain B3).
    Raises ThresholdError when a number is out of range or two contradict each other.
    """

    soon_days: int = _days(75)
    very_old_days: int = _days(180)

    r0_days: int = _days(30)
    r0_points: int = _points(20)

    r1_days: int = _days(90)
    r1_points: int = _points(10)
    r1_step_days: int = _number(30, 1, _MOST_DAYS)
    r1_step_points: int = _points(3)
    r1_most_points: int = _points(25)

    r2_fall: int = _number(2, 1, HIGHEST_VALUE)
    r2_days: int = _days(180)
    r2_points: int = _points(20)
    r2_deep_fall: int = _number(4, 1, HIGHEST_VALUE)
    r2_deep_points: int = _points(25)

    r3_gap: int = _number(3, 1, HIGHEST_VALUE)
    r3_days: int = _days(180)
    r3_points: int = _points(15)
    r3_wide_gap: int = _number(5, 1, HIGHEST_VALUE)
    r3_wide_points: int = _points(20)
    r3_citizen_higher_points: int = _points(5)

    r4_value: int = _step(6)
    r4_months: int = _months(6)
    r4_points: int = _points(20)
    r4_long_months: int = _months(12)
    r4_long_points: int = _points(25)

    r5_months: int = _months(6)
    r5_points: int = _points(12)

    r6_days: int = _days(30)
    r6_points: int = _points(15)

    r7_times: int = _number(3, 2, _MOST_TIMES)
    r7_months: int = _months(9)
    r7_likeness_percent: int = _number(80, 1, 100)
    r7_points: int = _points(10)

    r8_value: int = _step(2)
    r8_months: int = _months(12)
    r8_points: int = _points(15)

    r9_value: int = _step(7)
    r9_months: int = _months(12)
    r9_points: int = _points(12)

    r10_points: int = _points(15)
    r10_urgent_days: int = _days(30)

    r11_months: int = _months(6)
    r11_points: int = _points(8)

    r12_actions: int = _number(2, 2, _MOST_TIMES)
    r12_points: int = _points(8)

    highest_score: int = _number(100, 1, 100)
    urgent_score: int = _number(50, 1, 100)
    high_score: int = _number(30, 1, 100)
    ordinary_score: int = _number(10, 1, 100)

    rest_days: int = _days(30)
    snooze_most_days: int = _number(60, 1, 365)
    snooze_most_times: int = _number(2, 0, 2)

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
        names = {each.name for each in fields(cls)}
        unknown = {str(name): "unknown" for name in data if name not in names}
        if unknown:
            raise ThresholdError(unknown)
        values = dict(data)
        if "enabled" in values:
            values["enabled"] = _rule_names(values["enabled"])
        return cls(**values)

    def _out_of_range(self) -> Iterator[tuple[str, str]]:
        for each in fields(self):
            value = getattr(self, each.name)
            if each.name == "enabled":
                if _rule_names(value) != value:
                    yield "enabled", "order"
            elif type(value) is not int:
                yield each.name, "type"
            elif not each.metadata["low"] <= value <= each.metadata["high"]:
                yield each.name, "range"

    def _out_of_order(self) -> Iterator[tuple[str, str]]:
        for lower, higher in _RISING:
            if getattr(self, lower) > getattr(self, higher):
                yield higher, "order"


_RISING = (
    ("soon_days", "r1_days"),
    ("r1_days", "very_old_days"),
    ("r1_points", "r1_most_points"),
    ("r2_fall", "r2_deep_fall"),
    ("r2_points", "r2_deep_points"),
    ("r3_gap", "r3_wide_gap"),
    ("r3_points", "r3_wide_points"),
    ("r4_months", "r4_long_months"),
    ("r4_points", "r4_long_points"),
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
