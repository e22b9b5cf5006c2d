"""The colleagues' second bid, blind again, while the agreement is written (docs/domain.md B4)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sparring.enums import BidMoment
from sparring.models import BlindBid, SparringSession
from sparring.sessions.queries.later_bids import bids_again, may_bid_again
from sparring.shared import guards
from sparring.shared.case_audit import record
from sparring.shared.reasons import require_sentence

from . import session_guards

if TYPE_CHECKING:
    from people.models import Employee


@transaction.atomic
def give_later_bid(
    *,
    actor: Employee,
    session: SparringSession,
    value: int,
    because: str,
    at: datetime | None = None,
) -> BlindBid:
    """Write or change a colleague's bid of 0–10 after the conversation; nobody waits for it.

    Nobody else sees it before the session is closed, and then without a name. Raises
    PermissionDenied for others, ValidationError when the session is not at its agreement, or on
    "value" and "because" (a sentence).
    """
    session = session_guards.locked(session)
    participation = session_guards.require_participant(actor, session)
    if not bids_again(participation):
        raise PermissionDenied("Whoever brings the case writes the new number in the agreement.")
    if not may_bid_again(session, participation):
        raise ValidationError(_("The second bid is given with the agreement."), code="step")
    bid = BlindBid.objects.filter(session=session, employee=actor, moment=BidMoment.AFTER).first()
    bid = bid or BlindBid(session=session, employee=actor, moment=BidMoment.AFTER)
    bid.value, bid.because = value, because.strip()
    bid.submitted_at = guards.moment(at)
    guards.clean(bid)
    require_sentence(bid.because)
    bid.save()
    record(session, actor, "bid.write_again")
    return bid
