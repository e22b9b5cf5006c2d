"""R4 Tro uden handling: a bid of 6 or more, nothing running, planned or started in 6 months.

Counts from the case's start when nothing was ever started.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import takewhile
from typing import TYPE_CHECKING

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from renewal.months import add_months, months_passed
from renewal.rule import (
    Days,
    Finding,
    Params,
    RenewalRule,
    belief,
    months,
    points,
    written_day,
)

if TYPE_CHECKING:
    from renewal.facts import CaseFacts


@dataclass(frozen=True)
class Limits:
    """The numbers a municipality may set."""

    r4_value: int = belief(6, _("Belief of at least"))
    r4_months: int = months(6)
    r4_points: int = points(20)
    r4_long_months: int = months(12, _("Months until it counts more"))
    r4_long_points: int = points(25, _("Points then"))


def check(facts: CaseFacts, limits: Limits) -> Finding | None:
    """Holds since the months passed, or since the belief became high, whichever is later."""
    newest = facts.newest
    if newest is None or newest.value < limits.r4_value:
        return None
    if any(action.running(facts.today) or action.planned(facts.today) for action in facts.actions):
        return None
    last = _last_start(facts)
    if not months_passed(last, limits.r4_months, facts.today):
        return None
    long = months_passed(last, limits.r4_long_months, facts.today)
    high = takewhile(lambda belief: belief.value >= limits.r4_value, facts.caseworker_beliefs)
    since = max(add_months(last, limits.r4_months), min(belief.registered_on for belief in high))
    worth = limits.r4_long_points if long else limits.r4_points
    return Finding(since, worth, {"date": last.isoformat()})


def changes(facts: CaseFacts, limits: Limits) -> Days:
    """The two days on which enough months have passed, and the turns of the actions."""
    since = _last_start(facts)
    yield add_months(since, limits.r4_months)
    yield add_months(since, limits.r4_long_months)
    for action in facts.actions:
        yield from action.turns()


def sentence(params: Params) -> str:
    """Since when nothing was started."""
    return gettext("High belief, but nothing has been started since %(date)s.") % {
        "date": written_day(params["date"])
    }


def _last_start(facts: CaseFacts) -> date:
    """When something last began; the case's own start when nothing ever did."""
    begun = (action.started for action in facts.actions)
    return max((day for day in begun if day and day <= facts.today), default=facts.started)


RULE = RenewalRule(
    code="R4",
    label=pgettext_lazy("renewal rule", "Belief without action"),
    source="seed 002",
    limits=Limits,
    check=check,
    changes=changes,
    sentence=sentence,
    themes=(8,),
    rising=(("r4_months", "r4_long_months"), ("r4_points", "r4_long_points")),
)
