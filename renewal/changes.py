"""When a verdict can change by itself: the next day on which the rules must be asked again.

Between two events in a case only the calendar moves, and each rule has few days on which that
matters. `next_change` is the first of them, so the nightly run asks nobody in vain: until that day
the stored need is what a full run would find (tests hold it to that over generated histories).
A day too early costs one needless look; a day too late would be a wrong list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from itertools import takewhile

from renewal.facts import ActionFact, CaseFacts
from renewal.hits import Rule
from renewal.months import add_months, whole_months
from renewal.rules.actions import last_start, staircase
from renewal.rules.bids import held_on
from renewal.thresholds import DEFAULTS, Thresholds

Days = Iterator[date]
_DAY = timedelta(days=1)


def next_change(facts: CaseFacts, thresholds: Thresholds = DEFAULTS) -> date:
    """The first day after `facts.today` on which the need may differ if nothing else happens.

    Never later than the next quarter, which deals the order among equals anew.
    """
    days = [next_quarter(facts.today), *_by_holding_back(facts, thresholds), *_by_facts(facts)]
    for name in thresholds.enabled:
        days += _CHANGES[name](facts, thresholds)
    return min(day for day in days if day > facts.today)


def next_quarter(today: date) -> date:
    """The first day of the quarter after today's."""
    return add_months(today.replace(day=1), 3 - (today.month - 1) % 3)


def _by_holding_back(facts: CaseFacts, limits: Thresholds) -> Days:
    """The day a snooze ends, the day after a booked talk, and the end of the rest after one."""
    if facts.snoozed_until is not None:
        yield facts.snoozed_until
    for booked in facts.booked:
        yield booked + _DAY
    if facts.last_held is not None:
        yield facts.last_held + timedelta(days=limits.rest_days + 1)


def _by_facts(facts: CaseFacts) -> Days:
    """What is dated ahead begins to count on its day."""
    for belief in facts.beliefs:
        yield belief.registered_on
    yield from facts.held


def _no_bid(facts: CaseFacts, limits: Thresholds) -> Days:
    yield facts.started + timedelta(days=limits.r0_days + 1)


def _age(facts: CaseFacts, limits: Thresholds) -> Days:
    """The first day over, and then each full step that adds points."""
    newest = facts.newest
    if newest is None:
        return
    fresh_until = newest.registered_on + timedelta(days=limits.r1_days)
    yield fresh_until + _DAY
    steps = max(0, (facts.today - fresh_until).days) // limits.r1_step_days
    if limits.r1_points + steps * limits.r1_step_points < limits.r1_most_points:
        yield fresh_until + timedelta(days=limits.r1_step_days * (steps + 1))


def _fall(facts: CaseFacts, limits: Thresholds) -> Days:
    if facts.newest is not None:
        yield facts.newest.registered_on + timedelta(days=limits.r2_days + 1)


def _disagreement(facts: CaseFacts, limits: Thresholds) -> Days:
    for bid in (*facts.caseworker_bids[:1], *facts.citizen_bids[:1]):
        yield bid.registered_on + timedelta(days=limits.r3_days + 1)


def _belief_without_action(facts: CaseFacts, limits: Thresholds) -> Days:
    since = last_start(facts)
    yield add_months(since, limits.r4_months)
    yield add_months(since, limits.r4_long_months)
    yield from _turns(facts.actions)


def _no_company(facts: CaseFacts, limits: Thresholds) -> Days:
    yield add_months(facts.started, limits.r5_months)
    yield from _turns(tuple(each for each in facts.actions if each.company))


def _new_face(facts: CaseFacts, limits: Thresholds) -> Days:
    if facts.owner_since is not None:
        yield facts.owner_since + timedelta(days=limits.r6_days + 1)


def _copied(facts: CaseFacts, limits: Thresholds) -> Days:
    """Any of the bids with the newest one's value may be the first of the copies."""
    bids = facts.caseworker_bids
    same = list(takewhile(lambda bid: bid.value == bids[0].value, bids))
    if len(same) >= limits.r7_times:
        for bid in same:
            yield add_months(bid.registered_on, limits.r7_months)


def _low_and_alone(facts: CaseFacts, limits: Thresholds) -> Days:
    if facts.last_held is not None:
        yield add_months(facts.last_held, limits.r8_months)


def _unfulfilled(facts: CaseFacts, limits: Thresholds) -> Days:
    """The day it has been held long enough, and then each month more."""
    newest = facts.newest
    if newest is None or newest.value < limits.r9_value:
        return
    row = list(takewhile(lambda bid: held_on(newest, bid, limits), facts.caseworker_bids))
    first = row[-1].registered_on
    months = max(limits.r9_months, whole_months(first, facts.today) + 1)
    yield add_months(first, months)


def _overdue_agreement(facts: CaseFacts, limits: Thresholds) -> Days:
    for each in facts.actions:
        if each.deadline is not None and not each.over:
            yield each.deadline + _DAY
            yield each.deadline + timedelta(days=limits.r10_urgent_days + 1)


def _citizen_not_asked(facts: CaseFacts, limits: Thresholds) -> Days:
    asked = facts.citizen_bids[0].registered_on if facts.citizen_bids else facts.started
    yield add_months(asked, limits.r11_months)


def _staircase(facts: CaseFacts, limits: Thresholds) -> Days:
    """Its day is today's as long as the first step lies ahead, so that one is asked daily."""
    yield from _turns(facts.actions)
    hit = staircase(facts, limits)
    if hit is not None and hit.since == facts.today:
        yield facts.today + _DAY


def _turns(actions: tuple[ActionFact, ...]) -> Days:
    """The days on which an action begins to run, or a plan stops being one."""
    for each in actions:
        if each.started is not None:
            yield each.started
        elif (ahead := each.planned_for or each.deadline) is not None and not each.over:
            yield ahead + _DAY


_CHANGES: Mapping[str, Callable[[CaseFacts, Thresholds], Days]] = {
    Rule.R0: _no_bid,
    Rule.R1: _age,
    Rule.R2: _fall,
    Rule.R3: _disagreement,
    Rule.R4: _belief_without_action,
    Rule.R5: _no_company,
    Rule.R6: _new_face,
    Rule.R7: _copied,
    Rule.R8: _low_and_alone,
    Rule.R9: _unfulfilled,
    Rule.R10: _overdue_agreement,
    Rule.R11: _citizen_not_asked,
    Rule.R12: _staircase,
}
