"""Propose how a plan is repaired with the fewest sessions moved.

What a no, an illness or a new request has broken is put right.

A session that stands keeps its time, and its people where that can be (`chains`). Each chain is
held against the real calendars; what does not fit is forbidden and the next cheapest one is tried.
A session that nobody can take at its time gets another time; only then is it called off.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np

from renewal import Hit, local_date
from sparring.colleagues.affinity import themes_of_case
from sparring.colleagues.calendars import read_calendars
from sparring.colleagues.candidate_pairs import COMMON_TIMES, Pool, Window, allowed_pairs, read_pool
from sparring.colleagues.constraints import candidates
from sparring.colleagues.explanations import pair_parts
from sparring.colleagues.time_slots import Placed, Settling
from sparring.enums import Answer, ExclusionReason, RepairReason

from .chains import AGREED, ASKED, Seating, fill
from .gaps import Gap, gaps, hits_of_sessions, people_of, planned, window_of
from .proposal import Change, Proposal

if TYPE_CHECKING:
    from matching.problem import Bools
    from people.models import Municipality
    from sparring.models import SparringSession

DAYS = 28
NOTICE = timedelta(days=2)


def propose(municipality: Municipality, after: datetime) -> Proposal:
    """How everything that is broken now is repaired; about twenty queries.

    First with every agreed session of others left alone; they move only for a session that would
    otherwise have nobody.
    """
    first_day = local_date(after)
    days = window_of(after, planned(municipality, after), DAYS)
    found = gaps(municipality, after, first_day, days)
    if not any(belief.because for belief in found):
        return Proposal((), ())
    window, hits = Window(first_day, days, after), hits_of_sessions(found)
    people = people_of(municipality, found)
    askable = frozenset(candidate.pk for candidate in candidates(municipality.pk))
    calendars = read_calendars(people, window.first_day, window.days)
    pool = read_pool(
        window, [row.case for row in found], people, askable=askable, calendars=calendars, hits=hits
    )
    gentle = _Repair(found, pool, hits, gentle=True).proposal()
    if not gentle.stuck:
        return gentle
    harder = _Repair(found, pool, hits, gentle=False).proposal()
    return harder if len(harder.stuck) < len(gentle.stuck) else gentle


class _Repair:
    """The sessions as rows over one pool, and the search for changes that fit every calendar."""

    def __init__(
        self, found: Sequence[Gap], pool: Pool, hits: Mapping[int, Sequence[Hit]], *, gentle: bool
    ) -> None:
        self.gaps, self.pool, self.hits, self.gentle = found, pool, hits, gentle
        self.capacity = pool.capacity.copy()
        self.index_of = {person.pk: index for index, person in enumerate(pool.people)}
        self.held: list[dict[int, int]] = [
            {
                self.index_of[participation.employee_id]: AGREED
                if participation.answer == Answer.YES
                else ASKED
                for participation in gap.partners
            }
            for gap in found
        ]
        self.free_time = {
            row
            for row, gap in enumerate(found)
            if gap.session is None or gap.because == RepairReason.PRESENTER_AWAY
        }
        self.open = self._open()
        self.lost: set[int] = set()

    def proposal(self) -> Proposal:
        """Try, forbid what does not fit, try again; every round forbids or frees something."""
        while True:
            teams = self._teams()
            if self._free_stuck(teams):
                continue
            placed = self._placed(teams)
            if placed is not None:
                return self._proposal(teams, placed)

    def _teams(self) -> list[frozenset[int]]:
        """Who is in each session after the cheapest chains.

        Sessions that are agreed stand still if `gentle`.
        """
        still = [
            self.gentle and gap.because is None and AGREED in held.values()
            for gap, held in zip(self.gaps, self.held, strict=True)
        ]
        held = [{} if stays else row for stays, row in zip(still, self.held, strict=True)]
        need = [
            0 if stays else max(gap.need, len(row))
            for stays, gap, row in zip(still, self.gaps, self.held, strict=True)
        ]
        seating = Seating(
            owner=self.pool.owner,
            need=need,
            held=held,
            open=self.open,
            affinity=self.pool.total,
            capacity=self.capacity,
        )
        teams = fill(seating, self._lacking())
        return [
            frozenset(row) if stays else team
            for stays, row, team in zip(still, self.held, teams, strict=True)
        ]

    def _lacking(self) -> list[int]:
        return [row for row, gap in enumerate(self.gaps) if gap.because and row not in self.lost]

    def _open(self) -> Bools:
        """Whom each session may get: at its own time, or for a free one at two times at least."""
        pool = self.pool
        capacity_held = np.zeros(len(pool.people), np.int64)
        for held in self.held:
            capacity_held[list(held)] += 1
        anyone = np.flatnonzero(pool.capacity + capacity_held)
        may = allowed_pairs(
            pool.window,
            pool.cases,
            pool.people,
            capacity=pool.capacity + capacity_held,
            calendars=pool.calendars,
            rules=pool.rules,
        )
        for row, gap in enumerate(self.gaps):
            if row in self.free_time or gap.session is None:
                may[row] &= pool.common[row] >= COMMON_TIMES
            else:
                may[row] = False
                may[
                    row, [person for person in anyone if self._suits(row, int(person), gap.session)]
                ] = True
        return may

    def _suits(self, row: int, person: int, session: SparringSession) -> bool:
        """Whether the rules and the calendar let somebody into a session at its own time.

        A limit that is reached does not count here: they may give another session away for it.
        """
        pool, who = self.pool, self.pool.people[person]
        if pool.rules.left_out(session.case, who) is not None:
            return False
        calendar, times = pool.calendars[who.pk], (session.starts_at, session.ends_at)
        follow_up = pool.rules.is_follow_up(session.case, who)
        against = calendar.partner_objections(*times, follow_up=follow_up)
        return not calendar.objections(*times) and ExclusionReason.FOLLOW_UPS_ONLY not in against

    def _free_stuck(self, teams: Sequence[frozenset[int]]) -> bool:
        """Give another time to a session that nobody can take at its own; whether there was one."""
        for row in self._lacking():
            if not teams[row] and not self.gaps[row].guests:
                if row in self.free_time:
                    self.lost.add(row)
                    continue
                self.free_time.add(row)
                allowed = allowed_pairs(
                    self.pool.window,
                    [self.pool.cases[row]],
                    self.pool.people,
                    capacity=self.pool.capacity,
                    calendars=self.pool.calendars,
                    rules=self.pool.rules,
                )
                self.open[row] = allowed[0] & (self.pool.common[row] >= COMMON_TIMES)
                return True
        return False

    def _placed(self, teams: Sequence[frozenset[int]]) -> dict[int, Placed] | None:
        """A time for every session that changes; None when one has none, and that is forbidden."""
        settling = Settling(self.pool)
        changed = [
            row
            for row, team in enumerate(teams)
            if row not in self.lost and (team != frozenset(self.held[row]) or self._must_move(row))
        ]
        for row in changed:
            self._release(settling, row)
        placed: dict[int, Placed] = {}
        for row in sorted(changed, key=lambda session: session in self.free_time):
            found = self._settle(settling, row, tuple(sorted(teams[row])))
            if found is None:
                self._forbid(row, teams[row])
                return None
            settling.take(found)
            placed[row] = found
        return placed

    def _must_move(self, row: int) -> bool:
        return self.gaps[row].session is not None and row in self.free_time

    def _release(self, settling: Settling, row: int) -> None:
        gap = self.gaps[row]
        if gap.session is None:
            return
        times = (gap.session.starts_at, gap.session.ends_at)
        settling.calendars[gap.case.owner_id].release(*times, as_partner=False)
        for pk in [
            *(participation.employee_id for participation in gap.partners),
            *(e.pk for e in gap.guests),
        ]:
            settling.calendars[pk].release(*times, as_partner=True)

    def _settle(self, settling: Settling, row: int, team: tuple[int, ...]) -> Placed | None:
        gap = self.gaps[row]
        everybody = (*team, *(self.index_of[guest.pk] for guest in gap.guests))
        start = gap.wanted
        if row in self.free_time:
            keeps = (
                gap.because != RepairReason.PRESENTER_AWAY
                and start is not None
                and start > self.pool.window.after
                and settling.fits(row, everybody, start, start + gap.length)
            )
            if not keeps:
                start = self._next_time(settling, row, everybody)
            return None if start is None else Placed(row, everybody, start, gap.length)
        assert start is not None
        coming = [person for person in team if person not in self.held[row]]
        fits = settling.fits_some(row, coming, everybody, start, start + gap.length)
        return Placed(row, everybody, start, gap.length) if fits else None

    def _next_time(
        self, settling: Settling, row: int, everybody: tuple[int, ...]
    ) -> datetime | None:
        """Not before the time it had, or with some notice; earlier only when nothing else suits."""
        gap = self.gaps[row]
        starts = list(settling.times(row, everybody, gap.length))
        soonest = gap.wanted or self.pool.window.after + NOTICE
        return next((start for start in starts if start >= soonest), next(iter(starts), None))

    def _forbid(self, row: int, team: Iterable[int]) -> None:
        """Nobody new of this team again; when all of it is old, the old ones give way.

        Whose limit of some days is in the way may still come for a session they give away.
        """
        coming = [person for person in team if person not in self.held[row]]
        start = self.gaps[row].wanted
        if row not in self.free_time and start is not None:
            full = [
                person
                for person in coming
                if self.capacity[person] and not self._has_capacity(person, start)
            ]
            if full:
                self.capacity[full] = 0
                return
        if not coming:
            self.held[row] = {}
            coming = list(team)
        if not coming:
            self.lost.add(row)
        self.open[row, coming] = False

    def _has_capacity(self, person: int, start: datetime) -> bool:
        return self.pool.calendars[self.pool.people[person].pk].has_capacity(local_date(start))

    def _proposal(self, teams: Sequence[frozenset[int]], placed: dict[int, Placed]) -> Proposal:
        changes = [self._change(row, teams[row], placed[row]) for row in sorted(placed)]
        off = [row for row in sorted(self.lost) if self.gaps[row].session is not None]
        changes += [self._off(row) for row in off]
        stuck = self.lost | {
            row
            for row in self._lacking()
            if row not in placed and len(teams[row]) < self.gaps[row].need
        }
        return Proposal(tuple(changes), tuple(self.gaps[row] for row in sorted(stuck)))

    def _change(self, row: int, team: frozenset[int], placed: Placed) -> Change:
        gap, people = self.gaps[row], self.pool.people
        before = {
            participation.employee_id: participation.employee for participation in gap.partners
        }
        after = {people[person].pk: people[person] for person in team}
        coming = tuple(after[pk] for pk in after if pk not in before)
        themes = themes_of_case(self.hits.get(gap.case.pk, ()))
        return Change(
            case=gap.case,
            request=gap.request,
            session=gap.session,
            because=gap.because or RepairReason.MAKES_ROOM,
            leaving=tuple(before[pk] for pk in before if pk not in after),
            coming=coming,
            staying=(*(before[pk] for pk in before if pk in after), *gap.guests),
            starts_at=placed.starts_at,
            length=gap.length,
            parts={
                person.pk: pair_parts(self.pool, row, self.index_of[person.pk], themes)
                for person in coming
            },
            lacking=max(gap.need - len(after), 0),
        )

    def _off(self, row: int) -> Change:
        gap = self.gaps[row]
        assert gap.because is not None
        people = (*(participation.employee for participation in gap.partners), *gap.guests)
        return Change(
            gap.case, gap.request, gap.session, gap.because, people, (), (), None, gap.length
        )
