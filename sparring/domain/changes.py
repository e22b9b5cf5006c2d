"""A talk changed by hand: another colleague or another time, in a draft or after publishing."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from people.domain.availability import picked
from sparring.enums import Answer, ParticipantRole, SessionState
from sparring.models import MailKind, Participation, SparringSession
from sparring.planning.describe import describe_pair
from sparring.planning.why import Why

from . import checks
from .booking import move, reschedule_session, weigh
from .drafts import locked_draft, plan_of, proposal
from .mailing import post
from .sessions import (
    agreements_of_guests,
    changed,
    hold_agreements,
    let_another_lead,
    locked_session,
    partners_of,
    record,
    require_planned,
    seats_of,
)
from .taking import lock_calendars, taking_time

if TYPE_CHECKING:
    from people.models import Employee
    from sparring.planning.why import Caution


def change_partner(
    *,
    session: SparringSession,
    actor: Employee,
    leaving: Employee,
    coming: Employee,
    confirmed: bool = False,
) -> SparringSession:
    """Put another colleague in the place of one partner.

    In a draft nobody is told. In a planned talk the one who leaves loses time and access and gets a
    cancellation, the one who comes is asked, the others' calendars follow.
    Raises PermissionDenied; WarnFirst unless `confirmed`; Taken; ValidationError, also for the line
    manager, whom nobody can choose.
    """
    with taking_time():
        hold_agreements(session.case.municipality_id, [coming])
        session = locked_for_change(session, actor)
        place = _place_of(session, leaving)
        if session.participations.filter(employee=coming, answer__in=_IN_IT).exists():
            raise ValidationError(_("The colleague is in the talk already."), code="in_it")
        lock_calendars([coming.pk])
        known = weigh(
            case=session.case,
            partners=[coming],
            starts_at=session.starts_at,
            ends_at=session.ends_at,
            confirmed=confirmed,
            changing=session,
            only=frozenset({coming.pk}),
        )
        swap(session, place, coming)
        _note_by_hand(session, known, leaving=leaving, coming=coming)
        record(
            session,
            actor,
            "session.change_partner",
            before=leaving.pk,
            after=coming.pk,
            despite=len(known),
        )
        if session.state == SessionState.PLANNED:
            picked(actor=actor, employees=[coming])
            tell_exchange(session, leaving, coming)
        return session


def change_time(
    *,
    session: SparringSession,
    actor: Employee,
    starts_at: datetime,
    confirmed: bool = False,
) -> SparringSession:
    """Give a talk another time: a proposal quietly, a planned talk as `reschedule_session` does."""
    if session.state != SessionState.PROPOSED:
        return reschedule_session(
            session=session, actor=actor, starts_at=starts_at, confirmed=confirmed
        )
    with taking_time():
        session = locked_for_change(session, actor)
        if starts_at <= checks.moment(None):
            raise ValidationError({"starts_at": _("Choose a time that lies ahead.")})
        ends_at = starts_at + timedelta(minutes=session.length)
        seats = seats_of(session)
        known = weigh(
            case=session.case,
            partners=partners_of(seats),
            starts_at=starts_at,
            ends_at=ends_at,
            confirmed=confirmed,
            changing=session,
            asked_before=True,
        )
        move(session, starts_at)
        _note_by_hand(session, known)
        record(session, actor, "session.change_time", despite=len(known))
        return session


_IN_IT = (Answer.INVITED, Answer.YES)


def locked_for_change(session: SparringSession, actor: Employee) -> SparringSession:
    """The fresh row for who may change it: the coordinator in a draft, the owner too afterwards."""
    if session.state == SessionState.PROPOSED:
        return proposal(locked_draft(plan_of(session), actor), session)
    session = locked_session(session)
    checks.require_owner_or_coordinator(actor, session.case)
    require_planned(session)
    return session


def _place_of(session: SparringSession, leaving: Employee) -> Participation:
    place = session.participations.filter(employee=leaving, answer__in=_IN_IT).first()
    if place is None or place.role == ParticipantRole.PRESENTER:
        raise ValidationError(_("Choose a colleague who is in the talk."), code="not_in_it")
    return place


def swap(session: SparringSession, place: Participation, coming: Employee) -> None:
    """The place changes hands; whoever said no before gets their old row back.

    A guest who comes is a guest, and leaves the leading to a colleague who is in the talk.
    """
    session.participations.filter(employee=coming).delete()
    place.delete()
    agreement = agreements_of_guests(session, [coming]).get(coming.pk)
    left = place.role if place.role != ParticipantRole.GUEST else ParticipantRole.COLLEAGUE
    Participation.objects.create(
        session=session,
        employee=coming,
        role=ParticipantRole.GUEST if agreement else left,
        agreement=agreement,
        during=(session.starts_at, session.ends_at),
        holds_time=session.state != SessionState.PROPOSED,
    )
    let_another_lead(seats_of(session))


def _note_by_hand(
    session: SparringSession,
    known: list[Caution],
    *,
    leaving: Employee | None = None,
    coming: Employee | None = None,
) -> None:
    """Keep in `match` who was chosen by hand and what was overruled, for page and publishing."""
    match: dict[str, Any] = {**session.match, "by_hand": True}
    match["confirmed"] = [
        *match.get("confirmed", ()),
        *({"employee": each.employee_id, "why": Why(each.why).value} for each in known),
    ]
    if leaving is not None and coming is not None:
        partners = {k: v for k, v in match.get("partners", {}).items() if k != str(leaving.pk)}
        partners[str(coming.pk)] = describe_pair(session.case, coming, session.starts_at)
        match["partners"] = partners
    session.match = match
    session.save(update_fields=["match"])


def tell_exchange(session: SparringSession, leaving: Employee, coming: Employee) -> None:
    """Mail about a place of a planned talk that has changed hands; calendars follow."""
    session.calendar_sequence += 1
    session.save(update_fields=["calendar_sequence"])
    others = [each.employee for each in seats_of(session) if each.employee_id != coming.pk]
    changed(session)
    post(session, [leaving], MailKind.CANCELLED)
    post(session, [coming], MailKind.INVITED)
    post(session, others, MailKind.CHANGED)
