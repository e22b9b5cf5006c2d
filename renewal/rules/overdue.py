"""R10 Skredet aftale: an agreed action past its deadline; the longest overdue one speaks."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from renewal.facts import ActionFact, CaseFacts, days_between
from renewal.rule import Days, Finding, Param, Params, RenewalRule, days, points, written_day


@dataclass(frozen=True)
class Limits:
    """The numbers a municipality may set."""

    r10_points: int = points(15)
    r10_urgent_days: int = days(30, _("Days over before it is urgent"))


def check(facts: CaseFacts, limits: Limits) -> Finding | None:
    """Looks at all actions with a deadline that are not over."""
    late = [action for action in facts.actions if _is_late(action, facts.today)]
    if not late:
        return None
    worst = min(late, key=lambda action: action.deadline or facts.today)
    deadline = worst.deadline or facts.today
    params: dict[str, Param] = {
        "days": days_between(deadline, facts.today),
        "deadline": deadline.isoformat(),
    }
    if worst.agreed_on is not None:
        params["agreed_on"] = worst.agreed_on.isoformat()
    return Finding(deadline + timedelta(days=1), limits.r10_points, params)


def changes(facts: CaseFacts, limits: Limits) -> Days:
    """The day after each deadline, and the day on which that becomes urgent."""
    for action in facts.actions:
        if action.deadline is not None and not action.over:
            yield action.deadline + timedelta(days=1)
            yield action.deadline + timedelta(days=limits.r10_urgent_days + 1)


def sentence(params: Params) -> str:
    """Which agreement, and how many days over."""
    late = int(params["days"])
    if "agreed_on" not in params:
        return ngettext(
            "The agreement due %(date)s is %(n)d day overdue.",
            "The agreement due %(date)s is %(n)d days overdue.",
            late,
        ) % {"date": written_day(params["deadline"]), "n": late}
    return ngettext(
        "The agreement of %(date)s is %(n)d day overdue.",
        "The agreement of %(date)s is %(n)d days overdue.",
        late,
    ) % {"date": written_day(params["agreed_on"]), "n": late}


def urgent(params: Params, codes: Collection[str], limits: Limits) -> bool:
    """More than 30 days over."""
    return int(params["days"]) > limits.r10_urgent_days


def _is_late(action: ActionFact, today: date) -> bool:
    return not action.over and action.deadline is not None and action.deadline < today


RULE = RenewalRule(
    code="R10",
    label=pgettext_lazy("renewal rule", "Slipped agreement"),
    source="own",
    limits=Limits,
    check=check,
    changes=changes,
    sentence=sentence,
    themes=(8,),
    counted_from="deadline",
    urgent=urgent,
    counts_despite_session=True,
)
