"""A colleague falls ill: the plan again without them, moving as few others as it can."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from sparring.matching.solve import Plan, solve


@dataclass(frozen=True, slots=True)
class Replanned:
    """The new plan; `moved` are cases of others whose partners changed although they need not.

    `left` are the cases the ill colleague was a partner of, `parked` the colleague's own cases,
    which wait until the owner is back.
    """

    plan: Plan
    moved: tuple[int, ...]
    left: tuple[int, ...]
    parked: tuple[int, ...]


def replan_without(plan: Plan, colleague: int) -> Replanned:
    """Solve again with everything agreed so far (stay bonus, slots kept where they can be)."""
    problem = plan.problem
    capacity, free, need = (
        problem.capacity.copy(),
        problem.colleague_free.copy(),
        problem.need.copy(),
    )
    own = problem.owner == colleague
    capacity[colleague], free[colleague], need[own] = 0, False, 0
    agreed = np.zeros_like(problem.agreed)
    agreed[plan.timetable.chosen()] = True
    keep = {
        case: slot for case, slot in enumerate(plan.timetable.slot) if slot >= 0 and not own[case]
    }
    changed = replace(problem, capacity=capacity, colleague_free=free, need=need, agreed=agreed)
    return _compared(plan, solve(changed, keep=keep), colleague)


def _compared(before: Plan, after: Plan, colleague: int) -> Replanned:
    problem = before.problem
    moved, left, parked = [], [], []
    for case, pairs in enumerate(before.timetable.pairs):
        if before.timetable.slot[case] < 0:
            continue
        if problem.owner[case] == colleague:
            parked.append(case)
        elif colleague in problem.pair_colleague[list(pairs)]:
            left.append(case)
        elif after.timetable.pairs[case] != pairs:
            moved.append(case)
    return Replanned(after, tuple(moved), tuple(left), tuple(parked))
