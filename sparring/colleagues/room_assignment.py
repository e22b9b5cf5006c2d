"""Which talk gets which room: no room twice at a time, the smallest that is large enough.

Talks are taken in the order they begin, the larger first. That finds a room for all when the rooms
are alike and there are enough of them; it is not proven best for rooms of different sizes, where a
talk without a room is still a talk.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sparring.colleagues.calendar_rules import Interval


@dataclass(frozen=True)
class Place:
    """A room as the giving sees it."""

    pk: int
    unit: int
    seats: int
    online: bool = False


@dataclass(frozen=True)
class Seeking:
    """A talk that wants a room of its unit; `online` for one with a guest, `prefer` a room's id."""

    unit: int
    starts_at: datetime
    ends_at: datetime
    seats: int
    online: bool = False
    prefer: int | None = None


def give(
    seeking: Sequence[Seeking], places: Sequence[Place], taken: Mapping[int, Sequence[Interval]]
) -> list[int | None]:
    """A room's id for each talk, in their order; None where none is free. `taken` by room's id."""
    busy: dict[int, list[Interval]] = {place.pk: list(taken.get(place.pk, ())) for place in places}
    found: list[int | None] = [None] * len(seeking)
    order = sorted(
        range(len(seeking)), key=lambda each: (seeking[each].starts_at, -seeking[each].seats)
    )
    for index in order:
        want = seeking[index]
        fitting = [place for place in places if _fits(place, want, busy[place.pk])]
        best = min(fitting, key=lambda place: _rank(place, want), default=None)
        if best is not None:
            found[index] = best.pk
            busy[best.pk].append((want.starts_at, want.ends_at))
    return found


def _fits(place: Place, want: Seeking, busy: Sequence[Interval]) -> bool:
    free = not any(begins < want.ends_at and want.starts_at < ends for begins, ends in busy)
    return place.unit == want.unit and place.seats >= want.seats and free


def _rank(place: Place, want: Seeking) -> tuple[bool, bool, int, int]:
    """The preferred one first; then one that a guest can reach; then the smallest."""
    return (place.pk != want.prefer, want.online and not place.online, place.seats, place.pk)
