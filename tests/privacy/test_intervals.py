"""Wilson intervals against the demonstration figures of the indicator page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from privacy.intervals import wilson


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [
        (1, 96, 0.2, 5.7),
        (3, 141, 0.7, 6.1),
        (9, 118, 4.1, 13.9),
        (17, 92, 11.9, 27.6),
        (12, 41, 17.6, 44.5),
    ],
)
def test_the_demonstration_figures(successes, n, low, high):
    found = wilson(successes, n)

    assert (round(100 * found[0], 1), round(100 * found[1], 1)) == (low, high)


@given(
    st.integers(1, 100_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    st.sampled_from([0.8, 0.95, 0.99]),
)
def test_the_bounds_are_those_of_the_library(pair, confidence):
    successes, n = pair
    known = binomtest(successes, n).proportion_ci(confidence_level=confidence, method="wilson")

    assert wilson(successes, n, confidence=confidence) == pytest.approx((known.low, known.high))


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_share_lies_within(pair):
    successes, n = pair
    low, high = wilson(successes, n)

    assert 0 <= low <= successes / n + 1e-12
    assert successes / n - 1e-12 <= high <= 1


@pytest.mark.parametrize(("successes", "n"), [(0, 0), (3, 2), (-1, 5), (1, -1)])
def test_impossible_counts_are_refused(successes, n):
    with pytest.raises(ValueError, match="No proportion"):
        wilson(successes, n)
