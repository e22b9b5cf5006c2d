"""R2 Fald: the newest bid is 2 or more below the one before, within 180 days, no sparring since.

The fall itself, the newest bid, is at most 180 days old. A sparring on the day of the fall, or a
bid that closes a session, counts as "sparring since": a session that ends lower is as good a
session.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from renewal.facts import CaseFacts, days_between
from renewal.rule import Days, Finding, Params, RenewalRule, days, points, steps
from renewal.rules import new_owner


@dataclass(frozen=True)
class Limits:
    """The numbers a municipality may set."""

    r2_fall: int = steps(2, _("Steps fallen"))
    r2_days: int = days(180)
    r2_points: int = points(20)
    r2_deep_fall: int = steps(4, _("Steps of a deep fall"))
    r2_deep_points: int = points(25, _("Points for a deep fall"))


def check(facts: CaseFacts, limits: Limits) -> Finding | None:
    """Compares the two newest caseworker bids."""
    if len(facts.caseworker_beliefs) < 2:
        return None
    newest, before = facts.caseworker_beliefs[:2]
    drop = before.value - newest.value
    if drop < limits.r2_fall or newest.in_sparring:
        return None
    if days_between(newest.registered_on, facts.today) > limits.r2_days:
        return None
    if facts.last_held is not None and facts.last_held >= newest.registered_on:
        return None
    worth = limits.r2_deep_points if drop >= limits.r2_deep_fall else limits.r2_points
    return Finding(newest.registered_on, worth, {"before": before.value, "now": newest.value})


def changes(facts: CaseFacts, limits: Limits) -> Days:
    """The day the fall is too long ago."""
    if facts.newest is not None:
        yield facts.newest.registered_on + timedelta(days=limits.r2_days + 1)


def sentence(params: Params) -> str:
    """From which number to which."""
    return gettext("The belief has fallen from %(a)d to %(b)d.") % {
        "a": params["before"],
        "b": params["now"],
    }


def urgent(params: Params, codes: Collection[str], limits: Limits) -> bool:
    """A fall in a case that also has a new caseworker."""
    return new_owner.RULE.code in codes


RULE = RenewalRule(
    code="R2",
    label=pgettext_lazy("renewal rule", "Fall"),
    source="seed 004",
    limits=Limits,
    check=check,
    changes=changes,
    sentence=sentence,
    themes=(4, 7),
    rising=(("r2_fall", "r2_deep_fall"), ("r2_points", "r2_deep_points")),
    urgent=urgent,
    counts_despite_session=True,
)
