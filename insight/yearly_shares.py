"""Shares of a year, not of active cases: I13, meetings after handovers; I16, the right colleague.

Each is counted for a municipality and for all of them, only where at least five people gave the
rows, never for a unit or a person. What is hidden is decided for all levels at once (decision
0024); each is a table of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kb.templatetags.ui import number, percent
from people.thresholds import smallest_by_municipality
from privacy.levels import Levels, publish_levels
from privacy.suppression import CountRow

from . import queries
from .active_indicator import Share

if TYPE_CHECKING:
    from privacy.suppression import Cell

    from .queries import YesCount
    from .scopes import FigureScope

FEWEST_PEOPLE = 5


@dataclass(frozen=True)
class YearlyShare:
    """How one is counted and said. `as_share` and `as_count` are sentences with their numbers."""

    label: str
    heading: Any
    counts: Callable[[date], Sequence[YesCount]]
    as_share: Callable[[dict[str, str]], str]
    as_count: Callable[[dict[str, str]], str]
    too_few: Any
    caution: Any

    def figure(self, scope: FigureScope, *, today: date) -> ShareFigure:
        """The figure for one scope."""
        levels = yearly_levels(self.label, self.counts(today), smallest_by_municipality())
        table = levels.table(scope.municipality_id)
        return ShareFigure(self, table.cells[0] if table.cells else None)


@dataclass(frozen=True)
class ShareFigure:
    """What may be shown on one level."""

    share: YearlyShare
    cell: Cell | None

    @property
    def sentence(self) -> str:
        """The share with its interval, or the count where there are too few for a rate; else ""."""
        cell = self.cell
        if cell is None or cell.count is None or cell.n is None:
            return ""
        found = Share.of(cell)
        if found.share is None:
            counted = {"count": number(cell.count), "n": number(cell.n)}
            return self.share.as_count(counted)
        return self.share.as_share(
            {
                "share": percent(found.share),
                "low": percent(found.low),
                "high": percent(found.high),
                "n": number(cell.n),
            }
        )


def yearly_levels(label: str, counts: Iterable[YesCount], thresholds: dict[int, int]) -> Levels:
    """The counts of the municipalities where enough people gave rows, and of all those."""
    parts = {
        counted.municipality_id: [CountRow(label, counted.yes, counted.n)]
        for counted in counts
        if counted.people >= FEWEST_PEOPLE
    }
    return publish_levels(
        {part: parts[part] for part in sorted(parts)}, thresholds=thresholds, linked=False
    )


HANDOVER_CONVERSATIONS = YearlyShare(
    label="handover_meetings",
    heading=gettext_lazy("Meetings after handovers"),
    counts=lambda today: queries.handover_meetings(today=today),
    as_share=lambda found: (
        _("In %(share)s (%(low)s–%(high)s) of %(n)s handovers both talked within 10 working days.")
        % found
    ),
    as_count=lambda found: (
        _("In %(count)s of %(n)s handovers both talked within 10 working days.") % found
    ),
    too_few=gettext_lazy("Too few handovers to show."),
    caution=gettext_lazy(
        "Cases that changed caseworker within a year, where at least five caseworkers have handed "
        "one over. It says that two people talked, not how well."
    ),
)
RIGHT_COLLEAGUE = YearlyShare(
    label="right_colleague",
    heading=gettext_lazy("The right colleague"),
    counts=lambda today: queries.colleague_answers(today=today),
    as_share=lambda found: (
        _("In %(share)s (%(low)s–%(high)s) of %(n)s answers it was the right colleague.") % found
    ),
    as_count=lambda found: (
        _("%(count)s of %(n)s answers say that it was the right colleague.") % found
    ),
    too_few=gettext_lazy("Too few answers to show."),
    caution=gettext_lazy(
        "Of what caseworkers answered after a sparring within a year, where at least five of them "
        "have answered. A “maybe” counts as not. It says nothing about any colleague."
    ),
)


def yearly_shares(scope: FigureScope, *, today: date) -> list[ShareFigure]:
    """Every one of them, in the order of the page."""
    return [share.figure(scope, today=today) for share in (HANDOVER_CONVERSATIONS, RIGHT_COLLEAGUE)]
