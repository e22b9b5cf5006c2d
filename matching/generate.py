"""Generated problems of the three sizes the goals are set for; the same seed, the same problem.

An affinity is made as in the house: how the case's themes meet the colleague's experience, how
long since the two met (fresh eyes), experience with the target group, and a wish to be picked;
all of it scaled by how clearly the case's question is put, since a vague one fits nobody well.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.problem import (
    SCALE,
    Bools,
    Ints,
    Problem,
    RawPairs,
    Shorts,
    build_problem,
)

THEMES = 12
GROUPS = 5
HOURS_PER_DAY = 7
CROSSING = 0.05
"""Share of the pairs that cross from one centre to another."""


@dataclass(frozen=True, slots=True)
class Size:
    """How many colleagues and cases, and in how many centres."""

    colleagues: int
    cases: int
    centres: int = 1


SIZES = {"a": Size(60, 400), "b": Size(800, 6000), "c": Size(7840, 39198, 98)}


@dataclass(frozen=True, slots=True)
class _People:
    experience: np.ndarray
    groups: np.ndarray
    wanted: np.ndarray
    theme: Ints
    group: Ints
    clearness: np.ndarray


def generate(
    size: Size,
    *,
    seed: int = 1,
    days: int = 10,
    free_hours: int = 42,
    load_weight: float = 0.8,
) -> Problem:
    """A problem in a window of `days`; everybody has `free_hours` free, spread at random.

    Colleagues have seats for about 1.25 times the cases; all cases of an owner are of the
    owner's centre.
    """
    rng = np.random.default_rng(seed)
    centre_of_case = np.arange(size.cases) * size.centres // size.cases
    centre_of_colleague = np.arange(size.colleagues) * size.centres // size.colleagues
    owner = _owners(rng, size, centre_of_case, centre_of_colleague)
    share = size.cases / size.colleagues
    return build_problem(
        case_ids=[f"case-{number}" for number in range(size.cases)],
        colleague_ids=[f"colleague-{number}" for number in range(size.colleagues)],
        capacity=rng.integers(round(share), round(1.5 * share) + 1, size.colleagues),
        owner=owner,
        need=np.ones(size.cases, np.int64),
        colleague_free=_calendars(rng, size.colleagues, days * HOURS_PER_DAY, free_hours),
        case_free=rng.random((size.cases, days * HOURS_PER_DAY)) < 0.8,
        pairs=_pairs(rng, size, centre_of_case, centre_of_colleague),
        load_weight=load_weight,
    )


def full_week(seed: int = 1) -> Problem:
    """Size a in one week that is 89 % full: 800 of 900 free hours are needed."""
    size = SIZES["a"]
    problem = generate(size, seed=seed, days=5, free_hours=15)
    return build_problem(
        case_ids=problem.case_ids,
        colleague_ids=problem.colleague_ids,
        capacity=problem.capacity,
        owner=(np.arange(size.cases) % size.colleagues).astype(np.int32),
        need=problem.need,
        colleague_free=problem.colleague_free,
        case_free=np.ones((size.cases, 5 * HOURS_PER_DAY), bool),
        pairs=RawPairs(problem.pair_case, problem.pair_colleague, problem.affinity),
        load_weight=problem.load_weight,
    )


def _owners(
    rng: np.random.Generator, size: Size, centre_of_case: Ints, centre_of_colleague: Ints
) -> Shorts:
    """Each centre's cases dealt out evenly among its colleagues, in random order."""
    owner = np.empty(size.cases, np.int32)
    for centre in range(size.centres):
        cases = np.flatnonzero(centre_of_case == centre)
        colleagues = np.flatnonzero(centre_of_colleague == centre)
        owner[rng.permutation(cases)] = np.resize(colleagues, len(cases))
    return owner


def _calendars(rng: np.random.Generator, people: int, slots: int, free_hours: int) -> Bools:
    """Exactly `free_hours` free slots each."""
    order = rng.random((people, slots)).argsort(axis=1)
    return order < free_hours


def _pairs(
    rng: np.random.Generator, size: Size, centre_of_case: Ints, centre_of_colleague: Ints
) -> RawPairs:
    people = _People(
        experience=rng.beta(1.2, 1.8, (size.colleagues, THEMES)),
        groups=rng.beta(2.0, 2.0, (size.colleagues, GROUPS)),
        wanted=rng.random(size.colleagues) < 0.15,
        theme=rng.integers(0, THEMES, (size.cases, 2)),
        group=rng.integers(0, GROUPS, size.cases),
        clearness=rng.uniform(0.7, 1.0, size.cases),
    )
    pieces = []
    for centre in range(size.centres):
        cases = np.flatnonzero(centre_of_case == centre)
        colleagues = np.flatnonzero(centre_of_colleague == centre)
        pieces.append(
            _scored(rng, people, np.repeat(cases, len(colleagues)), np.tile(colleagues, len(cases)))
        )
    if size.centres > 1:
        pieces.append(_crossing(rng, size, people, sum(len(piece.case) for piece in pieces)))
    return RawPairs(
        np.concatenate([piece.case for piece in pieces]),
        np.concatenate([piece.colleague for piece in pieces]),
        np.concatenate([piece.affinity for piece in pieces]),
    )


def _crossing(rng: np.random.Generator, size: Size, people: _People, inside: int) -> RawPairs:
    """Pairs between centres: 5 % of all pairs."""
    count = int(inside * CROSSING / (1 - CROSSING))
    key = np.unique(rng.integers(0, size.cases * size.colleagues, count))
    case, colleague = np.divmod(key, size.colleagues)
    crosses = case * size.centres // size.cases != colleague * size.centres // size.colleagues
    return _scored(rng, people, case[crosses], colleague[crosses])


def _scored(rng: np.random.Generator, people: _People, case: Ints, colleague: Ints) -> RawPairs:
    """Affinity of each pair; every 40th pair or so is left out (manager, conflict, said no)."""
    kept = rng.random(len(case)) >= 0.025
    case, colleague = case[kept], colleague[kept]
    first, second = people.theme[case].T
    theme = 0.7 * people.experience[colleague, first] + 0.3 * people.experience[colleague, second]
    affinity = 0.45 * theme + 0.45 * rng.random(len(case))
    affinity += (
        0.15 * people.groups[colleague, people.group[case]] + 0.05 * people.wanted[colleague]
    )
    affinity = np.minimum(affinity, 1.0) * people.clearness[case]
    return RawPairs(
        case.astype(np.int32),
        colleague.astype(np.int32),
        np.rint(affinity * SCALE).astype(np.int32),
    )
