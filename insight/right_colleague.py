"""I13: of what caseworkers answered within a year, how often it was the right colleague.

An answer is private: it is counted for a municipality and for all of them, where at least five
caseworkers have answered, never for a unit, for who answered, or for whom it is about. What is
hidden is decided for all levels at once (decision 0024); the rows are no active cases, so they are
a table of their own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from kb.templatetags.ui import number, percent
from people.thresholds import smallest_by_municipality
from privacy.levels import Levels, publish_levels
from privacy.suppression import CountRow

from . import queries
from .active_indicator import Share

if TYPE_CHECKING:
    from privacy.suppression import Cell

    from .queries import AnswerCount
    from .scopes import FigureScope

FEWEST_CASEWORKERS = 5
LABEL = "right_colleague"


@dataclass(frozen=True)
class RightColleagueFigure:
    """What may be shown on one level."""

    cell: Cell | None

    @property
    def sentence(self) -> str:
        """The share with its interval, or the count where there are too few for a rate; else ""."""
        cell = self.cell
        if cell is None or cell.count is None or cell.n is None:
            return ""
        share = Share.of(cell)
        if share.share is None:
            return _("%(count)s of %(n)s answers say that it was the right colleague.") % {
                "count": number(cell.count),
                "n": number(cell.n),
            }
        return _("In %(share)s (%(low)s–%(high)s) of %(n)s answers it was the right colleague.") % {
            "share": percent(share.share),
            "low": percent(share.low),
            "high": percent(share.high),
            "n": number(cell.n),
        }


def answer_levels(counts: Iterable[AnswerCount], thresholds: dict[int, int]) -> Levels:
    """The answers of the municipalities where enough people have answered, and of all those."""
    parts = {
        counted.municipality_id: [CountRow(LABEL, counted.yes, counted.answers)]
        for counted in counts
        if counted.caseworkers >= FEWEST_CASEWORKERS
    }
    return publish_levels(
        {part: parts[part] for part in sorted(parts)}, thresholds=thresholds, linked=False
    )


def right_colleague(scope: FigureScope, *, today: date) -> RightColleagueFigure:
    """The figure for one scope."""
    levels = answer_levels(queries.colleague_answers(today=today), smallest_by_municipality())
    table = levels.table(scope.municipality_id)
    return RightColleagueFigure(table.cells[0] if table.cells else None)
