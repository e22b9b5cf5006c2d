"""When a verdict can change by itself: the next day on which the rules must be asked again.

Between two events in a case only the calendar moves, and each rule has few days on which that
matters. `next_change` is the first of them, so the nightly run asks nobody in vain: until that day
the stored need is what a full run would find (tests hold it to that over generated histories).
A day too early costs one needless look; a day too late would be a wrong list.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from renewal.months import add_months
from renewal.registry import RULES
from renewal.thresholds import DEFAULTS, Thresholds

if TYPE_CHECKING:
    from renewal.facts import CaseFacts
    from renewal.rule import Days

_DAY = timedelta(days=1)


def next_change(facts: CaseFacts, thresholds: Thresholds = DEFAULTS) -> date:
    """The first day after `facts.today` on which the need may differ if nothing else happens.

    Never later than the next quarter, which deals the order among equals anew.
    """
    days = [next_quarter(facts.today), *_by_holding_back(facts, thresholds), *_by_facts(facts)]
    for name in thresholds.enabled:
        days += RULES[name].changes(facts, thresholds)
    return min(day for day in days if day > facts.today)


def next_quarter(today: date) -> date:
    """The first day of the quarter after today's."""
    return add_months(today.replace(day=1), 3 - (today.month - 1) % 3)


def _by_holding_back(facts: CaseFacts, limits: Thresholds) -> Days:
    """The day a snooze ends, the day after a booked session, and the end of the rest after one."""
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
