"""The last word on times: every session of its own length, every limit of every person kept.

The matcher's slots are 25 minutes on a grid and know one number of seats per person. Here each
session gets a time that fits the real calendars and every limit, on the day and in the week in
which its people have fewest sessions, away from the days on which they have one; else with the next
best colleague; otherwise it is not placed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np

from renewal import local_date

from .calendars import WEEK, monday_of

if TYPE_CHECKING:
    from .calendars import Calendar
    from .candidate_pairs import Pool

Spread = tuple[int, int, int]
"""Sessions on a day, in its week, and on the days beside it."""
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Placed:
    """A session of the plan, by places in the pool. `as_matched`: the partners are the flow's."""

    case: int
    partners: tuple[int, ...]
    starts_at: datetime
    length: timedelta
    as_matched: bool = True

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + self.length


class Settling:
    """Places sessions one after the other into its own copy of the pool's calendars.

    `spread`: nobody gets a second session on a day while another day suits; without it the
    matcher's slot comes first, which fits more into a window that is nearly full.
    """

    def __init__(self, pool: Pool, *, spread: bool = True) -> None:
        self.pool = pool
        self.spread = spread
        self.calendars = {pk: calendar.copy() for pk, calendar in pool.calendars.items()}

    def assign(
        self,
        case: int,
        partners: Sequence[int],
        length: timedelta,
        preferred: datetime | None = None,
    ) -> Placed | None:
        """The session with these partners, else with one of them replaced; None if nothing fits."""
        for team in self._teams(case, tuple(partners)):
            for start in self.times(case, team, length, preferred):
                placed = Placed(case, team, start, length, team == tuple(partners))
                self.take(placed)
                return placed
        return None

    def times(
        self,
        case: int,
        partners: Sequence[int],
        length: timedelta,
        preferred: datetime | None = None,
    ) -> Iterator[datetime]:
        """The starts at which nothing speaks against the session.

        Quiet days come first, then the order of time.
        """
        people = [int(self.pool.owner[case]), *partners]
        suits = self.pool.free[people].all(axis=0)
        starts = [self.pool.starts[column] for column in np.flatnonzero(suits).tolist()]
        load = self._load(people, starts) if self.spread else {}
        none = (0, 0, 0)
        starts.sort(
            key=lambda start: (load.get(local_date(start), none), start != preferred, start)
        )
        return (start for start in starts if self.fits(case, partners, start, start + length))

    def _load(self, people: Sequence[int], starts: Sequence[datetime]) -> dict[date, Spread]:
        """The most sessions that one of the people has on each day, in its week, and beside it."""
        loads = [_by_day(self._of(person)) for person in people]
        days = {local_date(start) for start in starts}
        return {
            day: (
                max(load[day] for load in loads),
                max(_between(load, monday_of(day), WEEK) for load in loads),
                max(load[day - _DAY] + load[day + _DAY] for load in loads),
            )
            for day in days
        }

    def _teams(self, case: int, partners: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        """The matched partners, then each alternative in the place of one of them, best first."""
        if partners:
            yield partners
        others = [option for option in ranked(self.pool, case) if option not in partners]
        for other in others:
            for position in reversed(range(len(partners))):
                yield (*partners[:position], other, *partners[position + 1 :])

    def fits(self, case: int, partners: Sequence[int], start: datetime, end: datetime) -> bool:
        """Whether nothing speaks against the session at that time."""
        presenter = self._of(int(self.pool.owner[case]))
        return (
            self.fits_some(case, partners, partners, start, end)
            and not presenter.objections(start, end)
            and not presenter.week_objections(start, end, presents=True)
        )

    def fits_some(
        self,
        case: int,
        coming: Sequence[int],
        everybody: Sequence[int],
        start: datetime,
        end: datetime,
    ) -> bool:
        """Whether nothing speaks against those who come, who sit with everybody, at that time."""
        pool = self.pool
        if not pool.rules.can_sit_together([pool.people[person].pk for person in everybody]):
            return False
        return not any(
            self._of(person).objections(start, end)
            or self._of(person).week_objections(start, end, presents=False)
            or self._of(person).partner_objections(
                start,
                end,
                follow_up=pool.rules.is_follow_up(pool.cases[case], pool.people[person]),
            )
            for person in coming
        )

    def _of(self, person: int) -> Calendar:
        return self.calendars[self.pool.people[person].pk]

    def take(self, placed: Placed) -> None:
        """Note a session in the calendars of its people."""
        presenter = int(self.pool.owner[placed.case])
        for person in (presenter, *placed.partners):
            calendar = self.calendars[self.pool.people[person].pk]
            calendar.take(placed.starts_at, placed.ends_at, as_partner=person != presenter)


def _by_day(calendar: Calendar) -> Counter[date]:
    return Counter(local_date(start) for start, _end in calendar.sessions)


def _between(load: Counter[date], first: date, days: int) -> int:
    return sum(load[first + number * _DAY] for number in range(days))


def ranked(pool: Pool, case: int) -> Iterable[int]:
    """The people who may talk about a case, best affinity first, ties in the people's order."""
    allowed = np.flatnonzero(pool.allowed[case])
    return allowed[np.argsort(-pool.total[case, allowed], kind="stable")].tolist()
