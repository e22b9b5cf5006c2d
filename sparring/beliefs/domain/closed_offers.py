"""An offer that closes: those who had planned it are told, once, with what can be done instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from people.domain.notifications import notify_all
from people.models import Notification
from sparring.beliefs.queries.offers import owners_who_planned

if TYPE_CHECKING:
    from kb.models import Offer

KIND = "sparring.offer_closed"


def tell_owners(offer: Offer) -> list[Notification]:
    """Tell the owners of open cases in which the offer is planned and has not begun.

    Once for each closing: an offer that opens and closes again on another day is told of again.
    """
    if not offer.is_closed:
        return []
    return notify_all(
        Notification(
            employee_id=employee_id,
            kind=KIND,
            object_id=str(offer.pk),
            key=f"{KIND}:{offer.pk}:{offer.closed_on}:{employee_id}",
        )
        for employee_id in owners_who_planned(offer)
    )
