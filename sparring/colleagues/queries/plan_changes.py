"""Whether a plan is still the one that was proven."""

from __future__ import annotations

from typing import Any

from sparring.enums import MISSING, NotPlaced, SessionState
from sparring.models import SparringPlan


def is_changed(plan: SparringPlan) -> bool:
    """Whether somebody has put other people, or fewer, together since the proof."""
    if any(row["why"] == NotPlaced.REMOVED for row in plan.unplaced):
        return True
    return any(_differs(*row) for row in plan.sessions.values_list("state", "match"))


def _differs(state: str, match: dict[str, Any]) -> bool:
    by_hand = match.get("by_hand") or match.get("mended") or match.get(MISSING)
    off = state == SessionState.CANCELLED
    return bool(by_hand) or off or not match.get("partners")
