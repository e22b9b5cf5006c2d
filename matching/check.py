"""The hard rules, checked on a finished plan by plain counting."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matching.problem import Problem
    from matching.slots import Timetable


def broken_rules(problem: Problem, timetable: Timetable) -> list[str]:
    """One line per broken hard rule; empty for a lawful plan."""
    broken: list[str] = []
    seats: Counter[int] = Counter()
    occupied: Counter[tuple[int, int]] = Counter()
    for case, slot in enumerate(timetable.slot):
        if slot < 0:
            continue
        partners = [int(problem.pair_colleague[pair]) for pair in timetable.pairs[case]]
        seats.update(partners)
        owner = int(problem.owner[case])
        persons = partners if owner < 0 else [*partners, owner]
        occupied.update((person, slot) for person in persons)
        broken += _broken_by_session(
            problem, case, slot, timetable.pairs[case], partners=partners, persons=persons
        )
    broken += _broken_limits(problem, timetable)
    broken += [f"colleague {j}: over capacity" for j in seats if seats[j] > problem.capacity[j]]
    broken += [
        f"colleague {j}: two sessions in slot {s}" for (j, s), k in occupied.items() if k > 1
    ]
    return broken


def _broken_by_session(
    problem: Problem,
    case: int,
    slot: int,
    pairs: tuple[int, ...],
    *,
    partners: list[int],
    persons: list[int],
) -> list[str]:
    rules = {
        "a pair of another case": any(int(problem.pair_case[pair]) != case for pair in pairs),
        "not the partners it needs": len(set(partners)) != problem.need[case],
        "its owner is a partner": int(problem.owner[case]) in partners,
        "not free for the case": not problem.session_free[case, slot],
        "not free for a person": not all(problem.colleague_free[j, slot] for j in persons),
    }
    return [f"case {case}: {rule}" for rule, is_broken in rules.items() if is_broken]


def _broken_limits(problem: Problem, timetable: Timetable) -> list[str]:
    """Who has more sessions on a day, or in a week, than wanted: in every role, or as presenter."""
    limits = problem.limits
    if limits is None:
        return []
    days: Counter[tuple[int, int]] = Counter()
    weeks: Counter[tuple[int, int]] = Counter()
    presented: Counter[tuple[int, int]] = Counter()
    for case, slot in enumerate(timetable.slot):
        if slot < 0:
            continue
        day, week, owner = int(limits.day[slot]), int(limits.week[slot]), int(problem.owner[case])
        persons = {int(problem.pair_colleague[pair]) for pair in timetable.pairs[case]}
        if owner >= 0:
            persons.add(owner)
            presented[owner, week] += 1
        days.update((person, day) for person in persons)
        weeks.update((person, week) for person in persons)
    checks = (
        (days, limits.a_day, "too many sessions on day"),
        (weeks, limits.a_week, "too many sessions in week"),
        (presented, limits.presented, "presents too often in week"),
    )
    return [
        f"colleague {person}: {rule} {when}"
        for counted, most, rule in checks
        for (person, when), count in counted.items()
        if count > most[person, when]
    ]
