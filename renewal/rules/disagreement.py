"""R3 Uenighed: caseworker and citizen, both ≤ 180 days old, 3 or more apart; +5 if citizen higher.

Which themes it draws depends on who believes more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from renewal.facts import CaseFacts, days_between
from renewal.rule import Days, Finding, Params, RenewalRule, days, points, steps


@dataclass(frozen=True)
class Limits:
    """The numbers a municipality may set."""

    r3_gap: int = steps(3, _("Steps apart"))
    r3_days: int = days(180)
    r3_points: int = points(15)
    r3_wide_gap: int = steps(5, _("Steps far apart"))
    r3_wide_points: int = points(20, _("Points when far apart"))
    r3_citizen_higher_points: int = points(5, _("Points more when the citizen is higher"))


def check(facts: CaseFacts, limits: Limits) -> Finding | None:
    """Compares the newest bid of each."""
    if not facts.caseworker_beliefs or not facts.citizen_beliefs:
        return None
    ours, theirs = facts.caseworker_beliefs[0], facts.citizen_beliefs[0]
    oldest = min(ours.registered_on, theirs.registered_on)
    gap = abs(ours.value - theirs.value)
    if gap < limits.r3_gap or days_between(oldest, facts.today) > limits.r3_days:
        return None
    worth = limits.r3_wide_points if gap >= limits.r3_wide_gap else limits.r3_points
    if theirs.value > ours.value:
        worth += limits.r3_citizen_higher_points
    since = max(ours.registered_on, theirs.registered_on)
    return Finding(since, worth, {"caseworker": ours.value, "citizen": theirs.value})


def changes(facts: CaseFacts, limits: Limits) -> Days:
    """The day one of the two bids is too old."""
    for belief in (*facts.caseworker_beliefs[:1], *facts.citizen_beliefs[:1]):
        yield belief.registered_on + timedelta(days=limits.r3_days + 1)


def sentence(params: Params) -> str:
    """Both numbers, to the owner."""
    return gettext("The citizen says %(b)d, you say %(a)d.") % {
        "a": params["caseworker"],
        "b": params["citizen"],
    }


def sentence_to_others(params: Params) -> str:
    """Both numbers, to everybody else."""
    return gettext("The citizen says %(b)d, the caseworker says %(a)d.") % {
        "a": params["caseworker"],
        "b": params["citizen"],
    }


RULE = RenewalRule(
    code="R3",
    label=pgettext_lazy("renewal rule", "Disagreement"),
    source="seed 003",
    limits=Limits,
    check=check,
    changes=changes,
    sentence=sentence,
    sentence_to_others=sentence_to_others,
    themes=(3, 5),
    themes_if_caseworker_higher=(6, 3, 5),
    rising=(("r3_gap", "r3_wide_gap"), ("r3_points", "r3_wide_points")),
)
