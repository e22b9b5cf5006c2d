"""A case's beliefs as one reader may see them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sparring.enums import ByRole

if TYPE_CHECKING:
    from sparring.models import Belief, Case

# Whose word a new caseworker sees before the own bid: nobody's at the office.
NOT_THE_OFFICE = (ByRole.CITIZEN, ByRole.EXTERNAL)


def is_blind(owner: int, bid_by: int | None) -> bool:
    """Whether the newest caseworker bid is a predecessor's: the new owner gives an own one first.

    A handover freezes the old owner's bid; who takes over rates without having seen it.
    """
    return bid_by is not None and bid_by != owner


def newest_of(beliefs: Iterable[Belief], role: str) -> Belief | None:
    """The role's first in an order that begins with the newest."""
    return next((belief for belief in beliefs if belief.by_role == role), None)


def standing_beliefs(case: Case) -> list[Belief]:
    """The beliefs that nothing corrects, newest first, each with what it corrects; one query."""
    rows = {row.pk: row for row in case.beliefs.select_related("by_employee")}
    for row in rows.values():
        if row.corrects_id is not None:
            row.corrects = rows[row.corrects_id]
    corrected = {row.corrects_id for row in rows.values()}
    return [row for row in rows.values() if row.pk not in corrected]


def shown_to_owner(case: Case, beliefs: list[Belief]) -> tuple[list[Belief], bool]:
    """What the owner sees of the standing beliefs, and whether they still rate blind."""
    newest = newest_of(beliefs, ByRole.CASEWORKER)
    if newest is None or not is_blind(case.owner_id, newest.by_employee_id):
        return beliefs, False
    return [belief for belief in beliefs if belief.by_role in NOT_THE_OFFICE], True
