"""The candidate pairs of a plan: cases × people by the hard rules, with calendars and affinity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np

from matching.limits import Limits
from matching.problem import Bools, Ints, Problem, RawPairs, Shorts, build_problem
from renewal import local_date
from sparring.colleagues.calendar_rules import SESSION_LENGTH
from sparring.enums import ExclusionReason

from .affinity import Affinity, affinity
from .calendars import monday_of
from .constraints import Rules, read_rules

if TYPE_CHECKING:
    from people.models import Employee
    from renewal import Hit
    from sparring.models import Case

    from .calendars import Calendar

COMMON_TIMES = 2
"""Fewer times that suit both, and the pair is left out: one illness would end it."""
LOAD_WEIGHT = 0.8


@dataclass(frozen=True)
class Window:
    """The days of a plan, and the moment before which nothing is placed."""

    first_day: date
    days: int
    after: datetime

    @property
    def dates(self) -> list[date]:
        return [self.first_day + timedelta(days=number) for number in range(self.days)]

    @property
    def last_day(self) -> date:
        return self.first_day + timedelta(days=self.days - 1)


@dataclass(frozen=True)
class Pool:
    """n cases, m people (candidates and presenters), s starts.

    room: (m,), seats as a partner that each can still take; 0 for who is not asked. free: (m, s),
    when each can begin a session of 25 minutes. limits: what each still takes by day and by week,
    in every role. owner: (n,), the presenter's place in `people`. bringable: (n, s), the starts in
    weeks that the presenter has not declined.
    allowed: (n, m), the pairs that the rules leave in; common: (n, m), how many starts suit both.
    total: (n, m), what the matcher works by; shown: the same without what was answered privately.
    """

    window: Window
    cases: Sequence[Case]
    people: Sequence[Employee]
    calendars: Mapping[int, Calendar]
    rules: Rules
    capacity: Ints
    starts: Sequence[datetime]
    free: Bools
    limits: Limits
    owner: Shorts
    bringable: Bools
    allowed: Bools
    common: Ints
    affinity: Affinity
    total: Shorts
    shown: Shorts

    def why_left_out(self, case: int, person: int) -> ExclusionReason | None:
        """Why a pair is not in the pool; None for one that is."""
        if self.allowed[case, person]:
            return None
        why = self.rules.left_out(self.cases[case], self.people[person])
        if why is not None:
            return why
        if self.calendars[self.people[person].pk].away and not self.free[person].any():
            return ExclusionReason.AWAY
        if not self.capacity[person]:
            return ExclusionReason.OVER_CAP
        if self.common[case, person] < COMMON_TIMES:
            return ExclusionReason.NOT_POSSIBLE
        return ExclusionReason.FOLLOW_UPS_ONLY

    def problem(self, *, need: Sequence[int], agreed: Sequence[tuple[int, int]] = ()) -> Problem:
        """The matching problem: `need` by case, `agreed` pairs as places of (case, person)."""
        case, person = np.nonzero(self.allowed)
        return build_problem(
            case_ids=[other_case.pk for other_case in self.cases],
            colleague_ids=[other_person.pk for other_person in self.people],
            capacity=self.capacity,
            owner=self.owner,
            need=np.array(need, np.int64),
            colleague_free=self.free,
            case_free=self.bringable,
            pairs=RawPairs(
                case.astype(np.int32), person.astype(np.int32), self.total[case, person]
            ),
            agreed=agreed,
            load_weight=LOAD_WEIGHT,
            limits=self.limits,
        )


def read_pool(
    window: Window,
    cases: Sequence[Case],
    people: Sequence[Employee],
    *,
    askable: frozenset[int],
    calendars: Mapping[int, Calendar],
    hits: Mapping[int, Sequence[Hit]],
) -> Pool:
    """Apply the rules to every pair. `people` holds the presenters too; `askable` are ids."""
    rules = read_rules(cases)
    starts, free = free_starts(window, people, calendars)
    capacity = np.array(
        [
            calendars[person.pk].capacity(window.dates) if person.pk in askable else 0
            for person in people
        ],
        np.int64,
    )
    index_of = {person.pk: index for index, person in enumerate(people)}
    owner = np.array([index_of[case.owner_id] for case in cases], np.int32)
    bringable = undeclined(people, starts, calendars)[owner]
    both = (free[owner] & bringable).astype(np.float32)
    common = (both @ free.T.astype(np.float32)).astype(np.int64)
    parts = affinity(
        cases, people, hits=hits, calendars=calendars, rules=rules, first_day=window.first_day
    )
    return Pool(
        window=window,
        cases=cases,
        people=people,
        calendars=calendars,
        rules=rules,
        capacity=capacity,
        starts=starts,
        free=free,
        limits=limits_of(people, starts, calendars),
        owner=owner,
        bringable=bringable,
        allowed=allowed_pairs(
            window, cases, people, capacity=capacity, calendars=calendars, rules=rules
        )
        & (common >= COMMON_TIMES),
        common=common,
        affinity=parts,
        total=parts.total(),
        shown=parts.shown(),
    )


def free_starts(
    window: Window, people: Sequence[Employee], calendars: Mapping[int, Calendar]
) -> tuple[list[datetime], Bools]:
    """Every start that suits anybody, in order, and whom it suits: shape (m, s)."""
    by_person = [
        [
            start
            for start in calendars[person.pk].starts(window.first_day, window.days, SESSION_LENGTH)
            if start > window.after
        ]
        for person in people
    ]
    starts = sorted({start for person in by_person for start in person})
    column = {start: index for index, start in enumerate(starts)}
    free = np.zeros((len(people), len(starts)), bool)
    for row, mine in enumerate(by_person):
        free[row, [column[start] for start in mine]] = True
    return starts, free


def undeclined(
    people: Sequence[Employee], starts: Sequence[datetime], calendars: Mapping[int, Calendar]
) -> Bools:
    """The starts in weeks in which each would bring a case: shape (m, s)."""
    mondays = [monday_of(local_date(start)) for start in starts]
    rows = [
        [monday not in calendars[person.pk].declined_weeks for monday in mondays]
        for person in people
    ]
    return np.array(rows, bool).reshape(len(people), len(starts))


def limits_of(
    people: Sequence[Employee], starts: Sequence[datetime], calendars: Mapping[int, Calendar]
) -> Limits:
    """What each person still takes, by day and by week of the starts."""
    days = sorted({local_date(start) for start in starts})
    mondays = sorted({monday_of(day) for day in days})
    mine = [calendars[person.pk] for person in people]
    return Limits(
        day=np.array([days.index(local_date(start)) for start in starts], np.int64),
        week=np.array([mondays.index(monday_of(local_date(start))) for start in starts], np.int64),
        a_day=_table([[row.left_on(day) for day in days] for row in mine], len(days)),
        a_week=_table(
            [[row.left_in_week(first) for first in mondays] for row in mine], len(mondays)
        ),
        presented=_table(
            [[row.left_to_present(first) for first in mondays] for row in mine], len(mondays)
        ),
    )


def _table(rows: Sequence[Sequence[int]], width: int) -> Ints:
    return np.array(rows, np.int64).reshape(len(rows), width)


def allowed_pairs(
    window: Window,
    cases: Sequence[Case],
    people: Sequence[Employee],
    *,
    capacity: Ints,
    calendars: Mapping[int, Calendar],
    rules: Rules,
) -> Bools:
    """The pairs that the rules leave in, before looking for common time: shape (n, m)."""
    row = {case.pk: index for index, case in enumerate(cases)}
    column = {other_person.pk: index for index, other_person in enumerate(people)}
    allowed = np.tile(capacity > 0, (len(cases), 1))
    for index, case in enumerate(cases):
        never = [column[pk] for pk in (case.owner_id, case.owner.line_manager_id) if pk in column]
        allowed[index, never] = False
        odds = [column[pk] for pk in rules.at_odds_with(case.owner_id) if pk in column]
        allowed[index, odds] = False
    homes = {case.municipality_id for case in cases}
    for index, other_person in enumerate(people):
        if homes - {other_person.municipality_id}:
            allowed[:, index] &= _may_come(cases, other_person, rules)
    for case_id, person in rules.earlier_owners | rules.declined | rules.conflicts:
        if person in column:
            allowed[row[case_id], column[person]] = False
    for index, other_person in enumerate(people):
        if _follow_ups_only(calendars[other_person.pk], window):
            known = [
                row[case_id] for case_id, who in rules.earlier_partners if who == other_person.pk
            ]
            allowed[np.setdiff1d(np.arange(len(cases)), known), index] = False
    return allowed


def _may_come(cases: Sequence[Case], person: Employee, rules: Rules) -> Bools:
    """By case, whether the person belongs to its municipality or is welcome as a guest."""
    home = person.municipality_id
    may = [case.municipality_id == home or rules.welcomes(case, person) for case in cases]
    return np.array(may, bool)


def _follow_ups_only(calendar: Calendar, window: Window) -> bool:
    """Whether the person takes follow-ups only at every time that would suit."""
    if not calendar.follow_ups_only:
        return False
    starts = calendar.starts(window.first_day, window.days, SESSION_LENGTH)
    return bool(starts) and all(
        any(begins <= start < ends for begins, ends in calendar.follow_ups_only) for start in starts
    )
