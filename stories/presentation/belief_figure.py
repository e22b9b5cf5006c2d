"""The belief of a story, before and after: a drawing, a sentence and a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

import charts
from kb.figures import Figure, spread_labels

SPEC = Path(__file__).parent / "figures" / "belief.json"
WIDE, NARROW = 430, 200
# Two names nearer than this on the scale would be written on top of each other.
NAME_GAP = 1.1


class Series(NamedTuple):
    """One person's values, in order."""

    code: str
    label: str
    values: Sequence[int]


def belief_figure(caseworker: Sequence[int], citizen: Sequence[int]) -> Figure | None:
    """The figure of a story; None unless one person's belief is known at two moments."""
    known = (
        Series("caseworker", _("Caseworker"), caseworker),
        Series("citizen", _("Citizen"), citizen),
    )
    series = [line for line in known if len(line.values) >= 2]
    if not series:
        return None
    moments = _moments(max(len(line.values) for line in series))
    title, finding = _("Belief in a job, in this story"), _finding(series)
    datasets = {"points": points(series, moments)}
    wide, narrow = (
        charts.render(
            charts.load_spec(SPEC), title=title, desc=finding, datasets=datasets, width=width
        )
        for width in (WIDE, NARROW)
    )
    return Figure(
        title=title,
        svg=wide,
        svg_narrow=narrow,
        finding=finding,
        headers=[_("Who"), *moments],
        rows=[[line.label, *_spread(line.values, len(moments))] for line in series],
    )


def _moments(count: int) -> list[str]:
    return [_("Before"), *([_("On the way")] if count == 3 else []), _("After")]


def _spread(values: Sequence[int], moments: int) -> list[str]:
    """Two values of three moments are the first and the last."""
    texts = [str(value) for value in values]
    return texts if len(texts) == moments else [texts[0], "–", texts[-1]]


def _finding(series: Iterable[Series]) -> str:
    return " ".join(
        _("%(who)s: from %(before)d to %(after)d of 10.")
        % {"who": line.label, "before": line.values[0], "after": line.values[-1]}
        for line in series
    )


def points(series: Sequence[Series], moments: Sequence[str]) -> list[dict[str, Any]]:
    """One row for each value, for the spec's `points`; a series' last row carries its name."""
    heights = spread_labels([line.values[-1] for line in series], gap=NAME_GAP)
    return [
        {
            "who": line.code,
            "moment": moments[order],
            "order": order,
            "value": value,
            "label": line.label if order == len(moments) - 1 else "",
            "label_at": height,
        }
        for line, height in zip(series, heights, strict=True)
        for order, value in zip(_orders(line, len(moments)), line.values, strict=True)
    ]


def _orders(line: Series, moments: int) -> Sequence[int]:
    return range(moments) if len(line.values) == moments else (0, moments - 1)
