"""I5: active cases with a caseworker belief of at most 90 days, a citizen's of at most 180."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from insight.active_indicator import ActiveIndicator, Found, Passage, Row, Share, Shown
from kb.templatetags.ui import number, percent

CASEWORKER, CITIZEN = "caseworker", "citizen"

STATEMENT = """
SELECT s.municipality_id, fresh.role, count(*) FILTER (WHERE EXISTS (
           SELECT FROM sparring_belief b WHERE b.case_id = s.id AND b.by_role = fresh.role
              AND b.registered_at >= %(today)s::date - fresh.age)), count(*)
  FROM sparring_case s
 CROSS JOIN (VALUES ('caseworker', INTERVAL '90 days'), ('citizen', INTERVAL '180 days'))
       AS fresh(role, age)
 WHERE s.status = 'active' GROUP BY s.municipality_id, fresh.role
"""


@dataclass(frozen=True)
class FreshBeliefs:
    """Shares of active cases."""

    caseworker: Share
    citizen: Share


def report(shown: Shown) -> FreshBeliefs:
    """Both shares, empty ones where there are no cases."""
    return FreshBeliefs(*(shown.get(label, Found()).share for label in (CASEWORKER, CITIZEN)))


def passages(shown: Shown) -> Iterator[Passage]:
    """One for both."""
    yield Passage(_("Fresh bids"), tuple(_sentences(report(shown))))


def _sentences(fresh: FreshBeliefs) -> Iterator[str]:
    if fresh.caseworker.share is not None:
        yield _("%(share)s of %(n)s active cases have a caseworker's bid of at most 90 days.") % {
            "share": percent(fresh.caseworker.share),
            "n": number(fresh.caseworker.n),
        }
    if fresh.citizen.share is not None:
        yield _("%(share)s of %(n)s have a citizen's bid of at most 180 days.") % {
            "share": percent(fresh.citizen.share),
            "n": number(fresh.citizen.n),
        }


INDICATOR = ActiveIndicator(
    code="I5",
    key="fresh_beliefs",
    # Who has a fresh belief of the caseworker has one, and is counted by I3.
    rows=(Row(CASEWORKER, everybody=True, among=("high", "low")), Row(CITIZEN, everybody=True)),
    statement=STATEMENT,
    passages=passages,
    caution=gettext_lazy(
        "A fresh date is not a fresh thought: the same number can be repeated by habit."
    ),
    report=report,
)
