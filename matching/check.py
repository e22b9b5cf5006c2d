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
