"""Rules about the caseworker's bids over time: R0, R1, R2, R7, R9."""

from __future__ import annotations

from datetime import timedelta
from itertools import takewhile

from renewal.facts import BeliefFact, CaseFacts, Status, days_between
from renewal.hits import Hit, Param, Rule
from renewal.likeness import near_identical
from renewal.months import add_months, months_passed, whole_months
from renewal.thresholds import Thresholds


def no_bid(facts: CaseFacts, limits: Thresholds) -> Hit | None:
    """R0 Intet bud: an active case older than 30 days without a caseworker bid."""
    if facts.status != Status.ACTIVE or facts.newest is not None:
        return None
    if days_between(facts.started, facts.today) <= limits.r0_days:
        return None
    return Hit(Rule.R0, facts.started + timedelta(days=limits.r0_days + 1), limits.r0_points)


def age(facts: CaseFacts, limits: Thresholds) -> Hit | None:
    """R1 Gammelt bud: the newest bid is over 90 days old; 10, +3 per further 30 days, max 25."""
    newest = facts.newest
    if newest is None:
        return None
    days = days_between(newest.registered_on, facts.today)
    extra = days - limits.r1_days
    if extra <= 0:
        return None
    points = limits.r1_points + extra // limits.r1_step_days * limits.r1_step_points
    since = newest.registered_on + timedelta(days=limits.r1_days + 1)
    params: dict[str, Param] = {"days": days, "registered_on": newest.registered_on.isoformat()}
    return Hit(Rule.R1, since, min(points, limits.r1_most_points), params)


def fall(facts: CaseFacts, limits: Thresholds) -> Hit | None:
    """R2 Fald: the newest bid is 2 or more below the one before, and no sparring since."""
    if len(facts.caseworker_bids) < 2:
        return None
    newest, before = facts.caseworker_bids[:2]
    drop = before.value - newest.value
    if drop < limits.r2_fall or newest.in_sparring:
        return None
    if days_between(newest.registered_on, facts.today) > limits.r2_days:
        return None
    if facts.last_held is not None and facts.last_held >= newest.registered_on:
        return None
    points = limits.r2_deep_points if drop >= limits.r2_deep_fall else limits.r2_points
    return Hit(Rule.R2, newest.registered_on, points, {"before": before.value, "now": newest.value})


def copied(facts: CaseFacts, limits: Thresholds) -> Hit | None:
    """R7 Samme tal igen: the same value 3 times or more over 9 months with nearly the same reason.

    Counted back from the newest bid until the value or the reason differs from the newest one's.
    """
    newest = facts.newest
    if newest is None or len(facts.caseworker_bids) < limits.r7_times:
        return None
    row = list(takewhile(lambda bid: _copy_of(newest, bid, limits), facts.caseworker_bids))
    if len(row) < limits.r7_times:
        return None
    first, needed = row[-1].registered_on, row[-limits.r7_times].registered_on
    if not months_passed(first, limits.r7_months, facts.today):
        return None
    since = max(add_months(first, limits.r7_months), needed)
    return Hit(Rule.R7, since, limits.r7_points, {"times": len(row)})


def unfulfilled(facts: CaseFacts, limits: Thresholds) -> Hit | None:
    """R9 Uindfriet tro: 7 or more held through 12 months by the same person, without outcome."""
    newest = facts.newest
    if newest is None or newest.value < limits.r9_value or facts.outcome_known:
        return None
    row = takewhile(lambda bid: held_on(newest, bid, limits), facts.caseworker_bids)
    first = [bid.registered_on for bid in row][-1]
    if not months_passed(first, limits.r9_months, facts.today):
        return None
    months = whole_months(first, facts.today)
    return Hit(Rule.R9, add_months(first, limits.r9_months), limits.r9_points, {"months": months})


def _copy_of(newest: BeliefFact, bid: BeliefFact, limits: Thresholds) -> bool:
    return bid.value == newest.value and near_identical(
        bid.because, newest.because, limits.r7_likeness_percent
    )


def held_on(newest: BeliefFact, bid: BeliefFact, limits: Thresholds) -> bool:
    """Whether an earlier bid belongs to the same held belief; an unknown author breaks nothing."""
    same_person = bid.employee is None or newest.employee is None or bid.employee == newest.employee
    return same_person and bid.value >= limits.r9_value
