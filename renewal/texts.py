"""What is said about a need beside its rules' own sentences, in the active language.

Source English, Danish in the catalogue. Everything is asked for by its stored code.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from django.utils.translation import gettext, ngettext

from renewal.registry import RULES


def label(rule: str) -> str:
    """The short name of a rule, for a badge; `rule` is its stored code such as "R3"."""
    return str(RULES[rule].label)


def held_back_text(reason: str, until: str = "") -> str:
    """Why the case is not on the list now; `reason` is a value of HeldBack.

    until: the day it is back, in words, where somebody has set one.
    """
    if until and reason in _UNTIL:
        return _UNTIL[reason]() % {"day": until}
    return _HELD_BACK[reason]()


def arithmetic(points: Sequence[int], score: int) -> str:
    """How the score came about: "13 + 25 + 12 = 50 points"; empty without hits."""
    if not points:
        return ""
    parts, total = " + ".join(map(str, points)), sum(points)
    if total > score:
        return gettext("%(parts)s = %(total)d points, counted as %(score)d") % {
            "parts": parts,
            "total": total,
            "score": score,
        }
    if len(points) == 1:
        return ngettext("%(n)d point", "%(n)d points", total) % {"n": total}
    return gettext("%(parts)s = %(total)d points") % {"parts": parts, "total": total}


_UNTIL: Mapping[str, Callable[[], str]] = {
    "paused": lambda: gettext("The case is paused until %(day)s."),
    "snoozed": lambda: gettext("Put off until %(day)s."),
}

_HELD_BACK: Mapping[str, Callable[[], str]] = {
    "closed": lambda: gettext("The case is closed."),
    "paused": lambda: gettext("The case is paused."),
    "snoozed": lambda: gettext("Put off."),
    "booked": lambda: gettext("A sparring is booked."),
    "recent": lambda: gettext("There was a sparring recently."),
}
