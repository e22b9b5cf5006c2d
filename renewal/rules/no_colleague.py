"""R8 Ingen har set med: the newest bid is 2 or less, and no sparring in 12 months (or ever).

Its sentence has no date, so it needs no history: a bid of 2 or less on a new case is where a
colleague helps most (example I: never sparred).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from renewal.months import add_months, months_passed
from renewal.rule import Days, Finding, Params, RenewalRule, belief, months, points

if TYPE_CHECKING:
    from renewal.facts import CaseFacts

A_YEAR = 12


@dataclass(frozen=True)
class Limits:
    """The numbers a municipality may set."""

    r8_value: int = belief(2, _("Belief of at most"))
    r8_months: int = months(12)
    r8_points: int = points(15)


def check(facts: CaseFacts, limits: Limits) -> Finding | None:
    """Holds since the belief became low, or since the last sparring is long ago."""
    newest, held = facts.newest, facts.last_held
    if newest is None or newest.value > limits.r8_value:
        return None
    if held is not None and not months_passed(held, limits.r8_months, facts.today):
        return None
    low = takewhile(lambda belief: belief.value <= limits.r8_value, facts.caseworker_beliefs)
    since = min(belief.registered_on for belief in low)
    if held is not None:
        since = max(since, add_months(held, limits.r8_months))
    return Finding(since, limits.r8_points, {"months": limits.r8_months})


def changes(facts: CaseFacts, limits: Limits) -> Days:
    """The day the last sparring is long ago."""
    if facts.last_held is not None:
        yield add_months(facts.last_held, limits.r8_months)


def sentence(params: Params) -> str:
    """For how long; twelve months are called a year."""
    long = int(params["months"])
    if long == A_YEAR:
        return gettext("No colleague has looked at the case in the past year.")
    return ngettext(
        "No colleague has looked at the case in the past %(n)d month.",
        "No colleague has looked at the case in the past %(n)d months.",
        long,
    ) % {"n": long}


RULE = RenewalRule(
    code="R8",
    label=pgettext_lazy("renewal rule", "Nobody has looked along"),
    source="seed 003, STAR",
    limits=Limits,
    check=check,
    changes=changes,
    sentence=sentence,
    themes=(4,),
)
