"""A drawn figure as a page shows it, and labels that are not written on top of each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.safestring import SafeString


@dataclass(frozen=True)
class Figure:
    """What `components/figure.html` needs: the drawing, its finding in words, and a table."""

    title: str
    svg: SafeString
    svg_narrow: SafeString
    finding: str
    headers: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str = ""


def spread_labels(values: Sequence[float], *, gap: float) -> list[float]:
    """Where to write the labels of one line or two: at its value, at least `gap` apart."""
    heights = [float(value) for value in values]
    if len(heights) == 2 and abs(heights[0] - heights[1]) < gap:
        middle = sum(heights) / 2
        upper = 0 if heights[0] >= heights[1] else 1
        heights[upper], heights[1 - upper] = middle + gap / 2, middle - gap / 2
    return heights
