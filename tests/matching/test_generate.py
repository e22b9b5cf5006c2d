"""Generated problems: the sizes of the goals, the same for the same seed."""

import numpy as np

from matching.generate import SIZES, full_week, generate


def test_sizes():
    assert (SIZES["a"].colleagues, SIZES["a"].cases) == (60, 400)
    assert (SIZES["b"].colleagues, SIZES["b"].cases) == (800, 6000)
    assert (SIZES["c"].colleagues, SIZES["c"].cases, SIZES["c"].centres) == (7840, 39198, 98)


def test_the_same_seed_gives_the_same_problem():
    first, again, other = (generate(SIZES["a"], seed=seed) for seed in (4, 4, 5))

    assert np.array_equal(first.affinity, again.affinity)
    assert np.array_equal(first.session_free, again.session_free)
    assert not np.array_equal(first.owner, other.owner)


def test_owners_are_never_among_the_pairs():
    problem = generate(SIZES["a"])

    assert not (problem.pair_colleague == problem.owner[problem.pair_case]).any()


def test_the_full_week_is_89_percent_full():
    problem = full_week()

    assert round(2 * problem.cases / problem.colleague_free.sum(), 2) == 0.89
