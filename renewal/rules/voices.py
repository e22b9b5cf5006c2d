"""Rules about who has spoken, and who has not: R3, R6, R8, R11."""

from __future__ import annotations

from datetime import timedelta
from itertools import takewhile

from renewal.facts import CaseFacts, days_between
from renewal.hits import Hit, Rule
from renewal.months import add_months, months_passed
from renewal.thresholds import Thresholds


def disagreement(facts: CaseFacts, limits: Thresholds) -> Hit | None:
    """R3 Uenighed: caseworker and citizen, both fresh, 3 or more apart; +5 if citizen higher."""
    if not facts.caseworker_bids or not facts.citizen_bids:
        return None
    ours, theirs = facts.caseworker_bids[0], facts.citizen_bids[0]
    oldest = min(ours.registered_on, theirs.registered_on)
    gap = abs(ours.value - theirs.value)
    if gap < limits.r3_gap or days_between(oldest, facts.today) > limits.r3_days:
        return None
    points = limits.r3_wide_points if gap >= limits.r3_wide_gap else limits.r3_points
    if theirs.value > ours.value:
        points += limits.r3_citizen_higher_points
    return Hit(
        Rule.R3,
        max(ours.registered_on, theirs.registered_on),
        points,
        {"caseworker": ours.value, "citizen": theirs.value},
    )


def new_face(facts: CaseFacts, limits: Thresholds) -> Hit | None:
    """R6 Nyt ansigt: a new owner for more than 30 days, and the bid is still the predecessor's.

    Without any bid R0 speaks instead. A bid whose author is unknown counts as the owner's when it
    was registered since the takeover.
    """
    since, newest = facts.owner_since, facts.newest
    if not facts.owner_changed or since is None or newest is None:
        return None
    if days_between(since, facts.today) <= limits.r6_days:
        return None
    if any(
        bid.registered_on >= since and bid.employee in (None, facts.owner)
        for bid in facts.caseworker_bids
    ):
        return None
    if facts.owner is not None and newest.employee == facts.owner:
        return None
    return Hit(Rule.R6, since + timedelta(days=limits.r6_days + 1), limits.r6_points)


def low_and_alone(facts: CaseFacts, limits: Thresholds) -> Hit | None:
    """R8 Ingen har set med: the newest bid is 2 or less, and no sparring in 12 months (or ever)."""
    newest, held = facts.newest, facts.last_held
    if newest is None or newest.value > limits.r8_value:
        return None
    if held is not None and not months_passed(held, limits.r8_months, facts.today):
        return None
    low = takewhile(lambda bid: bid.value <= limits.r8_value, facts.caseworker_bids)
    since = min(bid.registered_on for bid in low)
    if held is not None:
        since = max(since, add_months(held, limits.r8_months))
    return Hit(Rule.R8, since, limits.r8_points, {"months": limits.r8_months})


def citizen_not_asked(facts: CaseFacts, limits: Thresholds) -> Hit | None:
    """R11 Borgerens stemme mangler: no bid from the citizen in 6 months."""
    asked = facts.citizen_bids[0].registered_on if facts.citizen_bids else facts.started
    if not months_passed(asked, limits.r11_months, facts.today):
        return None
    since = add_months(asked, limits.r11_months)
    return Hit(Rule.R11, since, limits.r11_points, {"date": asked.isoformat()})
