"""The sentences of the rules, in the active language (domain B3 "Text shown").

Source English, Danish in the catalogue. Needs Django's settings, unlike the rest of the package,
and imports nothing of it: everything is asked for by its stored code. Each sentence has a form for
the case's owner ("du") and one for everybody else who reads along.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext, pgettext

Params = Mapping[str, int | str]
_A_YEAR = 12


def sentence(rule: str, params: Params, *, to_owner: bool = True) -> str:
    """The sentence of a hit with its numbers; `rule` is a rule's code such as "R3"."""
    if not to_owner and rule in _TO_OTHERS:
        return _TO_OTHERS[rule](params)
    return _SENTENCES[rule](params)


def label(rule: str) -> str:
    """The rule's short name, for a badge."""
    return _LABELS[rule]()


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


def _day(value: int | str) -> str:
    return date_format(date.fromisoformat(str(value)), "DATE_FORMAT")


def _r0(params: Params) -> str:
    return gettext("The belief has not been put into words yet.")


def _r1(params: Params) -> str:
    days = int(params["days"])
    return ngettext("The bid is %(n)d day old.", "The bid is %(n)d days old.", days) % {"n": days}


def _r2(params: Params) -> str:
    return gettext("The belief has fallen from %(a)d to %(b)d.") % {
        "a": params["before"],
        "b": params["now"],
    }


def _r3(params: Params) -> str:
    return gettext("The citizen says %(b)d, you say %(a)d.") % {
        "a": params["caseworker"],
        "b": params["citizen"],
    }


def _r3_to_others(params: Params) -> str:
    return gettext("The citizen says %(b)d, the caseworker says %(a)d.") % {
        "a": params["caseworker"],
        "b": params["citizen"],
    }


def _r4(params: Params) -> str:
    return gettext("High belief, but nothing has been started since %(date)s.") % {
        "date": _day(params["date"])
    }


def _r5(params: Params) -> str:
    return gettext("A company has not been tried yet.")


def _r6(params: Params) -> str:
    return gettext("The bid is your predecessor's.")


def _r6_to_others(params: Params) -> str:
    return gettext("The bid is the previous caseworker's.")


def _r7(params: Params) -> str:
    times = int(params["times"])
    return ngettext(
        "Same number and same reason %(n)d time.", "Same number and same reason %(n)d times.", times
    ) % {"n": times}


def _r8(params: Params) -> str:
    months = int(params["months"])
    if months == _A_YEAR:
        return gettext("No colleague has looked at the case in the past year.")
    return ngettext(
        "No colleague has looked at the case in the past %(n)d month.",
        "No colleague has looked at the case in the past %(n)d months.",
        months,
    ) % {"n": months}


def _r9(params: Params) -> str:
    months = int(params["months"])
    return ngettext(
        "You have believed in a job for %(n)d month. What should happen now?",
        "You have believed in a job for %(n)d months. What should happen now?",
        months,
    ) % {"n": months}


def _r9_to_others(params: Params) -> str:
    months = int(params["months"])
    return ngettext(
        "The caseworker has believed in a job for %(n)d month. What should happen now?",
        "The caseworker has believed in a job for %(n)d months. What should happen now?",
        months,
    ) % {"n": months}


def _r10(params: Params) -> str:
    days = int(params["days"])
    if "agreed_on" not in params:
        return ngettext(
            "The agreement due %(date)s is %(n)d day overdue.",
            "The agreement due %(date)s is %(n)d days overdue.",
            days,
        ) % {"date": _day(params["deadline"]), "n": days}
    return ngettext(
        "The agreement of %(date)s is %(n)d day overdue.",
        "The agreement of %(date)s is %(n)d days overdue.",
        days,
    ) % {"date": _day(params["agreed_on"]), "n": days}


def _r11(params: Params) -> str:
    return gettext("The citizen has not been asked since %(date)s.") % {
        "date": _day(params["date"])
    }


def _r12(params: Params) -> str:
    return gettext("The plan goes step by step. Can anything happen at the same time?")


_SENTENCES: Mapping[str, Callable[[Params], str]] = {
    "R0": _r0,
    "R1": _r1,
    "R2": _r2,
    "R3": _r3,
    "R4": _r4,
    "R5": _r5,
    "R6": _r6,
    "R7": _r7,
    "R8": _r8,
    "R9": _r9,
    "R10": _r10,
    "R11": _r11,
    "R12": _r12,
}

_TO_OTHERS: Mapping[str, Callable[[Params], str]] = {
    "R3": _r3_to_others,
    "R6": _r6_to_others,
    "R9": _r9_to_others,
}

_LABELS: Mapping[str, Callable[[], str]] = {
    "R0": lambda: pgettext("renewal rule", "No bid"),
    "R1": lambda: pgettext("renewal rule", "Old bid"),
    "R2": lambda: pgettext("renewal rule", "Fall"),
    "R3": lambda: pgettext("renewal rule", "Disagreement"),
    "R4": lambda: pgettext("renewal rule", "Belief without action"),
    "R5": lambda: pgettext("renewal rule", "No company"),
    "R6": lambda: pgettext("renewal rule", "New face"),
    "R7": lambda: pgettext("renewal rule", "Same number again"),
    "R8": lambda: pgettext("renewal rule", "Nobody has looked along"),
    "R9": lambda: pgettext("renewal rule", "Unfulfilled belief"),
    "R10": lambda: pgettext("renewal rule", "Slipped agreement"),
    "R11": lambda: pgettext("renewal rule", "The citizen's voice is missing"),
    "R12": lambda: pgettext("renewal rule", "Staircase"),
}

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
