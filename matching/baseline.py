"""What simpler methods reach, for comparison in the benchmark only: no slots, no load penalty.

Run in a process of its own (`measure`), so that scipy's memory is not counted as ours.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from matching.generate import SIZES, generate
from matching.problem import SCALE, Ints, Problem

_CHUNK = 200_000


def greedy(problem: Problem) -> Ints:
    """Best pair first, as long as case and colleague have room; the chosen pairs."""
    order = np.argsort(-problem.affinity, kind="stable")
    lacking, spare = problem.need.tolist(), problem.capacity.tolist()
    left, chosen = sum(lacking), []
    for begin in range(0, len(order), _CHUNK):
        part = order[begin : begin + _CHUNK]
        cases, colleagues = problem.pair_case[part].tolist(), problem.pair_colleague[part].tolist()
        for pair, case, colleague in zip(part.tolist(), cases, colleagues, strict=True):
            if lacking[case] and spare[colleague]:
                lacking[case] -= 1
                spare[colleague] -= 1
                left -= 1
                chosen.append(pair)
        if not left:
            break
    return np.sort(np.array(chosen, np.int64))


def lowest_share(problem: Problem) -> Ints:
    """The rule of booking products: whoever has used the least of their quota takes the case."""
    load, chosen = np.zeros(problem.colleagues), []
    share = np.where(problem.capacity > 0, 0.0, np.inf)
    for case in range(problem.cases):
        row = problem.row(case)
        who = problem.pair_colleague[row]
        for at in np.lexsort((who, share[who]))[: problem.need[case]].tolist():
            if load[who[at]] < problem.capacity[who[at]]:
                load[who[at]] += 1
                share[who[at]] = load[who[at]] / problem.capacity[who[at]]
                chosen.append(row.start + at)
    return np.sort(np.array(chosen, np.int64))


def assignment(problem: Problem, centres: int) -> Ints:
    """The best plan by `linear_sum_assignment` of scipy, where each seat is a column.

    It goes centre by centre and leaves out the pairs that cross, so that it fits in memory.
    """
    chosen: list[int] = []
    case_centre = np.arange(problem.cases) * centres // problem.cases
    colleague_centre = np.arange(problem.colleagues) * centres // problem.colleagues
    for centre in range(centres):
        chosen += _assign(
            problem,
            np.flatnonzero(case_centre == centre),
            np.flatnonzero(colleague_centre == centre),
        )
    return np.sort(np.array(chosen, np.int64))


def _assign(problem: Problem, cases: Ints, colleagues: Ints) -> list[int]:
    # Only the process that measures may carry scipy: its memory is not to be counted as ours.
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415 - see above

    first, last = int(problem.start[cases[0]]), int(problem.start[cases[-1] + 1])
    inside = np.isin(problem.pair_colleague[first:last], colleagues)
    pairs = np.flatnonzero(inside) + first
    row = problem.pair_case[pairs] - cases[0]
    column = np.searchsorted(colleagues, problem.pair_colleague[pairs])
    pair_at = np.full((len(cases), len(colleagues)), -1, np.int32)
    pair_at[row, column] = pairs
    value = np.where(pair_at >= 0, problem.affinity[pair_at], -SCALE * len(cases))
    seats = np.repeat(np.arange(len(colleagues)), problem.capacity[colleagues])
    rows, columns = linear_sum_assignment(value[:, seats], maximize=True)
    found = pair_at[rows, seats[columns]]
    return found[found >= 0].tolist()


def measure(size: str, seed: int) -> dict[str, dict[str, float]]:
    """Total, worst-off case and seconds of each method on a generated problem."""
    centres = SIZES[size].centres
    problem = generate(SIZES[size], seed=seed)
    methods: dict[str, Callable[[], Ints]] = {
        "greedy": lambda: greedy(problem),
        "lowest_share": lambda: lowest_share(problem),
        "scipy_assignment": lambda: assignment(problem, centres),
    }
    return {name: _measured(problem, method) for name, method in methods.items()}


def _measured(problem: Problem, method: Callable[[], Ints]) -> dict[str, float]:
    clock = time.perf_counter()
    chosen = method()
    seconds = time.perf_counter() - clock
    affinity = problem.affinity[chosen]
    return {
        "affinity": int(affinity.sum()) / SCALE,
        "seats": len(chosen),
        "worst": int(affinity.min()) / SCALE,
        "seconds": round(seconds, 3),
    }
