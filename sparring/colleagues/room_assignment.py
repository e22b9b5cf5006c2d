"""Which session gets which room: no room twice at a time, the smallest that is large enough.

Sessions are taken in the order they begin, the larger first. That finds a room for all when the
rooms are alike and there are enough of them; it is not proven best for rooms of different sizes,
where a session without a room is still a session.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sparring.colleagues.calendar_rules import Interval


@dataclass(frozen=True)
class BookableRoom:
    """A room as the giving sees it."""

    pk: int
    unit: int
    seats: int
    online: bool = False


@dataclass(frozen=True)
class Seeking:
    """A session that wants a room of its unit.

    `online` for one with a guest; `prefer` is a room's id.
    """

    unit: int
    starts_at: datetime
    ends_at: datetime
    seats: int
    online: bool = False
    prefer: int | None = None


def give(
    seeking: Sequence[Seeking],
    rooms: Sequence[BookableRoom],
    occupied: Mapping[int, Sequence[Interval]],
) -> list[int | None]:
    """A room's id for each session, in their order; None where none is free.

    `occupied` holds the intervals that are taken, by the room's id.
    """
    busy: dict[int, list[Interval]] = {room.pk: list(occupied.get(room.pk, ())) for room in rooms}
    found: list[int | None] = [None] * len(seeking)
    order = sorted(
        range(len(seeking)), key=lambda number: (seeking[number].starts_at, -seeking[number].seats)
    )
    for index in order:
        want = seeking[index]
        fitting = [room for room in rooms if _fits(room, want, busy[room.pk])]
        best = min(fitting, key=lambda room: _rank(room, want), default=None)
        if best is not None:
            found[index] = best.pk
            busy[best.pk].append((want.starts_at, want.ends_at))
    return found


def _fits(room: BookableRoom, want: Seeking, busy: Sequence[Interval]) -> bool:
    free = not any(begins < want.ends_at and want.starts_at < ends for begins, ends in busy)
    return room.unit == want.unit and room.seats >= want.seats and free


def _rank(room: BookableRoom, want: Seeking) -> tuple[bool, bool, int, int]:
    """The preferred one first; then one that a guest can reach; then the smallest."""
    return (room.pk != want.prefer, want.online and not room.online, room.seats, room.pk)
