"""What has been done about a workplace: tried, early, beside something else (domain C I4, B3 R12).

Read off the record alone. A plan that keeps the workplace for last is told so whether or not the
municipality counts R12.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from renewal.months import months_passed
from renewal.rules import staircase
from renewal.thresholds import DEFAULTS, Thresholds

if TYPE_CHECKING:
    from renewal.facts import ActionFact, CaseFacts

EARLY_MONTHS: Final = 3
"""Indicator I4: early is before the case has run three months."""


@dataclass(frozen=True)
class CompanyView:
    """`first` is the day a company action first began, None when none has.

    early: within the first three months. parallel: beside another action, then or now.
    ahead: one is planned. staircase: what is open goes step by step, the workplace last (R12).
    """

    first: date | None
    early: bool
    parallel: bool
    ahead: bool
    staircase: bool


def company_view(facts: CaseFacts, limits: Thresholds = DEFAULTS) -> CompanyView:
    """How the case stands with a workplace on `facts.today`."""
    begun = [action for action in facts.actions if action.company and _begun(action, facts.today)]
    first = min((action.started for action in begun if action.started), default=None)
    return CompanyView(
        first=first,
        early=first is not None and not months_passed(facts.started, EARLY_MONTHS, first),
        parallel=any(_beside_another(action, facts) for action in begun),
        ahead=any(action.company and action.planned(facts.today) for action in facts.actions),
        staircase=staircase.check(facts, limits) is not None,
    )


def _begun(action: ActionFact, today: date) -> bool:
    return action.started is not None and action.started <= today


def _beside_another(action: ActionFact, facts: CaseFacts) -> bool:
    return action.parallel or any(
        _overlap(action, other, facts.today) for other in _others(action, facts.actions)
    )


def _others(action: ActionFact, actions: Iterable[ActionFact]) -> list[ActionFact]:
    return [other_action for other_action in actions if other_action is not action]


def _overlap(one: ActionFact, other: ActionFact, today: date) -> bool:
    """Whether both were under way on the same day; of what has only a start, that day counts."""
    if one.started is None or other.started is None or not _begun(other, today):
        return False
    return one.started <= _last(other, today) and other.started <= _last(one, today)


def _last(action: ActionFact, today: date) -> date:
    if action.running(today):
        return today
    return action.ended or action.started or today
