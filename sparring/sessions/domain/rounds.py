"""What the participants put on the table: blind bids, question cards (docs/domain.md B4)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from renewal import Card, Hand, Hit, Rule, SwapError, draw_cards, swap_card
from sparring.enums import BidMoment, ParticipantRole
from sparring.models import (
    BlindBid,
    RenewalNeed,
    SessionCard,
    SparringSession,
    session_formats,
)
from sparring.sessions.queries.sessions import (
    cards_by_theme,
    participants,
    recently_used_cards,
    waiting_for,
)
from sparring.shared import guards
from sparring.shared.case_audit import record
from sparring.shared.reasons import require_sentence

from . import session_guards
from .facilitation import require_driver

if TYPE_CHECKING:
    from people.models import Employee


@transaction.atomic
def give_bid(
    *,
    actor: Employee,
    session: SparringSession,
    value: int,
    because: str,
    at: datetime | None = None,
) -> BlindBid:
    """Write or change one's own blind bid of 0–10; with the last one in, all are opened.

    Nobody else sees it before that. Raises PermissionDenied, or ValidationError when the bids are
    open, the session is not at its bids, or on "value" and "because" (a sentence).
    """
    session = session_guards.locked(session)
    session_guards.require_participant(actor, session)
    session_guards.require_running(session)
    if session.bids_opened_at is not None:
        raise ValidationError(_("The bids are open. They cannot be changed now."), code="open")
    if session.step != session_formats.BIDS:
        raise ValidationError(_("Bids are given in the step of the blind bid."), code="step")
    bid = BlindBid.objects.filter(session=session, employee=actor, moment=BidMoment.BEFORE).first()
    bid = bid or BlindBid(session=session, employee=actor, moment=BidMoment.BEFORE)
    bid.value, bid.because = value, because.strip()
    bid.submitted_at = now = guards.moment(at)
    guards.clean(bid)
    require_sentence(bid.because)
    bid.save()
    session.participations.filter(employee=actor).update(bid_excused_by=None, bid_excused_at=None)
    record(session, actor, "bid.write")
    _open_when_all_in(session, actor, now)
    return bid


@transaction.atomic
def go_on_without_bid(
    *, actor: Employee, session: SparringSession, of: Employee, at: datetime | None = None
) -> SparringSession:
    """Go on without one person's bid: recorded with their place, and shown to everybody.

    With the last one missing the bids are opened. Whoever drives the session does it, and must have
    given their own first, or they would bid with the others' numbers in sight. Raises
    PermissionDenied for others; ValidationError when the session is not at its bids.
    """
    session = session_guards.locked(session)
    require_driver(actor, session)
    session_guards.require_running(session)
    if session.bids_opened_at is not None:
        return session
    if session.step != session_formats.BIDS:
        raise ValidationError(_("Bids are given in the step of the blind bid."), code="step")
    if not session.first_bids.filter(employee=actor).exists():
        raise ValidationError(_("Give your own bid before you open the others’."), code="own_first")
    if of.pk not in {participation.employee_id for participation in waiting_for(session)}:
        return session
    now = guards.moment(at)
    session.participations.filter(employee=of).update(bid_excused_by=actor, bid_excused_at=now)
    record(session, actor, "bid.go_on_without", of=of.pk)
    _open_when_all_in(session, actor, now)
    return session


def draw_for(session: SparringSession, actor: Employee) -> list[SessionCard]:
    """Lay the cards on the table by the rules that hit the case; once per session.

    Call it with the session's row locked. Cards of the case's last two sessions are avoided.
    """
    if session.cards.exists():
        return []
    hand = draw_cards(
        _hits(session),
        cards_by_theme(),
        recently_used_cards(session),
        str(session.calendar_uid),
        count=session_formats.CARDS_BY_LENGTH[session.length],
    )
    drawn = SessionCard.objects.bulk_create(
        SessionCard(
            session=session, card_id=int(card.card), position=position, rule=card.rule or ""
        )
        for position, card in enumerate(hand.cards, start=1)
    )
    record(session, actor, "cards.draw", cards=len(drawn))
    return drawn


def offer_chair(session: SparringSession) -> None:
    """Offer the citizen's chair to the colleague who has longest not sat in it (B4).

    Once per session; call it with the session's row locked. Those who never did come first.
    """
    colleagues = [
        row.employee for row in participants(session) if row.role != ParticipantRole.PRESENTER
    ]
    if session.citizens_chair_id is not None or not colleagues:
        return
    sat = SparringSession.objects.filter(citizens_chair__in=colleagues)
    last = dict(
        sat.values_list("citizens_chair").annotate(newest=Max("step_started_at")).order_by()
    )
    session.citizens_chair = min(
        colleagues,
        key=lambda colleague: (colleague.pk in last, last.get(colleague.pk) or session.starts_at),
    )
    session.save(update_fields=["citizens_chair"])


@transaction.atomic
def swap(*, actor: Employee, session: SparringSession, card: SessionCard) -> SessionCard:
    """Exchange one card for another of its theme; once per session. ValidationError after that."""
    session = session_guards.locked(session)
    session_guards.require_participant(actor, session)
    session_guards.require_running(session)
    rows = list(session.cards.select_related("card__theme"))
    on_table = [row for row in rows if not row.swapped_out]
    participation = next((at for at, row in enumerate(on_table) if row.pk == card.pk), None)
    if participation is None:
        raise ValidationError(_("That card is not on the table."), code="gone")
    hand = Hand(tuple(map(_as_card, on_table)), swapped=len(rows) > len(on_table))
    used = recently_used_cards(session)
    try:
        new = swap_card(
            hand, participation, cards_by_theme(), used, str(session.calendar_uid)
        ).cards[participation]
    except SwapError as error:
        raise ValidationError(_("One card can be swapped in a session."), code="swapped") from error
    old = on_table[participation]
    old.swapped_out = True
    old.save(update_fields=["swapped_out"])
    record(session, actor, "cards.swap")
    return SessionCard.objects.create(
        session=session, card_id=int(new.card), position=old.position, rule=old.rule
    )


def _open_when_all_in(session: SparringSession, actor: Employee, now: datetime) -> None:
    if waiting_for(session):
        return
    session.bids_opened_at = now
    session.save(update_fields=["bids_opened_at"])
    record(session, actor, "bids.open")


def _hits(session: SparringSession) -> Iterable[Hit]:
    need = RenewalNeed.objects.filter(case=session.case_id).first()
    return [Hit.from_json(hit) for hit in (*need.hits, *need.waiting)] if need else []


def _as_card(row: SessionCard) -> Card:
    return Card(row.card.theme_number, row.card_id, Rule(row.rule) if row.rule else None)
