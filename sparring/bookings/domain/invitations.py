"""A partner answers: yes keeps the time, no gives it back at once (SEC-02, SEC-36)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.models import Employee
from people.roles import Right
from sparring.colleagues.constraints import read_rules
from sparring.enums import Answer, ParticipantRole
from sparring.models.session_formats import PART_LENGTH
from sparring.shared import guards
from sparring.shared.case_audit import record

from .booking import call_off
from .calendar_locks import booking_transaction, lock_calendars
from .group_sessions import locked_parts, presenters
from .outbox import post
from .sessions import (
    add_missing,
    changed,
    choose_other_facilitator,
    participations_of,
    require_planned,
)

if TYPE_CHECKING:
    from sparring.models import Participation, SparringSession


def answer_invitation(
    *, session: SparringSession, actor: Employee, yes: bool, at: datetime | None = None
) -> Participation:
    """Say yes or no to a planned session one is asked to; the same answer twice changes nothing.

    A no frees the time, ends access, is remembered with the request, and tells the coordinator.
    When nobody but the presenter is left the session is called off and the request is on the list
    again. A yes after a no takes the time anew. In a group session one answer is for both cases;
    when whoever brings the other case says no to this one, it is called off and theirs is a
    session of its own. Raises PermissionDenied for who is not asked, Taken, ValidationError when
    the session is no longer planned.
    """
    with booking_transaction():
        parts = locked_parts(session)
        session = next(other_part for other_part in parts if other_part.pk == session.pk)
        participation = _participation_of(session, actor)
        wanted = Answer.YES if yes else Answer.NO
        if participation.answer == wanted:
            return participation
        require_planned(session)
        lock_calendars([actor.pk])
        moment = guards.moment(at)
        brings = actor.pk in presenters(parts)
        answered = [session] if brings else parts
        regrets = yes and participation.answer == Answer.NO
        if regrets:
            _require_still_welcome(answered, actor)
        for part in answered:
            _give_answer(_participation_of(part, actor), wanted, moment)
            record(part, actor, "session.accept" if yes else "session.decline")
            if yes:
                part.request.declined_by.remove(actor)
                changed(part)
            else:
                part.request.declined_by.add(actor)
        if regrets:
            _come_back(answered, actor)
        if not yes:
            _after_no(answered, actor, moment, ends=brings)
        return _participation_of(session, actor)


def _participation_of(session: SparringSession, actor: Employee) -> Participation:
    """The actor's own place, locked. The presenter moves or cancels instead of answering.

    A guest's is gone when the agreement has ended or guests are not allowed any more.
    """
    participations = session.participations.select_for_update(of=("self",)).exclude(
        role=ParticipantRole.PRESENTER
    )
    welcome = Q(agreement__isnull=True) | Q(
        agreement__ended_at__isnull=True, session__request__allow_guest=True
    )
    participation = participations.filter(welcome, employee=actor).first()
    if participation is None or not actor.is_active:
        raise PermissionDenied("Only who is asked to the session answers.")
    return participation


def _give_answer(participation: Participation, answer: Answer, moment: datetime) -> None:
    participation.answer, participation.answered_at = answer, moment
    participation.holds_time = answer == Answer.YES
    participation.access_until = None if participation.holds_time else moment
    participation.save(update_fields=["answer", "answered_at", "holds_time", "access_until"])


def _require_still_welcome(parts: Sequence[SparringSession], actor: Employee) -> None:
    """Whoever is never in a session with somebody who has come meanwhile does not come back."""
    rules = read_rules([part.case for part in parts])
    people = [
        participation.employee_id for part in parts for participation in participations_of(part)
    ]
    if rules.is_at_odds(actor.pk, people):
        raise ValidationError(
            _("Your place in this session is taken. Thank you for wanting to come.")
        )


def _come_back(parts: Sequence[SparringSession], actor: Employee) -> None:
    """A yes after a no fills the seat that waited, and puts the session into the calendar again."""
    for part in parts:
        add_missing(part, -1)
    session = parts[0]
    session.calendar_sequence += 1
    session.save(update_fields=["calendar_sequence"])
    post(session, [actor], "sparring.changed")


def _after_no(
    parts: Sequence[SparringSession], actor: Employee, moment: datetime, *, ends: bool
) -> None:
    """`parts` go on without the actor, or are called off: alone, or the group session `ends`."""
    session = parts[0]
    alone = all(
        participation.role == ParticipantRole.PRESENTER
        for participation in participations_of(session)
    )
    if alone or ends:
        call_off(session, moment)
    else:
        for part in parts:
            choose_other_facilitator(participations_of(part))
            add_missing(part, int(part.length != PART_LENGTH))
            changed(part)
        post(session, [part.case.owner for part in parts], "sparring.declined")
    if not ends:
        post(session, [actor], "sparring.cancelled")
    post(session, coordinators(session, actor), "sparring.declined")


def coordinators(session: SparringSession, actor: Employee) -> list[Employee]:
    """The municipality's coordinators but the actor and whoever brings the case."""
    people = Employee.objects.who_may(Right.PLAN).in_municipality(session.case.municipality_id)
    return list(people.exclude(pk__in=[actor.pk, session.case.owner_id]))
