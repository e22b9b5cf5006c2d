"""Who is full when a talk finds no hour: evidence from the calendars."""

from __future__ import annotations

import numpy as np

from matching.blocking import Blocking, blocking_of
from matching.problem import Problem
from matching.slots import Timetable, persons_of


def owner_blocking(problem: Problem, case: int) -> Blocking | None:
    """The owner's talks that want more hours than the owner has for them, if that is so.

    Talks of one owner need different hours of that owner; a largest assignment of talks to hours
    that leaves this case out proves that not all of the set can be held.
    """
    owner = problem.owner[case]
    if owner < 0:
        return None
    usable = np.diff(problem.start) >= problem.need
    own = [int(i) for i in np.flatnonzero((problem.owner == owner) & usable) if i != case]
    hours = _Hours(problem)
    for talk in own:
        hours.place(talk)
    tried = hours.place(case)
    if tried is None:
        return None
    return blocking_of([case, *(hours.talk_at[hour] for hour in tried)], [int(owner)])


class _Hours:
    """A growing largest assignment of talks to hours, by alternating ways."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.talk_at: dict[int, int] = {}
        self.hour_of: dict[int, int] = {}

    def place(self, talk: int) -> set[int] | None:
        """Give the talk an hour, moving others; if impossible, the hours that are all taken."""
        by: dict[int, int] = {}
        queue = [talk]
        for current in queue:
            for hour in np.flatnonzero(self.problem.talk_free[current]).tolist():
                if hour in by:
                    continue
                by[hour] = current
                if hour not in self.talk_at:
                    self._move(hour, by)
                    return None
                queue.append(self.talk_at[hour])
        return set(by)

    def _move(self, hour: int, by: dict[int, int]) -> None:
        free: int | None = hour
        while free is not None:
            talk = by[free]
            before = self.hour_of.get(talk)
            self.talk_at[free], self.hour_of[talk] = talk, free
            free = before


class Busy:
    """What keeps people busy in a finished timetable."""

    def __init__(self, problem: Problem, timetable: Timetable) -> None:
        self.problem = problem
        self.talk_at = np.full(problem.colleague_free.shape, -1, np.int64)
        self.talks_of: list[list[int]] = [[] for _ in range(problem.colleagues)]
        for case, slot in enumerate(timetable.slot):
            if slot >= 0:
                self._note(case, timetable.pairs[case], slot)
        load = np.array([len(talks) for talks in self.talks_of], np.int64)
        self.full = load >= problem.capacity

    def _note(self, case: int, pairs: tuple[int, ...], slot: int) -> None:
        self.talk_at[persons_of(self.problem, case, pairs), slot] = case
        for pair in pairs:
            self.talks_of[self.problem.pair_colleague[pair]].append(case)

    def blocking(self, case: int) -> Blocking:
        """For every hour and colleague that could have been: who is taken, and by which talk."""
        problem, owner = self.problem, int(self.problem.owner[case])
        hours = np.flatnonzero(problem.talk_free[case])
        cases, people = {case}, set[int]()
        if owner >= 0:
            taken = self.talk_at[owner, hours]
            if (taken >= 0).any():
                cases.update(taken[taken >= 0].tolist())
                people.add(owner)
            hours = hours[taken < 0]
        who = problem.pair_colleague[problem.row(case)]
        could = problem.colleague_free[np.ix_(who, hours)]
        taken = np.where(could, self.talk_at[np.ix_(who, hours)], -1)
        cases.update(taken[taken >= 0].tolist())
        full = self.full[who] & (could & (taken < 0)).any(axis=1)
        people.update(who[(taken >= 0).any(axis=1) | full].tolist())
        for colleague in who[full].tolist():
            cases.update(self.talks_of[colleague])
        return blocking_of(cases, people)
