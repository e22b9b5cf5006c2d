"""Intervals for shares."""

from __future__ import annotations

from scipy.stats import binomtest


def wilson(successes: int, n: int) -> tuple[float, float]:
    """Wilson's 95 % score interval for a share, both ends between 0 and 1.

    ``ValueError`` when ``n`` is not positive or ``successes`` is not between 0 and ``n``.
    """
    if n <= 0 or not 0 <= successes <= n:
        message = f"need 0 <= successes <= n and n > 0, got {successes} of {n}"
        raise ValueError(message)
    interval = binomtest(successes, n).proportion_ci(confidence_level=0.95, method="wilson")
    return float(interval.low), float(interval.high)
