"""Small matching problems, written out or generated, and slow oracles that are plainly right."""

from itertools import combinations, product

import numpy as np
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from matching.load import seats_of
from matching.problem import SCALE, RawPairs, build_problem

NEVER = -(10**12)


def small(
    pairs,
    *,
    capacity,
    cases=None,
    owner=None,
    need=None,
    slots=40,
    colleague_free=None,
    case_free=None,
    agreed=(),
    load_weight=0.0,
):
    """A problem from {(case, colleague): affinity}; everybody always free unless told."""
    count = cases if cases is not None else 1 + max((case for case, _ in pairs), default=-1)
    listed = list(pairs.items())
    return build_problem(
        case_ids=[f"c{i}" for i in range(count)],
        colleague_ids=[f"p{j}" for j in range(len(capacity))],
        capacity=np.array(capacity, np.int64),
        owner=np.array(owner if owner is not None else [-1] * count, np.int32),
        need=np.array(need if need is not None else [1] * count, np.int64),
        colleague_free=_calendar(colleague_free, len(capacity), slots),
        case_free=_calendar(case_free, count, slots),
        pairs=RawPairs(
            np.array([case for (case, _), _ in listed], np.int32),
            np.array([colleague for (_, colleague), _ in listed], np.int32),
            np.array([round(affinity * SCALE) for _, affinity in listed], np.int32),
        ),
        agreed=list(agreed),
        load_weight=load_weight,
    )


def _calendar(free, people, slots):
    if free is None:
        return np.ones((people, slots), bool)
    calendar = np.zeros((people, slots), bool)
    for person, hours in enumerate(free):
        calendar[person, list(hours)] = True
    return calendar


@st.composite
def problems(draw, *, cases=6, colleagues=5, most_need=3, slots=6, busy=True):
    """Any small problem: sparse or dense, scarce or ample, with ties, owners and calendars."""
    n = draw(st.integers(0, cases))
    m = draw(st.integers(1, colleagues))
    affinity = st.sampled_from([0, 0.1, 0.25, 0.5, 0.5, 0.9, 1]) | st.floats(0, 1)
    pairs = draw(
        st.dictionaries(
            st.tuples(st.integers(0, n - 1), st.integers(0, m - 1)), affinity, max_size=n * m
        )
        if n
        else st.just({})
    )
    hours = st.sets(st.integers(0, slots - 1)) if busy else st.just(range(slots))
    agreed = draw(st.lists(st.sampled_from(sorted(pairs)), unique=True)) if pairs else []
    return small(
        pairs,
        cases=n,
        capacity=draw(st.lists(st.integers(0, 3), min_size=m, max_size=m)),
        owner=draw(
            st.lists(st.integers(-1, m - 1) if busy else st.just(-1), min_size=n, max_size=n)
        ),
        need=draw(st.lists(st.integers(1, most_need), min_size=n, max_size=n)),
        slots=slots,
        colleague_free=draw(st.lists(hours, min_size=m, max_size=m)),
        case_free=draw(st.lists(hours, min_size=n, max_size=n)),
        agreed=agreed,
        load_weight=draw(st.sampled_from([0.0, 0.6, 0.8, 1.0, 7.5])),
    )


def gains(problem, values):
    """Matrix (cases, colleagues) of a value per pair; NEVER where there is no pair."""
    matrix = np.full((problem.cases, problem.colleagues), NEVER, np.int64)
    matrix[problem.pair_case, problem.pair_colleague] = values
    return matrix


def best_assignment(problem, matrix, capacity, weight, cases=None):
    """Most cases served, then the most value less load: scipy, one column per seat.

    Returns (served, value); for needs of 1 only.
    """
    rows = range(problem.cases) if cases is None else cases
    seats = seats_of(problem, capacity, weight)
    columns = np.repeat(np.arange(len(seats.colleague)), seats.width)
    matrix = matrix[list(rows)]
    value = np.where(
        matrix[:, seats.colleague[columns]] > NEVER,
        matrix[:, seats.colleague[columns]] - seats.cost[columns],
        NEVER,
    )
    row, column = linear_sum_assignment(value, maximize=True)
    occupied = value[row, column]
    return int((occupied > NEVER).sum()), int(occupied[occupied > NEVER].sum())


def every_plan(problem, capacity):
    """All ways to give cases at most their need of partners, as lists of pairs (brute force)."""
    choices = []
    for case in range(problem.cases):
        row = problem.row(case)
        row = range(row.start, row.stop)
        choices.append(
            [held for k in range(int(problem.need[case]) + 1) for held in combinations(row, k)]
        )
    for plan in product(*choices):
        pairs = [pair for held in plan for pair in held]
        load = np.bincount(
            problem.pair_colleague[pairs].astype(np.int64), minlength=problem.colleagues
        )
        if (load <= capacity).all():
            yield pairs, load
