"""People's own limits on sessions in every role, by day and by week."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Limits:
    """What still fits; m colleagues, s slots on some days of some weeks.

    day, week: shape (s,), each slot's day and week, numbered from 0. a_day, a_week: shape
    (m, days) and (m, weeks), sessions in any role. presented: (m, weeks), those with an own case.
    """

    day: Ints
    week: Ints
    a_day: Ints
    a_week: Ints
    presented: Ints

    def sessions_at_most(self, free: Bools) -> Ints:
        """Sessions in every role over all slots, shape (m,), from the free slots (m, s)."""
        return self._by_week(free).sum(axis=1)

    def presented_at_most(self, free: Bools) -> Ints:
        """Sessions with an own case over all slots, shape (m,)."""
        return np.minimum(self._by_week(free), self.presented).sum(axis=1)

    def suits(self, person: int, *, presents: bool) -> Bools:
        """The slots at which one more session fits, shape (s,)."""
        fits = (self.a_day[person, self.day] > 0) & (self.a_week[person, self.week] > 0)
        return fits & (self.presented[person, self.week] > 0) if presents else fits

    def _by_week(self, free: Bools) -> Ints:
        """Sessions in every role that fit each week, shape (m, weeks)."""
        days, weeks = self.a_day.shape[1], self.a_week.shape[1]
        of_day = self.day[:, None] == np.arange(days)
        by_day = np.minimum(free.astype(np.int64) @ of_day, self.a_day)
        week_of_day = np.zeros(days, np.int64)
        week_of_day[self.day] = self.week
        by_week = by_day @ (week_of_day[:, None] == np.arange(weeks))
        return np.minimum(by_week, self.a_week)


class LimitKeeper:
    """What is left of everybody's limits while a timetable is made, and who is in the way.

    `weight` is the search's own list: what throwing a session out costs.
    """

    def __init__(self, limits: Limits, weight: list[float]) -> None:
        self.limits = Limits(
            limits.day,
            limits.week,
            limits.a_day.copy(),
            limits.a_week.copy(),
            limits.presented.copy(),
        )
        self.weight = weight
        self.slot_of_day: list[int] = np.unique(limits.day, return_index=True)[1].tolist()
        self.costs: dict[tuple[int, bool], Floats] = {}
        self.held: list[dict[int, tuple[int, bool]]] = [{} for _ in limits.a_day]

    def take(self, case: int, person: int, slot: int, *, presents: bool) -> None:
        """Note a session."""
        self.held[person][case] = (slot, presents)
        self._count(person, slot, presents, -1)

    def drop(self, case: int, person: int) -> None:
        """Forget a session that is thrown out."""
        slot, presents = self.held[person].pop(case)
        self._count(person, slot, presents, +1)

    def in_the_way(self, person: int, slot: int, *, presents: bool) -> int | None:
        """The lightest session that must go before one at this slot fits; None where one does."""
        found = self._in_the_way(person, slot, presents)
        return None if found is None else min(found, key=lambda case: (self.weight[case], case))

    def cost(self, person: int, *, presents: bool) -> Floats:
        """What making room costs at least at each slot, shape (s,); infinite where nothing helps.

        Reckoned anew only for people who have got or lost a session.
        """
        known = self.costs.get((person, presents))
        if known is None:
            by_day = np.zeros(self.limits.a_day.shape[1])
            for slot in self.slot_of_day:
                cases = self._in_the_way(person, slot, presents)
                lightest = (self.weight[case] for case in cases or ())
                by_day[self.limits.day[slot]] = (
                    0 if cases is None else min(lightest, default=np.inf)
                )
            known = self.costs[person, presents] = by_day[self.limits.day]
        return known

    def _in_the_way(self, person: int, slot: int, presents: bool) -> list[int] | None:
        """Sessions of which one has to go, by the first limit that is reached; None for none."""
        limits, held = self.limits, self.held[person]
        day, week = limits.day[slot], limits.week[slot]
        if limits.a_day[person, day] <= 0:
            return [case for case, (at, _own) in held.items() if limits.day[at] == day]
        in_week = {case: own for case, (at, own) in held.items() if limits.week[at] == week}
        if presents and limits.presented[person, week] <= 0:
            return [case for case, own in in_week.items() if own]
        return list(in_week) if limits.a_week[person, week] <= 0 else None

    def _count(self, person: int, slot: int, presents: bool, by: int) -> None:
        self.costs.pop((person, True), None)
        self.costs.pop((person, False), None)
        self.limits.a_day[person, self.limits.day[slot]] += by
        self.limits.a_week[person, self.limits.week[slot]] += by
        self.limits.presented[person, self.limits.week[slot]] += by * presents
