"""A session changed by hand: another colleague or another time, in a draft or after publishing."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from sparring.colleagues.pair_report import describe_pair
from sparring.colleagues.queries.group_sessions import parts_of
from sparring.enums import ParticipantRole, SessionState
from sparring.models import Participation, SparringSession
from sparring.shared import guards
from sparring.shared.case_audit import record

from .booking import assess_booking, assess_move, reschedule_session
from .calendar_locks import booking_transaction, lock_calendars
from .drafts import locked_draft, plan_of, proposal
from .group_sessions import IN_IT, locked_parts, move, presenters
from .next_pick import use_next_picks
from .outbox import post
from .sessions import (
    agreements_of_guests,
    changed,
    choose_other_facilitator,
    hold_agreements,
    keep_confirmed,
    participations_of,
    partners_of,
    require_planned,
)

if TYPE_CHECKING:
    from people.models import Employee
    from sparring.colleagues.exclusion_reasons import Caution
    from sparring.models.json_shapes import MatchExplanation


def change_partner(
    *,
    session: SparringSession,
    actor: Employee,
    leaving: Employee,
    coming: Employee,
    confirmed: bool = False,
) -> SparringSession:
    """Put another colleague in the place of one partner.

    In a draft nobody is told. In a planned session the one who leaves loses time and access and
    gets a cancellation, the one who comes is asked, the others' calendars follow.
    Raises PermissionDenied; WarnFirst unless `confirmed`; Taken; ValidationError, also for the line
    manager, whom nobody can choose.
    """
    with booking_transaction():
        hold_agreements(session.case.municipality_id, [coming])
        parts = locked_for_change(session, actor)
        session = parts[0]
        if len(parts) > 1 and leaving.pk in presenters(parts):
            raise ValidationError(
                _("Both caseworkers stay in a group session."), code="brings_a_case"
            )
        if len(parts) > 1 and coming.municipality_id != session.case.municipality_id:
            raise ValidationError(_("A guest comes to one case, not to a group session."))
        lock_calendars([coming.pk])
        for part in parts:
            _change_in(part, actor, leaving, coming, confirmed=confirmed)
        if session.state == SessionState.PLANNED:
            use_next_picks(actor=actor, sessions=parts, partners=[coming])
            tell_exchange(session, leaving, coming)
        return session


def change_time(
    *,
    session: SparringSession,
    actor: Employee,
    starts_at: datetime,
    confirmed: bool = False,
) -> SparringSession:
    """Give a session another time.

    A proposal is moved without telling anybody, a planned session as `reschedule_session` does.
    """
    if session.state != SessionState.PROPOSED:
        return reschedule_session(
            session=session, actor=actor, starts_at=starts_at, confirmed=confirmed
        )
    with booking_transaction():
        parts = locked_for_change(session, actor)
        if starts_at <= guards.moment(None):
            raise ValidationError({"starts_at": _("Choose a time that lies ahead.")})
        known = assess_move(parts, starts_at, confirmed=confirmed)
        move(parts, starts_at)
        for part in parts:
            note_by_hand(part, known)
            record(part, actor, "session.change_time", despite=len(known))
        return next(part for part in parts if part.pk == session.pk)


def _change_in(
    session: SparringSession,
    actor: Employee,
    leaving: Employee,
    coming: Employee,
    *,
    confirmed: bool,
) -> None:
    participation = _participation_of(session, leaving)
    if session.participations.filter(employee=coming, answer__in=IN_IT).exists():
        raise ValidationError(_("The colleague is in the session already."), code="in_it")
    staying = {person.pk for person in partners_of(participations_of(session))} - {leaving.pk}
    known = assess_booking(
        case=session.case,
        partners=[coming],
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        confirmed=confirmed,
        changing=session,
        staying=staying,
    )
    swap(session, participation, coming)
    note_by_hand(session, known, leaving=leaving, coming=coming)
    record(
        session,
        actor,
        "session.change_partner",
        before=leaving.pk,
        after=coming.pk,
        despite=len(known),
    )


def locked_for_change(session: SparringSession, actor: Employee) -> list[SparringSession]:
    """The fresh rows for who may change it: the coordinator in a draft, the owner too afterwards.

    Both halves of a group session that lies ahead, the first one first; else the session alone.
    """
    if session.state == SessionState.PROPOSED:
        plan = locked_draft(plan_of(session), actor)
        return [proposal(plan, part) for part in parts_of(session)]
    parts = locked_parts(session)
    mine = next(part for part in parts if part.pk == session.pk)
    guards.require_owner_or_coordinator(actor, mine.case)
    for part in parts:
        require_planned(part)
    return parts


def _participation_of(session: SparringSession, leaving: Employee) -> Participation:
    participation = session.participations.filter(employee=leaving, answer__in=IN_IT).first()
    if participation is None or participation.role == ParticipantRole.PRESENTER:
        raise ValidationError(_("Choose a colleague who is in the session."), code="not_in_it")
    return participation


def swap(session: SparringSession, participation: Participation, coming: Employee) -> None:
    """The place changes hands; whoever said no before gets their old row back.

    A guest who comes is a guest, and leaves the leading to a colleague who is in the session.
    """
    session.participations.filter(employee=coming).delete()
    participation.delete()
    agreement = agreements_of_guests(session, [coming]).get(coming.pk)
    left = (
        participation.role
        if participation.role != ParticipantRole.GUEST
        else ParticipantRole.COLLEAGUE
    )
    Participation.objects.create(
        session=session,
        employee=coming,
        role=ParticipantRole.GUEST if agreement else left,
        agreement=agreement,
        during=(session.starts_at, session.ends_at),
        holds_time=session.state != SessionState.PROPOSED,
    )
    choose_other_facilitator(participations_of(session))


def note_by_hand(
    session: SparringSession,
    known: list[Caution],
    *,
    leaving: Employee | None = None,
    coming: Employee | None = None,
) -> None:
    """Keep that somebody was chosen by hand and what was overruled, for page and publishing."""
    session.changed_by_hand = True
    if leaving is not None and coming is not None:
        before: MatchExplanation = session.match_explanation
        partners = {k: v for k, v in before.get("partners", {}).items() if k != str(leaving.pk)}
        partners[str(coming.pk)] = describe_pair(session.case, coming, session.starts_at)
        session.match_explanation = {**before, "partners": partners}
    session.save(update_fields=["changed_by_hand", "match_explanation"])
    keep_confirmed(session, known)


def tell_exchange(session: SparringSession, leaving: Employee, coming: Employee) -> None:
    """Mail about a place of a planned session that has changed hands; calendars follow."""
    for part in parts_of(session):
        part.calendar_sequence += 1
        part.save(update_fields=["calendar_sequence"])
    others = [
        participation.employee
        for participation in participations_of(session)
        if participation.employee_id != coming.pk
    ]
    changed(session)
    post(session, [leaving], "sparring.cancelled")
    post(session, [coming], "sparring.invited")
    post(session, others, "sparring.changed")
