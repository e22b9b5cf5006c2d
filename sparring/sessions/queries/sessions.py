"""Whose session it is, and what of it they may see (SEC-02, docs/domain.md B4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from kb.models import QuestionCard
from sparring.beliefs.queries.actions import actions_of
from sparring.enums import Answer, ParticipantRole, SessionState
from sparring.models import (
    Action,
    BlindBid,
    Case,
    FollowUp,
    Outcome,
    Participation,
    SparringSession,
)
from sparring.models.access_rule import access_is_active

if TYPE_CHECKING:
    from people.models import Employee

OPENABLE = (
    SessionState.PLANNED,
    SessionState.RUNNING,
    SessionState.AWAITING_OUTCOME,
    SessionState.CLOSED,
)
BEFORE_OPENING = (SessionState.PLANNED, SessionState.RUNNING)


def sessions_of(employee: Employee) -> QuerySet[SparringSession]:
    """Sessions whose page the employee may open: planned, running or over, while access lasts.

    A no takes the session away at once, a cancellation too; 14 days after it closed it is the
    presenter's alone, as long as the case is theirs. Who has handed the case over sees the outcome
    alone (`TalkView.sees_outcome_only`).
    """
    if not employee.is_authenticated or not employee.is_active:
        return SparringSession.objects.none()
    mine = Participation.objects.filter(
        access_is_active(), session=OuterRef("pk"), employee=employee
    )
    return SparringSession.objects.filter(Exists(mine), state__in=OPENABLE)


def participations_ahead(employee: Employee) -> QuerySet[Participation]:
    """The person's places in sessions that are to come or run, the next one first."""
    return (
        Participation.objects.filter(
            access_is_active(),
            employee=employee,
            holds_time=True,
            session__state__in=[SessionState.PLANNED, SessionState.RUNNING],
            session__ends_at__gt=timezone.now(),
        )
        .select_related("session__case", "session__room")
        .order_by("session__starts_at", "pk")
    )


def next_participation(employee: Employee) -> Participation | None:
    """The person's place in their next session, with the session, its case and everybody in it."""
    return (
        participations_ahead(employee).prefetch_related("session__participations__employee").first()
    )


def participants(session: SparringSession) -> list[Participation]:
    """Everybody who is in it: a no is out. The presenter first, then the leader, then the rest."""
    order = list(ParticipantRole.values)
    rows = session.participations.exclude(answer=Answer.NO)
    rows = rows.select_related("employee__unit__municipality")
    return sorted(rows, key=lambda row: (order.index(row.role), row.pk))


def participation_of(session: SparringSession, employee: Employee) -> Participation | None:
    """The employee's place in the session while its access lasts."""
    participations = session.participations.filter(access_is_active(), employee=employee)
    return participations.select_related("employee").first()


def visible_bids(session: SparringSession, employee: Employee) -> list[BlindBid]:
    """All bids once they are open; before that only the reader's own (`sees_bids`)."""
    bids = session.first_bids.select_related("employee")
    if not sees_bids(session, employee):
        bids = bids.filter(employee=employee)
    return list(bids.order_by("value", "pk"))


def sees_bids(session: SparringSession, employee: Employee) -> bool:
    """Whether the bids are open to this person: who has not bid, and was not excused, sees none.

    Whoever has taken the case over since gives their own number first (`has_taken_over`).
    """
    if session.bids_opened_at is None or has_taken_over(session, employee):
        return False
    excused = session.participations.filter(employee=employee, bid_excused_at__isnull=False)
    after = session.case.owner_id == employee.pk and session.state == SessionState.CLOSED
    return after or session.first_bids.filter(employee=employee).exists() or excused.exists()


def waiting_for(
    session: SparringSession, among: list[Participation] | None = None
) -> list[Participation]:
    """Participants whose bid is neither in nor done without; a no is no participant.

    among: the participants, where they are read already.
    """
    given = set(session.first_bids.values_list("employee", flat=True))
    return [
        participation
        for participation in (participants(session) if among is None else among)
        if participation.employee_id not in given and participation.bid_excused_at is None
    ]


def has_taken_over(session: SparringSession, employee: Employee) -> bool:
    """Whether the outcome is now to be written by somebody who got the case after the session."""
    if session.state != SessionState.AWAITING_OUTCOME or session.case.owner_id != employee.pk:
        return False
    former = session.participations.filter(role=ParticipantRole.FORMER)
    return former.exists() and not session.first_bids.filter(employee=employee).exists()


def hides_beliefs(case: Case, employee: Employee) -> bool:
    """Whether the case's beliefs are kept from a colleague.

    They are while the blind bids of their session are not open yet.
    """
    if case.owner_id == employee.pk:
        return False
    participations = Participation.objects.filter(
        session__case=case, session__state__in=BEFORE_OPENING, employee=employee
    ).exclude(answer=Answer.NO)
    rows = participations.select_related("session__case")
    return any(not sees_bids(participation.session, employee) for participation in rows)


def last_outcome(session: SparringSession) -> Outcome | None:
    """What the case's session before this one ended with."""
    return (
        Outcome.objects.filter(
            session__case=session.case_id, session__starts_at__lt=session.starts_at
        )
        .select_related("action__responsible", "session", "follow_up")
        .order_by("-session__starts_at")
        .first()
    )


def cards_by_theme() -> dict[int, list[int]]:
    """Ids of the question cards in use, by theme number."""
    found: dict[int, list[int]] = {}
    rows = QuestionCard.objects.shown().filter(active=True).order_by("theme__number", "pk")
    for theme, pk in rows.values_list("theme__number", "pk"):
        found.setdefault(theme, []).append(pk)
    return found


def recently_used_cards(session: SparringSession) -> set[int]:
    """Cards that lay on the table in the case's last two sessions."""
    earlier = (
        SparringSession.objects.filter(case=session.case_id, starts_at__lt=session.starts_at)
        .filter(cards__isnull=False)
        .order_by("-starts_at")
        .distinct()[:2]
    )
    used = [one.cards.filter(swapped_out=False).values_list("card", flat=True) for one in earlier]
    return {card for cards in used for card in cards}


def follow_ups_of(employee: Employee) -> QuerySet[FollowUp]:
    """Follow-ups the employee is to answer.

    Those of their cases, and of agreements they are responsible for while they see the case; then
    the case's own caseworker is left to answer.
    """
    mine = Q(outcome__session__case__owner=employee) | Q(outcome__action__responsible=employee)
    seen = Case.objects.visible_to(employee).values("pk")
    return FollowUp.objects.filter(mine, outcome__session__case__in=seen).select_related(
        "outcome__session__case__owner", "outcome__action__responsible"
    )


def answerable(action: Action) -> Employee:
    """Who is to see to an agreement.

    The responsible person while they reach it, else the case's own caseworker.
    """
    person = action.responsible
    if (
        person is not None
        and person != action.case.owner
        and actions_of(person).filter(pk=action.pk).exists()
    ):
        return person
    return action.case.owner
