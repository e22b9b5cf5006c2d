"""Sessions get a room of their unit by themselves, when it has rooms and one is free.

As with people (`taking`), a lock gives clean answers, and the exclusion constraint has the last
word.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Q

from sparring.colleagues.room_assignment import BookableRoom, Seeking, give
from sparring.enums import ParticipantRole, SessionState
from sparring.models import Participation, Room, SparringSession

if TYPE_CHECKING:
    from sparring.colleagues.calendar_rules import Interval

# The first half of the advisory lock's key; the second is the unit's id. Taken after the calendars.
ROOM_LOCK = 7303
HOLDS_NO_ROOM = (SessionState.PROPOSED, SessionState.CANCELLED)


def lock_rooms(units: Iterable[int]) -> None:
    """Wait for one's turn with these units' rooms; held until the transaction ends."""
    with connection.cursor() as cursor:
        for pk in sorted(set(units)):
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [ROOM_LOCK, pk])


def give_room(
    session: SparringSession, seats: Sequence[Participation], *, before: Room | None = None
) -> Room | None:
    """Give a session the room it had `before`, else a free one of its unit, else none, and save it.

    A room chosen from another unit is kept when it is free. A session for which somebody wrote a
    place needs no room. Four queries, one where the unit has no rooms.
    """
    rooms = {} if session.location else _rooms_of([session.case.unit_id])
    if rooms and session.state != SessionState.PROPOSED:
        lock_rooms([session.case.unit_id])
    if before is not None and before.in_use and before.pk not in rooms and is_free(before, session):
        found: int | None = before.pk
        rooms[before.pk] = before
    else:
        (found,) = _choose([session], [seats], rooms, before)
    if session.room_id != found:
        session.room = rooms[found] if found else None
        SparringSession.objects.filter(pk=session.pk).update(room=session.room)
    return session.room


def propose_rooms(
    sessions: Sequence[SparringSession], seats: Sequence[Sequence[Participation]]
) -> None:
    """Set the rooms of a draft's proposals, which are not saved yet; two queries."""
    rooms = _rooms_of({session.case.unit_id for session in sessions})
    for session, found in zip(sessions, _choose(sessions, seats, rooms), strict=True):
        session.room = rooms[found] if found else None


def is_free(room: Room, session: SparringSession) -> bool:
    """Whether nothing else is in the room at the session's time."""
    return not _occupied({room.pk: room}, [session])


def rooms_for(session: SparringSession, people: int) -> list[Room]:
    """The municipality's rooms that are free then and large enough; the own unit's first."""
    home = session.case.municipality_id
    rooms = Room.objects.filter(unit__municipality=home, in_use=True, seats__gte=people)
    found = rooms.select_related("unit").order_by("unit__name", "name").in_bulk()
    occupied = _occupied(found, [session])
    free = [room for room in found.values() if room.pk not in occupied]
    return sorted(free, key=lambda room: room.unit_id != session.case.unit_id)


def _choose(
    sessions: Sequence[SparringSession],
    seats: Sequence[Sequence[Participation]],
    rooms: dict[int, Room],
    before: Room | None = None,
) -> list[int | None]:
    if not rooms:
        return [None] * len(sessions)
    seeking = [
        Seeking(
            unit=session.case.unit_id,
            starts_at=session.starts_at,
            ends_at=session.ends_at,
            seats=len(participations),
            online=any(
                participation.role == ParticipantRole.GUEST for participation in participations
            ),
            prefer=session.follows.room_id if session.follows else (before.pk if before else None),
        )
        for session, participations in zip(sessions, seats, strict=True)
    ]
    participations = [
        BookableRoom(room.pk, room.unit_id, room.seats, bool(room.online_link))
        for room in rooms.values()
    ]
    return give(seeking, participations, _occupied(rooms, sessions))


def _rooms_of(units: Iterable[int]) -> dict[int, Room]:
    return Room.objects.filter(unit__in=set(units), in_use=True).in_bulk()


def _occupied(
    rooms: dict[int, Room], sessions: Sequence[SparringSession]
) -> dict[int, list[Interval]]:
    """When the rooms are held by other sessions; for a proposal its draft's others count too."""
    if not sessions:
        return {}
    counts = ~Q(state__in=HOLDS_NO_ROOM)
    if sessions[0].state == SessionState.PROPOSED:
        counts |= Q(state=SessionState.PROPOSED, plan=sessions[0].plan_id)
    held = SparringSession.objects.filter(
        counts,
        room__in=rooms,
        starts_at__lt=max(session.ends_at for session in sessions),
        ends_at__gt=min(session.starts_at for session in sessions),
    ).exclude(pk__in=[session.pk for session in sessions])
    found: dict[int, list[Interval]] = {}
    for room, starts_at, ends_at in held.values_list("room", "starts_at", "ends_at"):
        found.setdefault(room, []).append((starts_at, ends_at))
    return found
