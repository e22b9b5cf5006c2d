"""Intervals for proportions. Wilson's, since Wald's gives nonsense at 1 % (docs/domain.md, C)."""

from __future__ import annotations

from scipy.stats import binomtest


def wilson(successes: int, n: int, *, confidence: float = 0.95) -> tuple[float, float]:
    """Return the lower and upper bound (0–1) of a proportion of `successes` out of `n`.

    Raises ValueError unless 0 <= successes <= n and n > 0.
    """
    if n <= 0 or not 0 <= successes <= n:
        raise ValueError(f"No proportion: {successes} of {n}.")
    interval = binomtest(successes, n).proportion_ci(confidence_level=confidence, method="wilson")
    return float(interval.low), float(interval.high)
