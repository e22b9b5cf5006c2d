"""What people's own cases take of their limits, before the match and in the load.

A seat as partner and a case of one's own take the same time, so both count. Cases beyond what
their owner presents are given up before the match, the last ones first; what is left of the limits
bounds the seats. So the match stays one flow, and its proof is about the cases that it asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from matching.problem import Bools, Ints, Problem


def presenting(problem: Problem, need: Ints) -> Ints:
    """Own cases that ask for a session and have enough pairs, shape (m,); none without limits."""
    if problem.limits is None:
        return np.zeros(problem.colleagues, np.int64)
    return np.bincount(problem.owner[_asking(problem, need)], minlength=problem.colleagues)


def need_within_limits(problem: Problem) -> Ints:
    """The need, 0 for the last of the cases beyond what their owner presents."""
    if problem.limits is None:
        return problem.need
    left = problem.limits.presented_at_most(problem.colleague_free)
    need = problem.need.copy()
    for case in np.flatnonzero(_asking(problem, need)).tolist():
        owner = problem.owner[case]
        if left[owner] > 0:
            left[owner] -= 1
        else:
            need[case] = 0
    return need


def capacity_within_limits(problem: Problem, capacity: Ints) -> Ints:
    """Seats that the limits leave beside the own cases, shape (m,)."""
    if problem.limits is None:
        return capacity
    most = problem.limits.sessions_at_most(problem.colleague_free)
    own = presenting(problem, need_within_limits(problem))
    return np.minimum(capacity, np.maximum(most - own, 0))


def _asking(problem: Problem, need: Ints) -> Bools:
    return (need > 0) & (np.diff(problem.start) >= need) & (problem.owner >= 0)
