"""Intervals for proportions. Wilson's, since Wald's gives nonsense at 1 % (docs/domain.md, C)."""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist


def wilson(successes: int, n: int, *, confidence: float = 0.95) -> tuple[float, float]:
    """Return the lower and upper bound (0–1) of a proportion of `successes` out of `n`.

    Raises ValueError unless 0 <= successes <= n and n > 0.
    """
    if n <= 0 or not 0 <= successes <= n:
        raise ValueError(f"No proportion: {successes} of {n}.")
    # Written out: importing scipy.stats took every process 2.5 s at its start.
    z, share = NormalDist().inv_cdf(0.5 + confidence / 2), successes / n
    middle = share + z * z / (2 * n)
    half = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    whole = 1 + z * z / n
    low = (middle - half) / whole if successes else 0.0
    high = (middle + half) / whole if successes < n else 1.0
    return low, high
