"""A partner answers: yes keeps the time, no gives it back at once (docs/security.md R2, P4)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from people.enums import Role
from people.models import Employee
from sparring.enums import Answer, ParticipantRole
from sparring.models import MailKind, Participation, SparringSession

from . import checks
from .booking import call_off
from .mailing import post
from .sessions import (
    add_missing,
    changed,
    let_another_lead,
    locked_session,
    record,
    require_planned,
    seats_of,
)
from .taking import lock_calendars, taking_time

if TYPE_CHECKING:
    from sparring.models import SparringRequest


def answer_invitation(
    *, session: SparringSession, actor: Employee, yes: bool, at: datetime | None = None
) -> Participation:
    """Say yes or no to a planned talk one is asked to; the same answer twice changes nothing.

    A no frees the time, ends access, is remembered with the wish, and tells the coordinator. When
    nobody but the presenter is left the talk is called off and the wish is on the list again. A yes
    after a no takes the time anew. Raises PermissionDenied for who is not asked, Taken,
    ValidationError when the talk is no longer planned.
    """
    with taking_time():
        session = locked_session(session)
        place = _place_of(session, actor)
        wanted = Answer.YES if yes else Answer.NO
        if place.answer == wanted:
            return place
        require_planned(session)
        lock_calendars([actor.pk])
        moment = checks.moment(at)
        _give_answer(place, wanted, moment)
        record(session, actor, "session.accept" if yes else "session.decline")
        if yes:
            session.request.declined_by.remove(actor)
            add_missing(session, -1)
            changed(session)
        else:
            _after_no(session, session.request, actor, moment)
        return place


def _place_of(session: SparringSession, actor: Employee) -> Participation:
    """The actor's own place, locked. The presenter moves or cancels instead of answering.

    A guest's is gone when the agreement has ended or guests are not allowed any more.
    """
    places = session.participations.select_for_update(of=("self",)).exclude(
        role=ParticipantRole.PRESENTER
    )
    welcome = Q(agreement__isnull=True) | Q(
        agreement__ended_at__isnull=True, session__request__allow_guest=True
    )
    place = places.filter(welcome, employee=actor).first()
    if place is None or not actor.is_active:
        raise PermissionDenied("Only who is asked to the talk answers.")
    return place


def _give_answer(place: Participation, answer: Answer, moment: datetime) -> None:
    place.answer, place.answered_at = answer, moment
    place.holds_time = answer == Answer.YES
    place.access_until = None if place.holds_time else moment
    place.save(update_fields=["answer", "answered_at", "holds_time", "access_until"])


def _after_no(
    session: SparringSession, request: SparringRequest, actor: Employee, moment: datetime
) -> None:
    request.declined_by.add(actor)
    seats = seats_of(session)
    alone = all(each.role == ParticipantRole.PRESENTER for each in seats)
    if alone:
        call_off(session, moment)
    else:
        let_another_lead(seats)
        add_missing(session, 1)
        changed(session)
        post(session, [session.case.owner], MailKind.DECLINED)
    post(session, [actor], MailKind.CANCELLED)
    post(session, coordinators(session, actor), MailKind.DECLINED)


def coordinators(session: SparringSession, actor: Employee) -> list[Employee]:
    """The municipality's coordinators but the actor and whoever brings the case."""
    people = Employee.objects.with_role(Role.COORDINATOR).in_municipality(
        session.case.municipality_id
    )
    return list(people.exclude(pk__in=[actor.pk, session.case.owner_id]))
