"""R9 Uindfriet tro: 7 or more held through 12 months by the same person, without outcome.

The twelve months run from the first bid of the unbroken row until today, since a bid stands until a
newer one replaces it (example F: 8 for 14 months with the newest 100 days old).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from renewal.months import add_months, months_passed, whole_months
from renewal.rule import Days, Finding, Params, RenewalRule, belief, months, points

if TYPE_CHECKING:
    from renewal.facts import BeliefFact, CaseFacts


@dataclass(frozen=True)
class Limits:
    """The numbers a municipality may set."""

    r9_value: int = belief(7, _("Belief of at least"))
    r9_months: int = months(12)
    r9_points: int = points(12)


def check(facts: CaseFacts, limits: Limits) -> Finding | None:
    """Holds from the first bid of the row."""
    newest = facts.newest
    if newest is None or newest.value < limits.r9_value or facts.outcome_known:
        return None
    first = [belief.registered_on for belief in _held(newest, facts, limits)][-1]
    if not months_passed(first, limits.r9_months, facts.today):
        return None
    long = whole_months(first, facts.today)
    return Finding(add_months(first, limits.r9_months), limits.r9_points, {"months": long})


def changes(facts: CaseFacts, limits: Limits) -> Days:
    """The day it has been held long enough, and then each month more."""
    newest = facts.newest
    if newest is None or newest.value < limits.r9_value:
        return
    first = [belief.registered_on for belief in _held(newest, facts, limits)][-1]
    yield add_months(first, max(limits.r9_months, whole_months(first, facts.today) + 1))


def sentence(params: Params) -> str:
    """For how long, to the owner."""
    long = int(params["months"])
    return ngettext(
        "You have believed in a job for %(n)d month. What should happen now?",
        "You have believed in a job for %(n)d months. What should happen now?",
        long,
    ) % {"n": long}


def sentence_to_others(params: Params) -> str:
    """For how long, to everybody else."""
    long = int(params["months"])
    return ngettext(
        "The caseworker has believed in a job for %(n)d month. What should happen now?",
        "The caseworker has believed in a job for %(n)d months. What should happen now?",
        long,
    ) % {"n": long}


def _held(newest: BeliefFact, facts: CaseFacts, limits: Limits) -> Iterator[BeliefFact]:
    """The unbroken row of high bids of one person; an unknown author breaks nothing."""

    def continues(belief: BeliefFact) -> bool:
        unknown = belief.employee is None or newest.employee is None
        return (unknown or belief.employee == newest.employee) and belief.value >= limits.r9_value

    return takewhile(continues, facts.caseworker_beliefs)


RULE = RenewalRule(
    code="R9",
    label=pgettext_lazy("renewal rule", "Unfulfilled belief"),
    source="seed 003",
    limits=Limits,
    check=check,
    changes=changes,
    sentence=sentence,
    sentence_to_others=sentence_to_others,
    themes=(6,),
)
