"""A colleague falls ill: the plan again without them, moving as few others as it can."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from matching.solve import Plan, solve


@dataclass(frozen=True, slots=True)
class Replanned:
    """The new plan, and what it means for the sessions of the old one.

    `left` are the cases the ill colleague was a partner of, `moved` those of others whose
    partners changed on top of that, `own` the colleague's own sessions: they keep partner and slot
    here, since it is for the owner to say whether they are held, moved or cancelled.
    """

    plan: Plan
    left: tuple[int, ...]
    moved: tuple[int, ...]
    own: tuple[int, ...]


def replan_without(plan: Plan, colleague: int) -> Replanned:
    """Solve again with everything agreed so far (stay bonus, slots kept where they can be).

    The max-min floor is not raised above that of the plan, which would move others.
    """
    problem, timetable = plan.problem, plan.timetable
    capacity = problem.capacity.copy()
    capacity[colleague] = 0
    agreed = np.zeros_like(problem.agreed)
    agreed[timetable.chosen()] = True
    after = solve(
        replace(problem, capacity=capacity, agreed=agreed),
        before=timetable,
        enough=plan.match.certificate.floor,
    )
    return _compared(plan, after, colleague)


def _compared(before: Plan, after: Plan, colleague: int) -> Replanned:
    problem, left, moved = before.problem, [], []
    for case, pairs in enumerate(before.timetable.pairs):
        if before.timetable.slot[case] < 0:
            continue
        if colleague in problem.pair_colleague[list(pairs)]:
            left.append(case)
        elif after.timetable.pairs[case] != pairs:
            moved.append(case)
    own = np.flatnonzero(problem.owner == colleague).tolist()
    return Replanned(after, tuple(left), tuple(moved), tuple(own))
