"""Putting a renewal need off (domain B3 "Held back"): at most 60 days, with a reason, twice."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from renewal.facts import days_between
from renewal.thresholds import DEFAULTS, Thresholds


class SnoozeRefusal(StrEnum):
    """Why a need cannot be put off like that."""

    NO_REASON = "no_reason"
    NOT_AHEAD = "not_ahead"
    TOO_LONG = "too_long"
    TOO_OFTEN = "too_often"


def snooze_refusal(
    *, today: date, until: date, reason: str, snoozes: int, thresholds: Thresholds = DEFAULTS
) -> SnoozeRefusal | None:
    """None when allowed; `snoozes` is how many times this need has been put off already."""
    if snoozes >= thresholds.snooze_most_times:
        return SnoozeRefusal.TOO_OFTEN
    if not reason.strip():
        return SnoozeRefusal.NO_REASON
    if until <= today:
        return SnoozeRefusal.NOT_AHEAD
    if days_between(today, until) > thresholds.snooze_most_days:
        return SnoozeRefusal.TOO_LONG
    return None


def shown_to_leader(snoozes: int, thresholds: Thresholds = DEFAULTS) -> bool:
    """Whether the leader sees "udsat to gange" (that fact only, never the reason's text)."""
    return 0 < thresholds.snooze_most_times <= snoozes
