"""The drawn figure of I1, its sentence and its table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from charts import load_spec, render
from kb.figures import Figure
from kb.templatetags.ui import number, percent

from .indicators import PUBLISHED_BASE_RATE, OutcomeByBelief, OutcomeGroup

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

SPEC = Path(__file__).parent / "charts" / "outcome_by_belief.json"
WIDE, NARROW = 560, 340


def outcome_figure(figure: OutcomeByBelief) -> Figure:
    """Bars with intervals and the base-rate line; small numbers stand as words."""
    title = _("In a job or education within a year, by the caseworker's belief")
    finding = _finding(figure)
    return Figure(
        title=title,
        svg=_drawing(figure, title, finding, WIDE),
        svg_narrow=_drawing(figure, title, finding, NARROW),
        finding=finding,
        headers=[_("Belief"), _("Bids"), _("In a job or education"), _("Share (95 % interval)")],
        rows=[[group.label, _count(group), _yes(group), _share(group)] for group in figure.groups],
        note=_note(figure),
    )


def _drawing(figure: OutcomeByBelief, title: str, desc: str, width: int) -> SafeString:
    return render(
        load_spec(SPEC),
        title=title,
        desc=desc,
        width=width,
        datasets={
            "groups": [
                {"label": group.label, "share": group.share, "low": group.low, "high": group.high,
                 "text": percent(group.share or 0, 1)}
                for group in figure.shown
            ],
            "hidden": [
                {"label": group.label, "text": _yes(group)}
                for group in figure.groups if group.share is None
            ],
            "base": [
                {"share": PUBLISHED_BASE_RATE,
                 "text": _("about %(share)s in BIP") % {"share": percent(PUBLISHED_BASE_RATE, 0)}}
            ],
        },
    )  # fmt: skip


def _count(group: OutcomeGroup) -> str:
    return number(group.n) if group.n is not None else _("not shown")


def _yes(group: OutcomeGroup) -> str:
    if group.yes is not None:
        return number(group.yes)
    if group.under is not None and group.n is not None:
        return _("under %(most)s of %(n)s") % {"most": group.under, "n": number(group.n)}
    return _("not shown")


def _share(group: OutcomeGroup) -> str:
    if group.share is not None and group.low is not None and group.high is not None:
        return _("%(share)s (%(low)s–%(high)s)") % {
            "share": percent(group.share, 1),
            "low": percent(group.low, 1),
            "high": percent(group.high, 1),
        }
    if group.share_below is not None:
        return _("under %(share)s") % {"share": percent(group.share_below, 1)}
    return "–"


def _finding(figure: OutcomeByBelief) -> str:
    if not figure.shown:
        return _("There are too few bids that are a year old to show anything yet.")
    top = figure.shown[-1]
    lowest = figure.groups[0]
    if lowest is top or (lowest.share is None and lowest.share_below is None):
        return _(
            "Of %(n)s bids on %(high)s, %(share)s were followed by a job or education within "
            "a year."
        ) % {"n": number(top.n), "high": top.label, "share": percent(top.share, 1)}
    return _(
        "Of %(n)s bids on %(high)s, %(share)s were followed by a job or education within a year; "
        "on %(low)s it was %(lowest)s."
    ) % {
        "n": number(top.n),
        "high": top.label,
        "share": percent(top.share, 1),
        "low": lowest.label,
        "lowest": _share(lowest),
    }


def _note(figure: OutcomeByBelief) -> str:
    apart = _("not shown") if figure.apart is None else number(figure.apart)
    return _(
        "The difference is an association, not proof of a cause. A case counts once a quarter. "
        "Moved and paused cases stand apart (%(apart)s) and are no “no”. "
        "Source: the cases of %(scope)s, bids of one to three years ago."
    ) % {"apart": apart, "scope": figure.scope.name}
