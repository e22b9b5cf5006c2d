"""The colleagues' second bid: who gives one, and what is shown of them all (docs/domain.md B4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sparring.enums import BROUGHT_THE_CASE, BidMoment, SessionState
from sparring.models import session_formats

if TYPE_CHECKING:
    from people.models import Employee
    from sparring.models import BlindBid, Participation, SparringSession

# One number alone would be a person's.
FEWEST = 2


def bids_again(participation: Participation) -> bool:
    """Whether it is a colleague's place: whoever brings the case writes theirs in the agreement."""
    return participation.role not in BROUGHT_THE_CASE


def may_bid_again(session: SparringSession, participation: Participation) -> bool:
    """Whether the second bid can be given now."""
    at_agreement = session.step == session_formats.AGREEMENT
    runs = session.state == SessionState.RUNNING
    return runs and at_agreement and bids_again(participation)


def own_later_bid(session: SparringSession, employee: Employee) -> BlindBid | None:
    """The reader's own second bid."""
    return session.bids.filter(moment=BidMoment.AFTER, employee=employee).first()


def later_numbers(session: SparringSession) -> list[int]:
    """All second bids of a closed session as numbers in order, without anybody's name or words.

    Nothing where there is only one: it would be its author's.
    """
    if session.state != SessionState.CLOSED:
        return []
    later = session.bids.filter(moment=BidMoment.AFTER).order_by("value")
    numbers = list(later.values_list("value", flat=True))
    return numbers if len(numbers) >= FEWEST else []
