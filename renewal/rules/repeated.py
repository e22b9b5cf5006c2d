"""R7 Samme tal igen: the same value 3 times or more over 9 months with nearly the same reason.

Counted back from the newest bid until the value or the reason differs from the newest one's. The
nine months run from the first bid of the unbroken row until today, since a bid stands until a newer
one replaces it (example E: four times over 11 months with the newest 85 days old).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from renewal.likeness import near_identical
from renewal.months import add_months, months_passed
from renewal.rule import MOST_TIMES, Days, Finding, Params, RenewalRule, months, number, points

if TYPE_CHECKING:
    from renewal.facts import BeliefFact, CaseFacts


@dataclass(frozen=True)
class Limits:
    """The numbers a municipality may set."""

    r7_times: int = number(3, 2, MOST_TIMES, _("Times the same"))
    r7_months: int = months(9)
    r7_likeness_percent: int = number(80, 1, 100, _("How alike two reasons are, in per cent"))
    r7_points: int = points(10)


def check(facts: CaseFacts, limits: Limits) -> Finding | None:
    """Holds since the row was both long enough and old enough."""
    newest = facts.newest
    if newest is None or len(facts.caseworker_beliefs) < limits.r7_times:
        return None
    row = list(takewhile(lambda belief: _copy_of(newest, belief, limits), facts.caseworker_beliefs))
    if len(row) < limits.r7_times:
        return None
    first, needed = row[-1].registered_on, row[-limits.r7_times].registered_on
    if not months_passed(first, limits.r7_months, facts.today):
        return None
    since = max(add_months(first, limits.r7_months), needed)
    return Finding(since, limits.r7_points, {"times": len(row)})


def changes(facts: CaseFacts, limits: Limits) -> Days:
    """Any of the bids with the newest one's value may be the first of the copies."""
    beliefs = facts.caseworker_beliefs
    same = list(takewhile(lambda belief: belief.value == beliefs[0].value, beliefs))
    if len(same) >= limits.r7_times:
        for belief in same:
            yield add_months(belief.registered_on, limits.r7_months)


def sentence(params: Params) -> str:
    """How many times."""
    times = int(params["times"])
    return ngettext(
        "Same number and same reason %(n)d time.", "Same number and same reason %(n)d times.", times
    ) % {"n": times}


def _copy_of(newest: BeliefFact, belief: BeliefFact, limits: Limits) -> bool:
    return belief.value == newest.value and near_identical(
        belief.because, newest.because, limits.r7_likeness_percent
    )


RULE = RenewalRule(
    code="R7",
    label=pgettext_lazy("renewal rule", "Same number again"),
    source="own",
    limits=Limits,
    check=check,
    changes=changes,
    sentence=sentence,
    themes=(1, 2),
    answered_by_belief=True,
)
