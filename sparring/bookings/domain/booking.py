"""A session booked for a case: made, moved, cancelled.

The plan, the pages and the demo call these.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from sparring.colleagues.manual_check import cautions
from sparring.colleagues.queries.group_sessions import parts_of
from sparring.enums import NEVER, Answer, ExclusionReason, RequestState
from sparring.models import (
    MOST_PARTNERS,
    Case,
    Participation,
    SparringRequest,
    SparringSession,
)
from sparring.models.session_formats import alone
from sparring.shared import guards
from sparring.shared.case_audit import record
from sparring.states import RequestSteps, SessionSteps

from .calendar_locks import ConfirmationRequired, TimeTaken, booking_transaction, lock_calendars
from .group_sessions import dissolve_group, locked_parts, move, presenters
from .next_pick import return_next_picks, use_next_picks
from .outbox import post
from .requests import OPEN_STATES, reasons_of
from .rooms import give_room
from .sessions import (
    changed,
    draft_of,
    hold_agreements,
    make_participations,
    mark_request,
    participations_of,
    partners_of,
    require_planned,
)

if TYPE_CHECKING:
    from people.models import Employee
    from sparring.colleagues.exclusion_reasons import Caution
    from sparring.models import SparringPlan

# What no longer counts once somebody is in the session.
_KNOWN = (ExclusionReason.EARLIER_OWNER, ExclusionReason.DECLINED, ExclusionReason.NOT_POSSIBLE)


def book_session(
    *,
    actor: Employee,
    case: Case,
    partners: Sequence[Employee],
    starts_at: datetime,
    length: int | None = None,
    location: str = "",
    plan: SparringPlan | None = None,
    confirmed: bool = False,
    at: datetime | None = None,
) -> SparringSession:
    """Book a session for a case, and ask all its partners.

    The case's caseworker presents, and the first partner leads.

    It answers the case's open request, or makes one. `length` is 10 or 25 minutes, the request's by
    default; `at` is when it is booked, for history. The presenter counts as coming.
    Raises PermissionDenied unless the actor owns the case or coordinates its municipality;
    WarnFirst when something speaks against it and `confirmed` is not set; Taken; ValidationError.
    """
    with booking_transaction():
        hold_agreements(case.municipality_id, partners)
        case = guards.locked(case)
        guards.require_owner_or_coordinator(actor, case)
        guards.require_open(case)
        _check_partners(partners)
        _check_ahead(starts_at, at)
        sparring_request = _open_request(case, actor, at)
        length = length or alone(sparring_request.duration_minutes)
        ends_at = starts_at + timedelta(minutes=length)
        lock_calendars([case.owner_id, *(partner.pk for partner in partners)])
        known = assess_booking(
            case=case, partners=partners, starts_at=starts_at, ends_at=ends_at, confirmed=confirmed
        )
        session = SparringSession(
            request=sparring_request,
            case=case,
            plan=plan,
            starts_at=starts_at,
            ends_at=ends_at,
            length=length,
            location=location.strip(),
            state=SessionSteps.BOOK.target,
            calendar_uid=uuid4(),
        )
        guards.clean(session)
        session.save()
        participations = Participation.objects.bulk_create(
            make_participations(session, partners, holds_time=True)
        )
        give_room(session, participations)
        if at is not None:
            SparringSession.objects.filter(pk=session.pk).update(created_at=at)
        mark_request(sparring_request, RequestSteps.BOOK)
        record(
            session,
            actor,
            "session.book",
            partners=[person.pk for person in partners],
            despite=len(known),
        )
        if at is None:
            use_next_picks(actor=actor, sessions=[session], partners=partners)
        changed(session)
        post(session, [case.owner, *partners], "sparring.invited")
        return session


def cancel_session(
    *,
    session: SparringSession,
    actor: Employee,
    both: bool = False,
    at: datetime | None = None,
) -> SparringSession:
    """Call a planned session off: time is free, access ends, the request is on the list again.

    The presenter's and the coordinator's. Of a group session the other case becomes a session of 25
    minutes; with `both` the two are called off together, which takes the coordinator or whoever
    brings both. Raises PermissionDenied, ValidationError.
    """
    with booking_transaction():
        parts = locked_parts(session)
        session = next(part for part in parts if part.pk == session.pk)
        leaving = parts if both else [session]
        for part in leaving:
            guards.require_owner_or_coordinator(actor, part.case)
            require_planned(part)
        _call_off(leaving, at)
        for part in leaving:
            record(part, actor, "session.cancel")
        return session


def reschedule_session(
    *,
    session: SparringSession,
    actor: Employee,
    starts_at: datetime,
    confirmed: bool = False,
    at: datetime | None = None,
) -> SparringSession:
    """Move a planned session, and ask its partners anew.

    A group session moves as one; calendar entries follow.

    Raises as `book_session` does.
    """
    with booking_transaction():
        parts = locked_parts(session)
        session = next(part for part in parts if part.pk == session.pk)
        guards.require_owner_or_coordinator(actor, session.case)
        require_planned(session)
        _check_ahead(starts_at, at)
        participations = participations_of(session)
        lock_calendars(participation.employee_id for participation in participations)
        assess_move(parts, starts_at, confirmed=confirmed)
        move(parts, starts_at)
        for part in parts:
            part.participations.filter(holds_time=True).exclude(
                employee__in=presenters(parts)
            ).update(answer=Answer.INVITED, answered_at=None)
            record(part, actor, "session.move")
            changed(part)
        post(
            session,
            [participation.employee for participation in participations],
            "sparring.changed",
        )
        return session


def assess_booking(
    *,
    case: Case,
    partners: Sequence[Employee],
    starts_at: datetime,
    ends_at: datetime,
    confirmed: bool,
    changing: SparringSession | None = None,
    staying: Collection[int] = (),
) -> list[Caution]:
    """Let the rules speak: raises what nobody may overrule, and WarnFirst unless `confirmed`.

    `changing`: the session that is changed, to which the partners come; `staying`: ids of its other
    partners. Returns what was overruled.
    """
    coming = {person.pk for person in partners}
    found = cautions(
        case=case,
        partners=partners,
        starts_at=starts_at,
        ends_at=ends_at,
        staying=staying,
        ignoring=[part.pk for part in parts_of(changing)] if changing else [],
        draft=draft_of(changing) if changing else None,
    )
    if changing:
        found = [caution for caution in found if caution.employee_id in coming]
    return judge(found, confirmed=confirmed, coming=coming)


def assess_move(
    parts: Sequence[SparringSession], starts_at: datetime, *, confirmed: bool
) -> list[Caution]:
    """As `weigh`, for a session at another time: its people are in it, so only the time counts."""
    found = []
    for part in parts:
        ends_at = starts_at + timedelta(minutes=part.length)
        found += cautions(
            case=part.case,
            partners=partners_of(participations_of(part)),
            starts_at=starts_at,
            ends_at=ends_at,
            ignoring=[part.pk for part in parts],
            draft=draft_of(part),
        )
        starts_at = ends_at
    return judge(
        [caution for caution in dict.fromkeys(found) if caution.why not in _KNOWN],
        confirmed=confirmed,
    )


def judge(found: list[Caution], *, confirmed: bool, coming: Collection[int] = ()) -> list[Caution]:
    """Raise what nobody may overrule, and WarnFirst unless `confirmed`; what was overruled.

    Of those who are `coming`, by id, no reason is given, so that nobody reads a quiet one from it.
    """
    for caution in found:
        text = caution.refusal if caution.employee_id in coming else caution.text
        if caution.why == ExclusionReason.IN_A_SESSION:
            raise TimeTaken(text)
        if caution.why in NEVER:
            raise ValidationError(text, code=caution.why)
    if found and not confirmed:
        raise ConfirmationRequired(found)
    return found


def call_off(session: SparringSession, at: datetime | None = None) -> None:
    """Cancel without asking who may: time, access and request are given back, calendars are told.

    The other case of a group session goes on alone, and its people are told of the new time
    instead.
    """
    _call_off([session], at)


def _call_off(leaving: Sequence[SparringSession], at: datetime | None) -> None:
    """As `call_off`, for a session or for both halves of a group session."""
    people = {
        participation.employee
        for session in leaving
        for participation in participations_of(session)
    }
    for session in leaving:
        _give_back(session, guards.moment(at))
    staying = dissolve_group(leaving[0]) if len(leaving) == 1 else None
    if staying is not None:
        kept = [participation.employee for participation in participations_of(staying)]
        people -= set(kept)
        changed(staying)
        post(staying, kept, "sparring.changed")
    for session in leaving:
        return_next_picks(session=session, people=people)
    post(leaving[0], sorted(people, key=lambda person: person.pk), "sparring.cancelled")


def _give_back(session: SparringSession, moment: datetime) -> None:
    SessionSteps.CALL_OFF.take(session)
    session.presenter_away = False
    session.calendar_sequence += 1
    session.save(update_fields=["state", "presenter_away", "calendar_sequence"])
    session.participations.update(holds_time=False, access_until=moment)
    sparring_request = SparringRequest.objects.select_for_update().get(pk=session.request_id)
    if RequestSteps.RETURN.starts_from(sparring_request.state):
        mark_request(sparring_request, RequestSteps.RETURN)
    changed(session)


def _open_request(case: Case, actor: Employee, at: datetime | None) -> SparringRequest:
    """The case's open request, locked; a new one where there is none. Refuses a booked one."""
    sparring_request = (
        SparringRequest.objects.select_for_update().filter(case=case, state__in=OPEN_STATES).first()
    )
    if sparring_request is None:
        sparring_request = SparringRequest.objects.create(
            case=case, created_by=actor, reasons=reasons_of(case), state=RequestSteps.MAKE.target
        )
        if at is not None:
            SparringRequest.objects.filter(pk=sparring_request.pk).update(created_at=at)
    elif sparring_request.state == RequestState.BOOKED:
        raise ValidationError(_("A session about the case is booked already."), code="booked")
    return sparring_request


def _check_partners(partners: Sequence[Employee]) -> None:
    if not 1 <= len({partner.pk for partner in partners}) == len(partners) <= MOST_PARTNERS:
        raise ValidationError(
            {"partners": _("Choose one to three different colleagues.")}, code="partners"
        )


def _check_ahead(starts_at: datetime, at: datetime | None) -> None:
    if starts_at <= guards.moment(at):
        raise ValidationError({"starts_at": _("Choose a time that lies ahead.")})
