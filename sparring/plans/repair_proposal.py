"""A repair: what decline, illness and new wishes have broken, mended with the fewest talks moved.

A talk that stands keeps its time, and its people where that can be (`chains`). Each chain is held
against the real calendars; what does not fit is forbidden and the next cheapest one is tried. A
talk that nobody can take at its time gets another time; only then is it called off.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

import numpy as np

from matching.problem import Bools
from people.models import Municipality
from renewal import Hit, local_date
from sparring.colleagues.affinity import themes_of_case
from sparring.colleagues.calendars import read_calendars
from sparring.colleagues.candidate_pairs import COMMON_TIMES, Pool, Window, allowed_pairs, read_pool
from sparring.colleagues.constraints import candidates
from sparring.colleagues.explanations import pair_parts
from sparring.colleagues.time_slots import Placed, Settling
from sparring.enums import Answer, RepairReason, Why
from sparring.models import SparringSession

from .chains import AGREED, ASKED, Seating, fill
from .gaps import Talk, hits_of_talks, people_of, planned, talks, window_of
from .proposal import Change, Proposal

DAYS = 28
NOTICE = timedelta(days=2)


def propose(municipality: Municipality, after: datetime) -> Proposal:
    """How everything that is broken now is mended; about twenty queries.

    First with every agreed talk of others left alone; they move only for a talk that would
    otherwise have nobody.
    """
    first_day = local_date(after)
    days = window_of(after, planned(municipality, after), DAYS)
    found = talks(municipality, after, first_day, days)
    if not any(each.because for each in found):
        return Proposal((), ())
    window, hits = Window(first_day, days, after), hits_of_talks(found)
    people = people_of(municipality, found)
    askable = frozenset(each.pk for each in candidates(municipality.pk))
    calendars = read_calendars(people, window.first_day, window.days)
    pool = read_pool(window, [each.case for each in found], people, askable, calendars, hits)
    gentle = _Mending(found, pool, hits, gentle=True).proposal()
    if not gentle.stuck:
        return gentle
    harder = _Mending(found, pool, hits, gentle=False).proposal()
    return harder if len(harder.stuck) < len(gentle.stuck) else gentle


class _Mending:
    """The talks as rows over one pool, and the search for changes that fit every calendar."""

    def __init__(
        self, found: Sequence[Talk], pool: Pool, hits: Mapping[int, Sequence[Hit]], *, gentle: bool
    ) -> None:
        self.talks, self.pool, self.hits, self.gentle = found, pool, hits, gentle
        self.room = pool.room.copy()
        self.place = {each.pk: index for index, each in enumerate(pool.people)}
        self.held: list[dict[int, int]] = [
            {
                self.place[seat.employee_id]: AGREED if seat.answer == Answer.YES else ASKED
                for seat in talk.partners
            }
            for talk in found
        ]
        self.free_time = {
            row
            for row, talk in enumerate(found)
            if talk.session is None or talk.because == RepairReason.PRESENTER_AWAY
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
                return self._told(teams, placed)

    def _teams(self) -> list[frozenset[int]]:
        """Who is in each talk after the cheapest chains; agreed talks stand still if `gentle`."""
        still = [
            self.gentle and talk.because is None and AGREED in held.values()
            for talk, held in zip(self.talks, self.held, strict=True)
        ]
        held = [{} if stays else each for stays, each in zip(still, self.held, strict=True)]
        need = [
            0 if stays else max(talk.need, len(each))
            for stays, talk, each in zip(still, self.talks, self.held, strict=True)
        ]
        seating = Seating(
            owner=self.pool.owner,
            need=need,
            held=held,
            open=self.open,
            affinity=self.pool.total,
            room=self.room,
        )
        teams = fill(seating, self._lacking())
        return [
            frozenset(each) if stays else team
            for stays, each, team in zip(still, self.held, teams, strict=True)
        ]

    def _lacking(self) -> list[int]:
        return [row for row, talk in enumerate(self.talks) if talk.because and row not in self.lost]

    def _open(self) -> Bools:
        """Whom each talk may get: at its own time, or for a free one at two times at least."""
        pool = self.pool
        seats = np.zeros(len(pool.people), np.int64)
        for held in self.held:
            seats[list(held)] += 1
        anyone = np.flatnonzero(pool.room + seats)
        may = allowed_pairs(
            pool.window, pool.cases, pool.people, pool.room + seats, pool.calendars, pool.rules
        )
        for row, talk in enumerate(self.talks):
            if row in self.free_time or talk.session is None:
                may[row] &= pool.common[row] >= COMMON_TIMES
            else:
                may[row] = False
                may[row, [each for each in anyone if self._suits(row, int(each), talk.session)]] = (
                    True
                )
        return may

    def _suits(self, row: int, person: int, session: SparringSession) -> bool:
        """Whether the rules and the calendar let somebody into a talk at its own time.

        A limit that is reached does not count here: they may give another talk away for it.
        """
        pool, who = self.pool, self.pool.people[person]
        if pool.rules.left_out(session.case, who) is not None:
            return False
        calendar, times = pool.calendars[who.pk], (session.starts_at, session.ends_at)
        follow_up = pool.rules.is_follow_up(session.case, who)
        against = calendar.partner_objections(*times, follow_up=follow_up)
        return not calendar.objections(*times) and Why.FOLLOW_UPS_ONLY not in against

    def _free_stuck(self, teams: Sequence[frozenset[int]]) -> bool:
        """Give another time to a talk that nobody can take at its own; whether there was one."""
        for row in self._lacking():
            if not teams[row] and not self.talks[row].guests:
                if row in self.free_time:
                    self.lost.add(row)
                    continue
                self.free_time.add(row)
                allowed = allowed_pairs(
                    self.pool.window,
                    [self.pool.cases[row]],
                    self.pool.people,
                    self.pool.room,
                    self.pool.calendars,
                    self.pool.rules,
                )
                self.open[row] = allowed[0] & (self.pool.common[row] >= COMMON_TIMES)
                return True
        return False

    def _placed(self, teams: Sequence[frozenset[int]]) -> dict[int, Placed] | None:
        """A time for every talk that changes; None when one has none, and that is forbidden."""
        settling = Settling(self.pool)
        changed = [
            row
            for row, team in enumerate(teams)
            if row not in self.lost and (team != frozenset(self.held[row]) or self._must_move(row))
        ]
        for row in changed:
            self._release(settling, row)
        placed: dict[int, Placed] = {}
        for row in sorted(changed, key=lambda each: each in self.free_time):
            found = self._settle(settling, row, tuple(sorted(teams[row])))
            if found is None:
                self._forbid(row, teams[row])
                return None
            settling.take(found)
            placed[row] = found
        return placed

    def _must_move(self, row: int) -> bool:
        return self.talks[row].session is not None and row in self.free_time

    def _release(self, settling: Settling, row: int) -> None:
        talk = self.talks[row]
        if talk.session is None:
            return
        times = (talk.session.starts_at, talk.session.ends_at)
        settling.calendars[talk.case.owner_id].release(*times, as_partner=False)
        for pk in [*(seat.employee_id for seat in talk.partners), *(e.pk for e in talk.guests)]:
            settling.calendars[pk].release(*times, as_partner=True)

    def _settle(self, settling: Settling, row: int, team: tuple[int, ...]) -> Placed | None:
        talk = self.talks[row]
        everybody = (*team, *(self.place[each.pk] for each in talk.guests))
        start = talk.wanted
        if row in self.free_time:
            keeps = (
                talk.because != RepairReason.PRESENTER_AWAY
                and start is not None
                and start > self.pool.window.after
                and settling.fits(row, everybody, start, start + talk.length)
            )
            if not keeps:
                start = self._next_time(settling, row, everybody)
            return None if start is None else Placed(row, everybody, start, talk.length)
        assert start is not None
        coming = [each for each in team if each not in self.held[row]]
        fits = settling.fits_some(row, coming, everybody, start, start + talk.length)
        return Placed(row, everybody, start, talk.length) if fits else None

    def _next_time(
        self, settling: Settling, row: int, everybody: tuple[int, ...]
    ) -> datetime | None:
        """Not before the time it had, or with some notice; earlier only when nothing else suits."""
        talk = self.talks[row]
        starts = list(settling.times(row, everybody, talk.length))
        soonest = talk.wanted or self.pool.window.after + NOTICE
        return next((each for each in starts if each >= soonest), next(iter(starts), None))

    def _forbid(self, row: int, team: Iterable[int]) -> None:
        """Nobody new of this team again; when all of it is old, the old ones give way.

        Whose limit of some days is in the way may still come for a talk they give away.
        """
        coming = [each for each in team if each not in self.held[row]]
        start = self.talks[row].wanted
        if row not in self.free_time and start is not None:
            full = [each for each in coming if self.room[each] and not self._has_room(each, start)]
            if full:
                self.room[full] = 0
                return
        if not coming:
            self.held[row] = {}
            coming = list(team)
        if not coming:
            self.lost.add(row)
        self.open[row, coming] = False

    def _has_room(self, person: int, start: datetime) -> bool:
        return self.pool.calendars[self.pool.people[person].pk].has_room(local_date(start))

    def _told(self, teams: Sequence[frozenset[int]], placed: dict[int, Placed]) -> Proposal:
        changes = [self._change(row, teams[row], placed[row]) for row in sorted(placed)]
        off = [row for row in sorted(self.lost) if self.talks[row].session is not None]
        changes += [self._off(row) for row in off]
        stuck = self.lost | {
            row
            for row in self._lacking()
            if row not in placed and len(teams[row]) < self.talks[row].need
        }
        return Proposal(tuple(changes), tuple(self.talks[row] for row in sorted(stuck)))

    def _change(self, row: int, team: frozenset[int], placed: Placed) -> Change:
        talk, people = self.talks[row], self.pool.people
        before = {seat.employee_id: seat.employee for seat in talk.partners}
        after = {people[each].pk: people[each] for each in team}
        coming = tuple(after[pk] for pk in after if pk not in before)
        themes = themes_of_case(self.hits.get(talk.case.pk, ()))
        return Change(
            case=talk.case,
            request=talk.request,
            session=talk.session,
            because=talk.because or RepairReason.MAKES_ROOM,
            leaving=tuple(before[pk] for pk in before if pk not in after),
            coming=coming,
            staying=(*(before[pk] for pk in before if pk in after), *talk.guests),
            starts_at=placed.starts_at,
            length=talk.length,
            parts={
                each.pk: pair_parts(self.pool, row, self.place[each.pk], themes) for each in coming
            },
            lacking=max(talk.need - len(after), 0),
        )

    def _off(self, row: int) -> Change:
        talk = self.talks[row]
        assert talk.because is not None
        people = (*(seat.employee for seat in talk.partners), *talk.guests)
        return Change(
            talk.case, talk.request, talk.session, talk.because, people, (), (), None, talk.length
        )
