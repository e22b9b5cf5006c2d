"""R1 Gammelt bud: the newest bid is over 90 days old; 10, +3 per further 30 days, at most 25."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from renewal.facts import CaseFacts, days_between
from renewal.rule import MOST_DAYS, Days, Finding, Params, RenewalRule, days, number, points


@dataclass(frozen=True)
class Limits:
    """The numbers a municipality may set."""

    r1_days: int = days(90)
    r1_points: int = points(10)
    r1_step_days: int = number(30, 1, MOST_DAYS, _("Days until it counts more"))
    r1_step_points: int = points(3, _("Points more each time"))
    r1_most_points: int = points(25, _("Points at most"))


def check(facts: CaseFacts, limits: Limits) -> Finding | None:
    """Counts from the newest caseworker bid; without any, R0 speaks."""
    newest = facts.newest
    if newest is None:
        return None
    old = days_between(newest.registered_on, facts.today)
    extra = old - limits.r1_days
    if extra <= 0:
        return None
    worth = limits.r1_points + extra // limits.r1_step_days * limits.r1_step_points
    since = newest.registered_on + timedelta(days=limits.r1_days + 1)
    params: Params = {"days": old, "registered_on": newest.registered_on.isoformat()}
    return Finding(since, min(worth, limits.r1_most_points), params)


def changes(facts: CaseFacts, limits: Limits) -> Days:
    """The first day over, and then each full step that adds points."""
    newest = facts.newest
    if newest is None:
        return
    fresh_until = newest.registered_on + timedelta(days=limits.r1_days)
    yield fresh_until + timedelta(days=1)
    steps = max(0, (facts.today - fresh_until).days) // limits.r1_step_days
    if limits.r1_points + steps * limits.r1_step_points < limits.r1_most_points:
        yield fresh_until + timedelta(days=limits.r1_step_days * (steps + 1))


def sentence(params: Params) -> str:
    """How old the bid is."""
    old = int(params["days"])
    return ngettext("The bid is %(n)d day old.", "The bid is %(n)d days old.", old) % {"n": old}


RULE = RenewalRule(
    code="R1",
    label=pgettext_lazy("renewal rule", "Old bid"),
    source="BIP asked every third month",
    limits=Limits,
    check=check,
    changes=changes,
    sentence=sentence,
    rising=(("r1_points", "r1_most_points"),),
    counted_from="registered_on",
    answered_by_belief=True,
)
