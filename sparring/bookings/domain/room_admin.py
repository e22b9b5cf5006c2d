"""Rooms kept by the unit's coordinator or administrator, and chosen by hand for a session."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.roles import Right
from privacy import audit
from sparring.colleagues.queries.group_sessions import standing
from sparring.enums import SessionState
from sparring.models import Room, SparringSession
from sparring.shared import guards
from sparring.shared.case_audit import record

from .calendar_locks import TimeTaken, booking_transaction
from .changes import locked_for_change
from .outbox import post
from .rooms import give_room, is_free, lock_rooms
from .sessions import locked_session, participations_of

if TYPE_CHECKING:
    from people.models import Employee, Unit


@transaction.atomic
def add_room(
    *,
    actor: Employee,
    unit: Unit,
    name: str,
    seats: int,
    location: str = "",
    online_link: str = "",
) -> Room:
    """Give a unit of the actor's municipality one more room.

    Raises PermissionDenied for others than a coordinator or administrator there, ValidationError
    by field.
    """
    _require_keeper(actor, unit)
    room = Room(unit=unit, name=name.strip(), seats=seats, location=location.strip())
    room.online_link = online_link.strip()
    _save(room)
    audit.record(actor=actor, action="room.add", target=room, municipality_id=unit.municipality_id)
    return room


def change_room_details(
    *,
    actor: Employee,
    room: Room,
    name: str,
    seats: int,
    location: str = "",
    online_link: str = "",
    in_use: bool = True,
) -> Room:
    """Change a room. Sessions to come in it are told; out of use they get another room, or none.

    Raises as `add_room` does.
    """
    with booking_transaction():
        _require_keeper(actor, room.unit)
        lock_rooms([room.unit_id])
        room = Room.objects.select_for_update(of=("self",)).select_related("unit").get(pk=room.pk)
        before = room.where
        room.name, room.seats, room.location = name.strip(), seats, location.strip()
        room.online_link, room.in_use = online_link.strip(), in_use
        _save(room)
        ahead = room.sessions.filter(state=SessionState.PLANNED, starts_at__gt=timezone.now())
        if before != room.where or not in_use:
            _tell_about(list(ahead.select_related("case").order_by("case")))
        audit.record(
            actor=actor,
            action="room.change",
            target=room,
            municipality_id=room.unit.municipality_id,
            in_use=in_use,
        )
        return room


def choose_room(*, actor: Employee, session: SparringSession, room: Room | None) -> SparringSession:
    """Put a session in another room of the municipality by hand, or in none.

    The presenter's and the coordinator's, in a draft the coordinator's. Raises PermissionDenied,
    Taken when another session is in it, ValidationError when it is too small or out of use.
    """
    with booking_transaction():
        parts = locked_for_change(session, actor)
        session = next(other_part for other_part in parts if other_part.pk == session.pk)
        seats = participations_of(session)
        if room is not None:
            lock_rooms([room.unit_id])
            room = Room.objects.select_related("unit").get(pk=room.pk)
            for part in parts:
                _check_fits(room, part, len(seats))
        if session.room == room:
            return session
        for part in parts:
            part.room = room
            part.save(update_fields=["room"])
            record(part, actor, "session.room", room=room.pk if room else None)
        if session.state == SessionState.PLANNED:
            _announce(session)
        return session


def _check_fits(room: Room, session: SparringSession, people: int) -> None:
    if room.unit.municipality_id != session.case.municipality_id or not room.in_use:
        raise ValidationError({"room": _("Choose one of the rooms that are in use.")})
    if room.seats < people:
        raise ValidationError({"room": _("There are too few seats for this session.")})
    if not is_free(room, session):
        raise TimeTaken(str(_("Another session is in that room then. Choose another one.")))


def _tell_about(sessions: Sequence[SparringSession]) -> None:
    """Tell the people of planned sessions whose room has changed or is out of use.

    The two sessions of a group session are one mail.
    """
    known: dict[UUID, SparringSession] = {}
    for other_session in sessions:
        session = locked_session(other_session)
        give_room(session, participations_of(session), before=session.room)
        known[session.calendar_uid] = session
    for session in known.values():
        _announce(session)


def _announce(session: SparringSession) -> None:
    for part in standing(session):
        part.calendar_sequence += 1
        part.save(update_fields=["calendar_sequence"])
    post(
        session,
        [participation.employee for participation in participations_of(session)],
        "sparring.changed",
    )


def _save(room: Room) -> None:
    guards.clean(room)
    if not room.location and not room.online_link:
        raise ValidationError({"location": _("Write where it is, or an online link.")})
    try:
        with transaction.atomic():
            room.save()
    except IntegrityError as error:
        if "room_unique_name" not in str(error):
            raise
        raise ValidationError({"name": _("The unit has a room of that name.")}) from error


def _require_keeper(actor: Employee, unit: Unit) -> None:
    keeps = actor.is_active and actor.may(Right.KEEP_ROOMS)
    if not keeps or actor.municipality_id != unit.municipality_id:
        raise PermissionDenied("A coordinator or administrator of the municipality keeps rooms.")
