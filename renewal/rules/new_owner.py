"""R6 Nyt ansigt: a new owner for more than 30 days, and the bid is still the predecessor's.

Without any bid R0 speaks instead. A bid whose author is unknown counts as the owner's when it was
registered since the takeover.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext, pgettext_lazy

from renewal.facts import CaseFacts, days_between
from renewal.rule import Days, Finding, Params, RenewalRule, days, points


@dataclass(frozen=True)
class Limits:
    """The numbers a municipality may set."""

    r6_days: int = days(30)
    r6_points: int = points(15)


def check(facts: CaseFacts, limits: Limits) -> Finding | None:
    """Counts from the day the owner took the case over."""
    since, newest = facts.owner_since, facts.newest
    if not facts.owner_changed or since is None or newest is None:
        return None
    if days_between(since, facts.today) <= limits.r6_days:
        return None
    if any(
        belief.registered_on >= since and belief.employee in (None, facts.owner)
        for belief in facts.caseworker_beliefs
    ):
        return None
    if facts.owner is not None and newest.employee == facts.owner:
        return None
    return Finding(since + timedelta(days=limits.r6_days + 1), limits.r6_points)


def changes(facts: CaseFacts, limits: Limits) -> Days:
    """The first day over."""
    if facts.owner_since is not None:
        yield facts.owner_since + timedelta(days=limits.r6_days + 1)


def sentence(params: Params) -> str:
    """To the owner; has no numbers."""
    return gettext("The bid is your predecessor's.")


def sentence_to_others(params: Params) -> str:
    """To everybody else; has no numbers."""
    return gettext("The bid is the previous caseworker's.")


RULE = RenewalRule(
    code="R6",
    label=pgettext_lazy("renewal rule", "New face"),
    source="BIP, VIVE",
    limits=Limits,
    check=check,
    changes=changes,
    sentence=sentence,
    sentence_to_others=sentence_to_others,
    themes=(2, 7),
    answered_by_belief=True,
)
