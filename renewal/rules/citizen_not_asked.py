"""R11 Borgerens stemme mangler: no bid from the citizen in 6 months.

Counts from the case's start when the citizen was never asked (example H: never asked, 8 months).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext, pgettext_lazy

from renewal.months import add_months, months_passed
from renewal.rule import Days, Finding, Params, RenewalRule, months, points, written_day

if TYPE_CHECKING:
    from renewal.facts import CaseFacts


@dataclass(frozen=True)
class Limits:
    """The numbers a municipality may set."""

    r11_months: int = months(6)
    r11_points: int = points(8)


def check(facts: CaseFacts, limits: Limits) -> Finding | None:
    """Looks at the citizen's newest bid."""
    asked = _last_asked(facts)
    if not months_passed(asked, limits.r11_months, facts.today):
        return None
    since = add_months(asked, limits.r11_months)
    return Finding(since, limits.r11_points, {"date": asked.isoformat()})


def changes(facts: CaseFacts, limits: Limits) -> Days:
    """The day enough months have passed."""
    yield add_months(_last_asked(facts), limits.r11_months)


def sentence(params: Params) -> str:
    """Since when the citizen has not been asked."""
    return gettext("The citizen has not been asked since %(date)s.") % {
        "date": written_day(params["date"])
    }


def _last_asked(facts: CaseFacts) -> date:
    return facts.citizen_beliefs[0].registered_on if facts.citizen_beliefs else facts.started


RULE = RenewalRule(
    code="R11",
    label=pgettext_lazy("renewal rule", "The citizen's voice is missing"),
    source="seed 003",
    limits=Limits,
    check=check,
    changes=changes,
    sentence=sentence,
    themes=(5, 3),
    answered_by_belief=True,
)
