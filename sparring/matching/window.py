"""Who is full when a talk finds no hour: evidence from the calendars."""

from __future__ import annotations

import numpy as np

from sparring.matching.blocking import Blocking, blocking_of
from sparring.matching.problem import Problem
from sparring.matching.slots import Timetable, persons_of


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
        self.talk_at: dict[tuple[int, int], int] = {}
        self.talks_of: dict[int, list[int]] = {}
        for case, slot in enumerate(timetable.slot):
            if slot >= 0:
                self._note(case, timetable.pairs[case], slot)

    def _note(self, case: int, pairs: tuple[int, ...], slot: int) -> None:
        for person in persons_of(self.problem, case, pairs):
            self.talk_at[person, slot] = case
        for pair in pairs:
            self.talks_of.setdefault(int(self.problem.pair_colleague[pair]), []).append(case)

    def blocking(self, case: int) -> Blocking:
        """For every hour and colleague that could have been: who is taken, and by which talk."""
        problem, owner = self.problem, int(self.problem.owner[case])
        cases, people = {case}, set[int]()
        for hour in np.flatnonzero(problem.talk_free[case]).tolist():
            if (owner, hour) in self.talk_at:
                cases.add(self.talk_at[owner, hour])
                people.add(owner)
            else:
                self._partners(case, hour, cases, people)
        return blocking_of(cases, people)

    def _partners(self, case: int, hour: int, cases: set[int], people: set[int]) -> None:
        for colleague in self.problem.pair_colleague[self.problem.row(case)].tolist():
            if not self.problem.colleague_free[colleague, hour]:
                continue
            if (colleague, hour) in self.talk_at:
                cases.add(self.talk_at[colleague, hour])
                people.add(colleague)
            elif len(self.talks_of.get(colleague, ())) >= self.problem.capacity[colleague]:
                cases.update(self.talks_of.get(colleague, ()))
                people.add(colleague)
