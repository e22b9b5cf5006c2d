"""The proof that a match is the optimum: one price per colleague, checked without the solver.

For any prices v >= 0 no plan can be worth more than the Lagrangian bound

    sum over cases of its best `need` of  max(gain - v, -big)   +
    sum over colleagues of the best of    v · seats - load penalty(seats),

since the bound lets every case and every colleague choose freely at these prices. A plan that
reaches it is the optimum. `verify_certificate` recomputes plan and bound from the problem alone
and shares no code with the flow.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from matching.problem import SCALE, Ints, Problem

_CHUNK = 500_000


@dataclass(frozen=True, slots=True)
class Certificate:
    """What is stored with a plan; amounts in millionths of affinity.

    `price[j]` is what one more seat of colleague j would be worth to the whole, `capacity` the
    seats the match was allowed to use, `need` the partners it looked for (0 for a case given up
    because it could not get all of them), `floor` the max-min affinity it kept, `big` the cost
    of an unfilled seat, `load_weight` and `stay_bonus` the weights of the objective.
    """

    price: Ints
    capacity: Ints
    need: Ints
    floor: int
    big: int
    load_weight: float
    stay_bonus: int


@dataclass(frozen=True, slots=True)
class Proof:
    """Value of the plan and its upper bound, in millionths; `gap` is relative to the bound.

    Both leave the cost of unfilled seats out, so that the gap cannot hide behind it.
    """

    value: int
    bound: int
    gap: float


def verify_certificate(problem: Problem, certificate: Certificate, chosen: Ints) -> Proof:
    """Check a match (indices of pairs) against its certificate.

    Raises ValueError if the match breaks the capacity, the need or the floor, or if a price is
    negative: then there is nothing to prove.
    """
    _check_feasible(problem, certificate, chosen)
    filled = np.bincount(problem.pair_case[chosen], minlength=problem.cases)
    lacking = certificate.big * int((certificate.need - filled).sum())
    value = _gains(problem, certificate, chosen).sum() - _penalty(problem, certificate, chosen)
    bound = int(case_bounds(problem, certificate).sum()) + _seat_bound(problem, certificate)
    bound += lacking
    return Proof(int(value), bound, (bound - int(value)) / max(abs(bound), SCALE))


def case_bounds(problem: Problem, certificate: Certificate) -> Ints:
    """What each case can gain at most at these prices, shape (n,); -big for a seat left empty."""
    best = np.full(problem.cases, -certificate.big, np.int64)
    for begin in range(0, len(problem.affinity), _CHUNK):
        part = np.arange(begin, min(begin + _CHUNK, len(problem.affinity)))
        np.maximum.at(best, problem.pair_case[part], _profits(problem, certificate, part))
    best[certificate.need == 0] = 0
    for case in np.flatnonzero(certificate.need > 1).tolist():
        row = problem.row(case)
        profits = np.sort(_profits(problem, certificate, np.arange(row.start, row.stop)))[::-1]
        top = np.full(certificate.need[case], -certificate.big)
        count = min(len(profits), len(top))
        top[:count] = np.maximum(profits[:count], -certificate.big)
        best[case] = top.sum()
    return best


def _profits(problem: Problem, certificate: Certificate, pairs: Ints) -> Ints:
    """Gain less price of each pair; nothing a plan may use lies under the floor."""
    profit = _gains(problem, certificate, pairs) - certificate.price[problem.pair_colleague[pairs]]
    return np.where(problem.affinity[pairs] >= certificate.floor, profit, -certificate.big)


def _gains(problem: Problem, certificate: Certificate, pairs: Ints) -> Ints:
    bonus = certificate.stay_bonus * problem.agreed[pairs].astype(np.int64)
    return problem.affinity[pairs].astype(np.int64) + bonus


def _own_cases(problem: Problem, certificate: Certificate) -> dict[int, int]:
    """Own cases that were asked for and have enough pairs, by colleague; none without limits."""
    own: dict[int, int] = {}
    if problem.limits is not None:
        for case, need in enumerate(certificate.need.tolist()):
            row, owner = problem.row(case), int(problem.owner[case])
            if owner >= 0 and 0 < need <= row.stop - row.start:
                own[owner] = own.get(owner, 0) + 1
    return own


def _seat_costs(certificate: Certificate, colleague: int, own: int, most: int) -> list[int]:
    """The penalty of each seat of a colleague with `own` cases, cheapest first, `most` of them."""
    capacity, weight = int(certificate.capacity[colleague]), certificate.load_weight
    return [
        round(weight * SCALE * (2 * (own + seat) + 1) / (2 * (own + capacity)))
        for seat in range(min(capacity, most))
    ]


def _penalty(problem: Problem, certificate: Certificate, chosen: Ints) -> int:
    load = np.bincount(problem.pair_colleague[chosen], minlength=problem.colleagues)
    own = _own_cases(problem, certificate)
    return sum(
        sum(_seat_costs(certificate, colleague, own.get(colleague, 0), int(load[colleague])))
        for colleague in np.flatnonzero(load).tolist()
    )


def _seat_bound(problem: Problem, certificate: Certificate) -> int:
    """What the colleagues' seats are worth at most at these prices."""
    pairs = np.bincount(problem.pair_colleague, minlength=problem.colleagues)
    own = _own_cases(problem, certificate)
    total = 0
    for colleague in np.flatnonzero((certificate.price > 0) & (pairs > 0)).tolist():
        price = int(certificate.price[colleague])
        costs = _seat_costs(certificate, colleague, own.get(colleague, 0), int(pairs[colleague]))
        total += sum(max(price - cost, 0) for cost in costs)
    return total


def _check_feasible(problem: Problem, certificate: Certificate, chosen: Ints) -> None:
    load = np.bincount(problem.pair_colleague[chosen], minlength=problem.colleagues)
    filled = np.bincount(problem.pair_case[chosen], minlength=problem.cases)
    if len(np.unique(chosen)) != len(chosen):
        raise ValueError("a pair is used twice")
    if (load > certificate.capacity).any() or (certificate.capacity > problem.capacity).any():
        raise ValueError("a colleague is over capacity")
    if (filled > certificate.need).any() or (certificate.need > problem.need).any():
        raise ValueError("a case has more partners than it needs")
    if (problem.affinity[chosen] < certificate.floor).any():
        raise ValueError("a pair lies under the floor")
    _check_limits(problem, load, filled)
    if (certificate.price < 0).any() or not math.isfinite(certificate.load_weight):
        raise ValueError("a price is negative")


def _check_limits(problem: Problem, load: Ints, filled: Ints) -> None:
    """Own cases with a partner, and these with the seats, within what anybody wants at most."""
    limits = problem.limits
    if limits is None:
        return
    most, presented = _most(problem)
    own = [0] * problem.colleagues
    for case in np.flatnonzero(filled).tolist():
        if problem.owner[case] >= 0:
            own[problem.owner[case]] += 1
    for colleague in range(problem.colleagues):
        if own[colleague] > presented[colleague]:
            raise ValueError("a colleague presents more than wanted")
        if own[colleague] + int(load[colleague]) > most[colleague]:
            raise ValueError("a colleague has more sessions than wanted")


def _most(problem: Problem) -> tuple[list[int], list[int]]:
    """The most sessions in every role, and with an own case, by plain counting of free slots."""
    limits = problem.limits
    assert limits is not None
    days = {int(day): int(week) for day, week in zip(limits.day, limits.week, strict=True)}
    most, presented = [0] * problem.colleagues, [0] * problem.colleagues
    for colleague in range(problem.colleagues):
        free = limits.day[problem.colleague_free[colleague]].tolist()
        weeks = dict.fromkeys(days.values(), 0)
        for day, week in days.items():
            weeks[week] += min(free.count(day), int(limits.a_day[colleague, day]))
        for week, sessions in weeks.items():
            fit = min(sessions, int(limits.a_week[colleague, week]))
            most[colleague] += fit
            presented[colleague] += min(fit, int(limits.presented[colleague, week]))
    return most, presented
