"""How fresh a bid is (domain B2, Belief)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from renewal.facts import days_between
from renewal.thresholds import DEFAULTS, Thresholds


class BeliefState(StrEnum):
    """gældende → snart → udløbet → meget gammel; `none` when there is no bid at all."""

    NONE = "none"
    CURRENT = "current"
    SOON = "soon"
    EXPIRED = "expired"
    VERY_OLD = "very_old"


# Oldest first: the state of a bid that is older than so many days, by the threshold's name.
AGEING = (
    (BeliefState.VERY_OLD, "very_old_days"),
    (BeliefState.EXPIRED, "r1_days"),
    (BeliefState.SOON, "soon_days"),
)


def belief_state(
    registered_on: date | None, today: date, thresholds: Thresholds = DEFAULTS
) -> BeliefState:
    """The state of a bid; each limit day itself still belongs to the fresher state.

    Day 75 is current, 76 soon, 90 soon, 91 expired, 180 expired, 181 very old. So `expired` begins
    on the day R1 ("> 90 d") hits, and `very_old` on the day R3 ("≤180 d") no longer looks at it.
    """
    if registered_on is None:
        return BeliefState.NONE
    age = days_between(registered_on, today)
    for state, limit in AGEING:
        if age > getattr(thresholds, limit):
            return state
    return BeliefState.CURRENT
