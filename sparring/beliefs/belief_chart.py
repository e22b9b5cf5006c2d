"""The belief of a case over time: drawn wide and narrow, told in one sentence, and as a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from charts import load_spec, render
from kb.figures import Figure, spread_labels
from renewal.scale import BELIEF_WORDS
from sparring.enums import ByRole

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from sparring.models import Belief

# From this belief on a line meets the sessions' labels at the top of the figure.
LINES_ABOVE, LABELS_BELOW = 8, 1.2
SPEC = Path(__file__).parent / "charts" / "belief_over_time.json"
WIDE, NARROW = 690, 330
DRAWN = (ByRole.CASEWORKER, ByRole.CITIZEN)
# Labels of lines that end nearer to each other than this many steps are moved apart.
APART = 1.2
SHORT = timedelta(days=100)


def belief_figure(
    code: str, beliefs: Iterable[Belief], sessions: Iterable[date], *, today: date
) -> Figure | None:
    """The figure of a case's bids in any order and the days of its sessions; None without a bid.

    Corrected rows are left out: they were never meant.
    """
    drawn = sorted(
        (belief for belief in beliefs if belief.by_role in DRAWN),
        key=lambda b: (b.meant_on, b.registered_at, b.pk),
    )
    if not drawn:
        return None
    title = _("Belief in a job over time, case %s") % code
    finding = " ".join(_sentence(drawn, role) for role in DRAWN if _of(drawn, role))
    days = sorted(sessions)
    return Figure(
        title=title,
        svg=_drawing(drawn, days, today, title, finding, wide=True),
        svg_narrow=_drawing(drawn, days, today, title, finding, wide=False),
        finding=finding,
        headers=[_("Date"), _("Whose belief"), _("Belief")],
        rows=[
            [_day(belief.meant_on), _name(belief.by_role), str(belief.value)]
            for belief in reversed(drawn)
        ],
    )


def _of(beliefs: Sequence[Belief], role: str) -> list[Belief]:
    return [belief for belief in beliefs if belief.by_role == role]


def _drawing(
    beliefs: Sequence[Belief],
    sessions: Sequence[date],
    today: date,
    title: str,
    desc: str,
    *,
    wide: bool,
) -> SafeString:
    first = min(beliefs[0].meant_on, today - timedelta(days=30))
    span = today - first
    # Room to the right of today for the names of the lines.
    last = today + span * (0.26 if wide else 0.6)
    shown = [day for day in sessions if first <= day <= today]
    return render(
        load_spec(SPEC),
        title=title,
        desc=desc,
        datasets={
            "beliefs": _points(beliefs, today),
            "ends": _ends(beliefs, today),
            "sessions": [
                {"day": day.isoformat(), "label": _("sparring"), "at": _beside(beliefs)}
                for day in shown
            ],
        },
        params={
            "words": {str(step): str(word) for step, word in BELIEF_WORDS.items()} if wide else {},
            "months": "%-d. %b" if span < SHORT else "%b %Y" if wide else "%b %y",
            "first": first.isoformat(),
            "today": today.isoformat(),
            "last": last.isoformat(),
        },
        width=WIDE if wide else NARROW,
    )


def _beside(beliefs: Sequence[Belief]) -> float:
    """The height of the sessions' labels: on top, or below where a line runs along the top."""
    values = [belief.value for belief in beliefs]
    return LABELS_BELOW if max(values) > LINES_ABOVE and min(values) > LABELS_BELOW else 10


def _points(beliefs: Sequence[Belief], today: date) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [
        {
            "by": belief.by_role,
            "day": belief.meant_on.isoformat(),
            "value": belief.value,
            "registered": True,
        }
        for belief in beliefs
    ]
    newest = {row["by"]: row for row in rows}
    return rows + [
        {**row, "day": today.isoformat(), "registered": False} for row in newest.values()
    ]


def _ends(beliefs: Sequence[Belief], today: date) -> list[dict[str, Any]]:
    values = {role: _of(beliefs, role)[-1].value for role in DRAWN if _of(beliefs, role)}
    heights = spread_labels(list(values.values()), gap=APART)
    return [
        {"by": role, "day": today.isoformat(), "at": height, "label": _short_name(role)}
        for role, height in zip(values, heights, strict=True)
    ]


def _sentence(beliefs: Sequence[Belief], role: str) -> str:
    own = _of(beliefs, role)
    first, newest = own[0], own[-1]
    values = {
        "first": first.value,
        "newest": newest.value,
        "then": _day(first.meant_on),
        "now": _day(newest.meant_on),
    }
    if len(own) == 1:
        once = {
            ByRole.CASEWORKER: _("The caseworker's belief was %(newest)d on %(now)s."),
            ByRole.CITIZEN: _("The citizen's own belief was %(newest)d on %(now)s."),
        }
        return once[ByRole(role)] % values
    if first.value == newest.value:
        same = {
            ByRole.CASEWORKER: _("The caseworker's belief is %(newest)d, as it was on %(then)s."),
            ByRole.CITIZEN: _("The citizen's own belief is %(newest)d, as it was on %(then)s."),
        }
        return same[ByRole(role)] % values
    moved = {
        ByRole.CASEWORKER: _(
            "The caseworker's belief went from %(first)d (%(then)s) to %(newest)d (%(now)s)."
        ),
        ByRole.CITIZEN: _(
            "The citizen's own belief went from %(first)d (%(then)s) to %(newest)d (%(now)s)."
        ),
    }
    return moved[ByRole(role)] % values


def _name(role: str) -> str:
    return str(ByRole(role).label)


def _short_name(role: str) -> str:
    return _("Caseworker") if role == ByRole.CASEWORKER else _("Citizen")


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")
