"""R5 Ingen virksomhed: a case of 6 months or more, no company action ever and none planned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext, pgettext_lazy

from renewal.months import add_months, months_passed
from renewal.rule import Days, Finding, Params, RenewalRule, months, points

if TYPE_CHECKING:
    from renewal.facts import ActionFact, CaseFacts


@dataclass(frozen=True)
class Limits:
    """The numbers a municipality may set."""

    r5_months: int = months(6)
    r5_points: int = points(12)


def check(facts: CaseFacts, limits: Limits) -> Finding | None:
    """Counts from the case's start."""
    if not months_passed(facts.started, limits.r5_months, facts.today):
        return None
    if any(action.company and _tried_or_planned(action, facts.today) for action in facts.actions):
        return None
    return Finding(add_months(facts.started, limits.r5_months), limits.r5_points)


def changes(facts: CaseFacts, limits: Limits) -> Days:
    """The day the case is old enough, and the turns of the company actions."""
    yield add_months(facts.started, limits.r5_months)
    for action in facts.actions:
        if action.company:
            yield from action.turns()


def sentence(params: Params) -> str:
    """Has no numbers."""
    return gettext("A company has not been tried yet.")


def _tried_or_planned(action: ActionFact, today: date) -> bool:
    begun = action.started is not None and action.started <= today
    return begun or action.planned(today)


RULE = RenewalRule(
    code="R5",
    label=pgettext_lazy("renewal rule", "No company"),
    source="seed 004",
    limits=Limits,
    check=check,
    changes=changes,
    sentence=sentence,
    themes=(9,),
)
