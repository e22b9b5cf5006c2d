"""I3: days since the newest started action, by the newest caseworker belief.

Without a started action the days count from the case's start. I1 is never shown without it (F4).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from insight.active_indicator import ActiveIndicator, Passage, Row, Share, Shown
from kb.templatetags.ui import number, percent

HIGH, LOW = "high", "low"

STATEMENT = """
WITH newest AS (
    SELECT DISTINCT ON (case_id) case_id, value FROM sparring_belief
     WHERE by_role = 'caseworker' ORDER BY case_id, registered_at DESC, id DESC
), last_action AS (
    SELECT case_id, max(started_on) AS started_on FROM sparring_action
     WHERE started_on <= %(today)s::date GROUP BY case_id
), days AS (
    SELECT s.municipality_id, CASE WHEN n.value >= 6 THEN 'high' ELSE 'low' END AS belief,
           %(today)s::date - coalesce(a.started_on, s.started) AS since
      FROM sparring_case s JOIN newest n ON n.case_id = s.id
      LEFT JOIN last_action a ON a.case_id = s.id
     WHERE s.status = 'active'
)
SELECT municipality_id, belief, count(*) FILTER (WHERE since > 180), count(*),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY since)
  FROM days GROUP BY GROUPING SETS ((municipality_id, belief), (belief))
"""


@dataclass(frozen=True)
class WaitingForAction:
    """The cases with a high (6 or more) or a lower belief."""

    high_belief: bool
    over_180: Share
    median_days: int | None


def report(shown: Shown) -> tuple[WaitingForAction, ...]:
    """The higher belief first."""
    return tuple(
        WaitingForAction(label == HIGH, shown[label].share, shown[label].median)
        for label in (HIGH, LOW)
        if label in shown
    )


def passages(shown: Shown) -> Iterator[Passage]:
    """One for each level of belief."""
    for row in report(shown):
        heading = _("Belief 6 or more") if row.high_belief else _("Belief under 6")
        yield Passage(heading, tuple(_sentences(row)))


def _sentences(row: WaitingForAction) -> Iterator[str]:
    if row.median_days is not None:
        yield _("Half have waited %(days)s days or more for action.") % {"days": row.median_days}
    if row.over_180.share is not None:
        yield _("%(share)s (%(low)s–%(high)s) of %(n)s cases have waited over 180 days.") % {
            "share": percent(row.over_180.share),
            "low": percent(row.over_180.low),
            "high": percent(row.over_180.high),
            "n": number(row.over_180.n),
        }


INDICATOR = ActiveIndicator(
    code="I3",
    key="since_action",
    rows=(Row(HIGH), Row(LOW)),
    statement=STATEMENT,
    passages=passages,
    report=report,
)
