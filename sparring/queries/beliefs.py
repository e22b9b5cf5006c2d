"""A case's beliefs as one reader may see them, each with the day it was meant for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sparring.enums import ByRole
from sparring.models import Belief, Case
from sparring.renewal import Hit, Rule, local_date

# Whose word is shown to a new caseworker before the own bid: not a colleague's about the citizen.
NOT_A_PREDECESSORS = (ByRole.CITIZEN, ByRole.EXTERNAL)
# The rules whose sentence, or mere name, gives away what the caseworker's bid is.
TELLING_RULES = frozenset({Rule.R2, Rule.R3, Rule.R4, Rule.R7, Rule.R8, Rule.R9})


def meant_on(beliefs: Iterable[Belief]) -> dict[int, date]:
    """The day each belief is about, by id: a correction keeps the day of the row it corrects."""
    days: dict[int, date] = {}
    for belief in sorted(beliefs, key=lambda each: each.pk):
        days[belief.pk] = days.get(belief.corrects_id or 0) or local_date(belief.registered_at)
    return days


def is_blind(owner: int, bid_by: int | None) -> bool:
    """Whether the newest caseworker bid is a predecessor's: the new owner gives an own one first.

    A handover freezes the old owner's bid; who takes over rates without having seen it (B1, D3).
    """
    return bid_by is not None and bid_by != owner


def newest_of(beliefs: Iterable[Belief], role: str) -> Belief | None:
    """The first of the role's in an order that begins with the newest."""
    return next((belief for belief in beliefs if belief.by_role == role), None)


def standing_beliefs(case: Case) -> tuple[list[Belief], dict[int, date]]:
    """The beliefs nothing corrects, newest first, and the day each is about; one query."""
    rows = list(case.beliefs.select_related("by_employee"))
    corrected = {row.corrects_id for row in rows}
    return [row for row in rows if row.pk not in corrected], meant_on(rows)


def shown_to_owner(case: Case, beliefs: list[Belief]) -> tuple[list[Belief], bool]:
    """What the owner sees of the standing beliefs, and whether a predecessor's were left out."""
    newest = newest_of(beliefs, ByRole.CASEWORKER)
    if newest is None or not is_blind(case.owner_id, newest.by_employee_id):
        return beliefs, False
    return [belief for belief in beliefs if belief.by_role in NOT_A_PREDECESSORS], True


def without_telling(hits: Iterable[Hit]) -> list[Hit]:
    """The reasons that give no number away."""
    return [hit for hit in hits if hit.code not in TELLING_RULES]
