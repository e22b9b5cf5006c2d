"""The sentences of the rules, in the active language (domain B3 "Text shown").

Source English, Danish in the catalogue. Needs Django's settings, unlike the rest of the package.
Each sentence has a form for the case's owner ("du") and one for everybody else who reads along.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext, pgettext

from sparring.renewal.assess import HeldBack, Need
from sparring.renewal.hits import Hit, Param, Rule

Params = Mapping[str, Param]
_A_YEAR = 12


def sentence(hit: Hit, *, to_owner: bool = True) -> str:
    """The hit's sentence with its numbers."""
    if not to_owner and hit.code in _TO_OTHERS:
        return _TO_OTHERS[hit.code](hit.params)
    return _SENTENCES[hit.code](hit.params)


def label(rule: Rule) -> str:
    """The rule's short name, for a badge."""
    return _LABELS[rule]()


def held_back_text(reason: HeldBack) -> str:
    """Why the case is not on the list now."""
    return _HELD_BACK[reason]()


def arithmetic(need: Need) -> str:
    """How the score came about: "13 + 25 + 12 = 50 points"; empty without hits."""
    if not need.hits:
        return ""
    parts = " + ".join(str(hit.points) for hit in need.hits)
    total = sum(hit.points for hit in need.hits)
    if total > need.score:
        return gettext("%(parts)s = %(total)d points, counted as %(score)d") % {
            "parts": parts,
            "total": total,
            "score": need.score,
        }
    if len(need.hits) == 1:
        return ngettext("%(n)d point", "%(n)d points", total) % {"n": total}
    return gettext("%(parts)s = %(total)d points") % {"parts": parts, "total": total}


def _day(value: Param) -> str:
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


_SENTENCES: Mapping[Rule, Callable[[Params], str]] = {
    Rule.R0: _r0,
    Rule.R1: _r1,
    Rule.R2: _r2,
    Rule.R3: _r3,
    Rule.R4: _r4,
    Rule.R5: _r5,
    Rule.R6: _r6,
    Rule.R7: _r7,
    Rule.R8: _r8,
    Rule.R9: _r9,
    Rule.R10: _r10,
    Rule.R11: _r11,
    Rule.R12: _r12,
}

_TO_OTHERS: Mapping[Rule, Callable[[Params], str]] = {
    Rule.R3: _r3_to_others,
    Rule.R6: _r6_to_others,
    Rule.R9: _r9_to_others,
}

_LABELS: Mapping[Rule, Callable[[], str]] = {
    Rule.R0: lambda: pgettext("renewal rule", "No bid"),
    Rule.R1: lambda: pgettext("renewal rule", "Age"),
    Rule.R2: lambda: pgettext("renewal rule", "Fall"),
    Rule.R3: lambda: pgettext("renewal rule", "Disagreement"),
    Rule.R4: lambda: pgettext("renewal rule", "Belief without action"),
    Rule.R5: lambda: pgettext("renewal rule", "No company"),
    Rule.R6: lambda: pgettext("renewal rule", "New face"),
    Rule.R7: lambda: pgettext("renewal rule", "Copied number"),
    Rule.R8: lambda: pgettext("renewal rule", "Low and alone"),
    Rule.R9: lambda: pgettext("renewal rule", "Unfulfilled belief"),
    Rule.R10: lambda: pgettext("renewal rule", "Slipped agreement"),
    Rule.R11: lambda: pgettext("renewal rule", "The citizen's voice is missing"),
    Rule.R12: lambda: pgettext("renewal rule", "Staircase"),
}

_HELD_BACK: Mapping[HeldBack, Callable[[], str]] = {
    HeldBack.CLOSED: lambda: gettext("The case is closed."),
    HeldBack.PAUSED: lambda: gettext("The case is paused."),
    HeldBack.SNOOZED: lambda: gettext("Put off for now."),
    HeldBack.BOOKED: lambda: gettext("A sparring is booked."),
    HeldBack.RECENT: lambda: gettext("There was a sparring recently."),
}
