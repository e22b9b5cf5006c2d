"""A key figure as a drawing: bars and intervals, with the base rate beside them where it fits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from charts import load_spec, render
from kb.figures import Figure
from kb.models import KeyFigure

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

SPEC = Path(__file__).parent / "chart_specs" / "key_figure.json"
NARROW = 330
# Room right of the longest bar, for its text.
ROOM = 1.35


def drawn(figure: KeyFigure) -> Figure | None:
    """The drawing; None where the figure has no number, or is none that bars can show."""
    rows = list(_rows(figure, "value"))
    if not rows or figure.unit == KeyFigure.Unit.COUNT:
        return None
    base = figure.base_figure
    beside = base is not None and base.live and base.unit == figure.unit
    if base is not None and beside:
        rows += _rows(base, "base")
    title = _("Drawn: %(statement)s") % {"statement": figure.statement}
    finding = _finding(figure, beside=beside)
    return Figure(
        title=_("The figure, drawn"),
        svg=_svg(rows, title, finding, None),
        svg_narrow=_svg(rows, title, finding, NARROW),
        finding=finding,
        headers=(_("What it is"), _("Value")),
        rows=[(row["label"], row["text"]) for row in rows],
    )


def _rows(figure: KeyFigure, role: str) -> Iterator[dict[str, Any]]:
    """One bar for each value: from nothing to a number, or from the lowest to the highest."""
    for block in figure.values:
        value = block.value
        low, high = value.get("low"), value.get("high")
        if low is None or high is None:
            low, high = 0, value.get("value")
        if high is not None:
            label = value["label"] if role == "value" else _base_label(value["label"])
            yield {
                "label": label, "low": low, "high": high, "text": value["text"], "role": role
            }  # fmt: skip


def _base_label(label: str) -> str:
    return _("Base rate: %(label)s") % {"label": label}


def _finding(figure: KeyFigure, *, beside: bool) -> str:
    if beside:
        return _("The figure stands beside the base rate, which is about everybody in the group.")
    if figure.is_relative:
        return _(
            "A relative difference. It cannot stand on one scale with the base rate, and is no "
            "number of percentage points."
        )
    return _("There is no base rate about the same people to set beside it.")


def _svg(rows: list[dict[str, Any]], title: str, desc: str, width: int | None) -> SafeString:
    top = max(row["high"] for row in rows) * ROOM
    return render(
        load_spec(SPEC),
        title=title,
        desc=desc,
        datasets={"values": rows},
        params={"top": top},
        width=width,
    )
