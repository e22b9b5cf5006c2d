"""R0 Intet bud: an active case older than 30 days without a caseworker bid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext, pgettext_lazy

from renewal.facts import CaseFacts, Status, days_between
from renewal.rule import Days, Finding, Params, RenewalRule, days, points


@dataclass(frozen=True)
class Limits:
    """The numbers a municipality may set."""

    r0_days: int = days(30)
    r0_points: int = points(20)


def check(facts: CaseFacts, limits: Limits) -> Finding | None:
    """Hits from the first day over."""
    if facts.status != Status.ACTIVE or facts.newest is not None:
        return None
    if days_between(facts.started, facts.today) <= limits.r0_days:
        return None
    return Finding(_first_day_over(facts, limits), limits.r0_points)


def changes(facts: CaseFacts, limits: Limits) -> Days:
    """The first day over."""
    yield _first_day_over(facts, limits)


def sentence(params: Params) -> str:
    """Has no numbers."""
    return gettext("The belief has not been put into words yet.")


def _first_day_over(facts: CaseFacts, limits: Limits) -> date:
    return facts.started + timedelta(days=limits.r0_days + 1)


RULE = RenewalRule(
    code="R0",
    label=pgettext_lazy("renewal rule", "No bid"),
    source="own",
    limits=Limits,
    check=check,
    changes=changes,
    sentence=sentence,
    themes=(1,),
    answered_by_belief=True,
)
