"""R12 Trappestige: what is open lies strictly one after the other, the company step last.

Looks at running and planned actions only: what is over cannot happen at the same time any more.
Two steps overlap when one is marked parallel, when they begin on the same day, when both are
running, or when a step's deadline lies after the next one's beginning. Off by default.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from renewal.rule import MOST_TIMES, Days, Finding, Params, RenewalRule, number, points

if TYPE_CHECKING:
    from renewal.facts import ActionFact, CaseFacts


@dataclass(frozen=True)
class Limits:
    """The numbers a municipality may set."""

    r12_actions: int = number(2, 2, MOST_TIMES, _("Actions in a row"))
    r12_points: int = points(8)


def check(facts: CaseFacts, limits: Limits) -> Finding | None:
    """Compares each two neighbours in time."""
    today = facts.today
    steps = sorted(
        (action for action in facts.actions if action.running(today) or action.planned(today)),
        key=_begins,
    )
    if len(steps) < limits.r12_actions or not _company_only_last(steps):
        return None
    if any(_overlap(one, other, today) for one, other in pairwise(steps)):
        return None
    return Finding(min(_begins(steps[0]), today), limits.r12_points)


def changes(facts: CaseFacts, limits: Limits) -> Days:
    """The turns of the actions; every day while the first step lies ahead, as `since` moves."""
    for action in facts.actions:
        yield from action.turns()
    found = check(facts, limits)
    if found is not None and found.since == facts.today:
        yield facts.today + timedelta(days=1)


def sentence(params: Params) -> str:
    """Has no numbers."""
    return gettext("The plan goes step by step. Can anything happen at the same time?")


def _begins(action: ActionFact) -> date:
    return action.started or action.planned_for or action.deadline or date.max


def _company_only_last(steps: Sequence[ActionFact]) -> bool:
    return steps[-1].company and not any(action.company for action in steps[:-1])


def _overlap(one: ActionFact, other: ActionFact, today: date) -> bool:
    """Whether two neighbours in time go on at once; `one` begins first."""
    if one.parallel or other.parallel or _begins(one) == _begins(other):
        return True
    if other.running(today):
        return True
    begins_with_deadline = one.started or one.planned_for
    return bool(begins_with_deadline and one.deadline and one.deadline > _begins(other))


RULE = RenewalRule(
    code="R12",
    label=pgettext_lazy("renewal rule", "Staircase"),
    source="seed 004",
    limits=Limits,
    check=check,
    changes=changes,
    sentence=sentence,
    themes=(9,),
    on_by_default=False,
)
