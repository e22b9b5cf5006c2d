"""Rules about what has been done and what was agreed: R4, R5, R10, R12."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise, takewhile

from renewal.facts import ActionFact, CaseFacts, days_between
from renewal.hits import Hit, Param, Rule
from renewal.months import add_months, months_passed
from renewal.thresholds import Thresholds


def belief_without_action(facts: CaseFacts, limits: Thresholds) -> Hit | None:
    """R4 Tro uden handling: a bid of 6 or more, nothing running, planned or started in 6 months."""
    newest = facts.newest
    if newest is None or newest.value < limits.r4_value:
        return None
    if any(each.running(facts.today) or each.planned(facts.today) for each in facts.actions):
        return None
    last = last_start(facts)
    if not months_passed(last, limits.r4_months, facts.today):
        return None
    long = months_passed(last, limits.r4_long_months, facts.today)
    high = takewhile(lambda bid: bid.value >= limits.r4_value, facts.caseworker_bids)
    since = max(add_months(last, limits.r4_months), min(bid.registered_on for bid in high))
    points = limits.r4_long_points if long else limits.r4_points
    return Hit(Rule.R4, since, points, {"date": last.isoformat()})


def no_company(facts: CaseFacts, limits: Thresholds) -> Hit | None:
    """R5 Ingen virksomhed: a case of 6 months or more, no company action ever and none planned."""
    if not months_passed(facts.started, limits.r5_months, facts.today):
        return None
    if any(each.company and _tried_or_planned(each, facts.today) for each in facts.actions):
        return None
    return Hit(Rule.R5, add_months(facts.started, limits.r5_months), limits.r5_points)


def overdue_agreement(facts: CaseFacts, limits: Thresholds) -> Hit | None:
    """R10 Skredet aftale: an agreed action past its deadline; the longest overdue one speaks."""
    late = [each for each in facts.actions if not each.over and _is_late(each, facts.today)]
    if not late:
        return None
    worst = min(late, key=lambda each: each.deadline or facts.today)
    deadline = worst.deadline or facts.today
    params: dict[str, Param] = {
        "days": days_between(deadline, facts.today),
        "deadline": deadline.isoformat(),
    }
    if worst.agreed_on is not None:
        params["agreed_on"] = worst.agreed_on.isoformat()
    return Hit(Rule.R10, deadline + timedelta(days=1), limits.r10_points, params)


def staircase(facts: CaseFacts, limits: Thresholds) -> Hit | None:
    """R12 Trappestige: what is open lies strictly one after the other, the company step last.

    Looks at running and planned actions only: what is over cannot happen at the same time any more.
    Two steps overlap when one is marked parallel, when they begin on the same day, when both are
    running, or when a step's deadline lies after the next one's beginning.
    """
    steps = sorted(
        (each for each in facts.actions if each.running(facts.today) or each.planned(facts.today)),
        key=_begins,
    )
    if len(steps) < limits.r12_actions or not _company_only_last(steps):
        return None
    if any(_overlap(one, other, facts.today) for one, other in pairwise(steps)):
        return None
    return Hit(Rule.R12, min(_begins(steps[0]), facts.today), limits.r12_points)


def last_start(facts: CaseFacts) -> date:
    """When something last began; the case's own start when nothing ever did."""
    begun = (each.started for each in facts.actions)
    return max((day for day in begun if day and day <= facts.today), default=facts.started)


def _tried_or_planned(action: ActionFact, today: date) -> bool:
    begun = action.started is not None and action.started <= today
    return begun or action.planned(today)


def _is_late(action: ActionFact, today: date) -> bool:
    return action.deadline is not None and action.deadline < today


def _begins(action: ActionFact) -> date:
    return action.started or action.planned_for or action.deadline or date.max


def _company_only_last(steps: Sequence[ActionFact]) -> bool:
    return steps[-1].company and not any(each.company for each in steps[:-1])


def _overlap(one: ActionFact, other: ActionFact, today: date) -> bool:
    """Whether two neighbours in time go on at once; `one` begins first."""
    if one.parallel or other.parallel or _begins(one) == _begins(other):
        return True
    if other.running(today):
        return True
    begins_with_deadline = one.started or one.planned_for
    return bool(begins_with_deadline and one.deadline and one.deadline > _begins(other))
