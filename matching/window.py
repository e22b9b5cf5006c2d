"""Who is full when a session finds no hour: evidence from the calendars."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matching.blocking import Blocking, blocking_of
from matching.slots import Timetable, persons_of

if TYPE_CHECKING:
    from matching.problem import Problem


def owner_blocking(problem: Problem, case: int) -> Blocking | None:
    """The owner's sessions that want more hours than the owner has for them, if that is so.

    Sessions of one owner need different hours of that owner; a largest assignment of sessions to
    hours that leaves this case out proves that not all of the set can be held.
    """
    owner = problem.owner[case]
    if owner < 0:
        return None
    usable = np.diff(problem.start) >= problem.need
    own = [int(i) for i in np.flatnonzero((problem.owner == owner) & usable) if i != case]
    hours = _Hours(problem)
    for session in own:
        hours.assign(session)
    tried = hours.assign(case)
    if tried is None:
        return None
    return blocking_of([case, *(hours.session_at[hour] for hour in tried)], [int(owner)])


def limit_blocking(problem: Problem, timetable: Timetable, case: int) -> Blocking | None:
    """The owner and the owner's sessions, where these are as many as the owner wants."""
    owner = int(problem.owner[case])
    if owner < 0 or problem.limits is None:
        return None
    own = [i for i in np.flatnonzero(problem.owner == owner).tolist() if timetable.slot[i] >= 0]
    most = problem.limits.presented_at_most(problem.colleague_free)
    return blocking_of([case, *own], [owner]) if len(own) >= most[owner] else None


class _Hours:
    """A growing largest assignment of sessions to hours, by alternating ways."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.session_at: dict[int, int] = {}
        self.hour_of: dict[int, int] = {}

    def assign(self, session: int) -> set[int] | None:
        """Give the session an hour, moving others; if impossible, the hours that are all taken."""
        by: dict[int, int] = {}
        queue = [session]
        for current in queue:
            for hour in np.flatnonzero(self.problem.session_free[current]).tolist():
                if hour in by:
                    continue
                by[hour] = current
                if hour not in self.session_at:
                    self._move(hour, by)
                    return None
                queue.append(self.session_at[hour])
        return set(by)

    def _move(self, hour: int, by: dict[int, int]) -> None:
        free: int | None = hour
        while free is not None:
            session = by[free]
            before = self.hour_of.get(session)
            self.session_at[free], self.hour_of[session] = session, free
            free = before


class Busy:
    """What keeps people busy in a finished timetable."""

    def __init__(self, problem: Problem, timetable: Timetable) -> None:
        self.problem = problem
        self.session_at = np.full(problem.colleague_free.shape, -1, np.int64)
        self.sessions_of: list[list[int]] = [[] for _ in range(problem.colleagues)]
        for case, slot in enumerate(timetable.slot):
            if slot >= 0:
                self._note(case, timetable.pairs[case], slot)
        load = np.array([len(sessions) for sessions in self.sessions_of], np.int64)
        self.full = load >= problem.capacity

    def _note(self, case: int, pairs: tuple[int, ...], slot: int) -> None:
        self.session_at[persons_of(self.problem, case, pairs), slot] = case
        for pair in pairs:
            self.sessions_of[self.problem.pair_colleague[pair]].append(case)

    def blocking(self, case: int) -> Blocking:
        """For every hour and colleague that could have been: who is taken, and by which session."""
        problem, owner = self.problem, int(self.problem.owner[case])
        hours = np.flatnonzero(problem.session_free[case])
        cases, people = {case}, set[int]()
        if owner >= 0:
            occupied = self.session_at[owner, hours]
            if (occupied >= 0).any():
                cases.update(occupied[occupied >= 0].tolist())
                people.add(owner)
            hours = hours[occupied < 0]
        who = problem.pair_colleague[problem.row(case)]
        could = problem.colleague_free[np.ix_(who, hours)]
        occupied = np.where(could, self.session_at[np.ix_(who, hours)], -1)
        cases.update(occupied[occupied >= 0].tolist())
        full = self.full[who] & (could & (occupied < 0)).any(axis=1)
        people.update(who[(occupied >= 0).any(axis=1) | full].tolist())
        for colleague in who[full].tolist():
            cases.update(self.sessions_of[colleague])
        return blocking_of(cases, people)
