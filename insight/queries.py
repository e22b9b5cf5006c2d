"""The counts behind the indicators, each by one statement in the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

# I1 (docs/domain.md, C): the first caseworker belief of a case in a quarter, judged after twelve
# months from that day. Moved and paused cases stand by themselves; they are no "no".
# The window begins with a whole quarter, so that the first bid of a quarter is its first.
OUTCOME_BY_BELIEF = """
WITH first_in_quarter AS (
    SELECT DISTINCT ON (b.case_id, date_trunc('quarter', b.registered_at AT TIME ZONE %(zone)s))
           b.case_id, b.value, (b.registered_at AT TIME ZONE %(zone)s)::date AS day
      FROM sparring_belief b
     WHERE b.by_role = 'caseworker'
       AND b.registered_at AT TIME ZONE %(zone)s
           >= date_trunc('quarter', %(today)s::timestamp - INTERVAL '36 months')
       AND b.registered_at AT TIME ZONE %(zone)s
           < %(today)s::timestamp - INTERVAL '12 months' + INTERVAL '1 day'
       AND NOT EXISTS (SELECT FROM sparring_belief c WHERE c.corrects_id = b.id)
     ORDER BY b.case_id, date_trunc('quarter', b.registered_at AT TIME ZONE %(zone)s),
              b.registered_at, b.id
), judged AS (
    SELECT s.municipality_id, q.value,
           s.closed_on IS NOT NULL AND s.closed_on >= q.day
               AND s.closed_on <= q.day + INTERVAL '12 months' AS ended,
           s.closed_as, s.status
      FROM first_in_quarter q JOIN sparring_case s ON s.id = q.case_id
)
SELECT municipality_id, value,
       count(*) FILTER (WHERE ended AND closed_as IN ('job', 'education')) AS yes,
       count(*) FILTER (WHERE (ended AND closed_as = 'moved') OR status = 'paused') AS apart,
       count(*) AS bids
  FROM judged GROUP BY municipality_id, value ORDER BY municipality_id, value
"""

# I3: days since the newest started action of active cases, by the newest caseworker belief, for
# each municipality and, without one, for all of them.
SINCE_ACTION = """
WITH newest AS (
    SELECT DISTINCT ON (case_id) case_id, value FROM sparring_belief
     WHERE by_role = 'caseworker' ORDER BY case_id, registered_at DESC, id DESC
), last_action AS (
    SELECT case_id, max(started_on) AS started_on FROM sparring_action
     WHERE started_on <= %(today)s::date GROUP BY case_id
), days AS (
    SELECT s.municipality_id, (n.value >= 6) AS high,
           %(today)s::date - coalesce(a.started_on, s.started) AS since
      FROM sparring_case s JOIN newest n ON n.case_id = s.id
      LEFT JOIN last_action a ON a.case_id = s.id
     WHERE s.status = 'active'
)
SELECT municipality_id, high, count(*), count(*) FILTER (WHERE since > 180),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY since)
  FROM days GROUP BY GROUPING SETS ((municipality_id, high), (high))
 ORDER BY municipality_id, high DESC
"""

# I5: active cases with a caseworker belief of at most 90 days, a citizen's of at most 180.
FRESH = """
SELECT s.municipality_id, count(*),
       count(*) FILTER (WHERE EXISTS (
           SELECT FROM sparring_belief b WHERE b.case_id = s.id AND b.by_role = 'caseworker'
              AND b.registered_at >= %(today)s::date - INTERVAL '90 days')),
       count(*) FILTER (WHERE EXISTS (
           SELECT FROM sparring_belief b WHERE b.case_id = s.id AND b.by_role = 'citizen'
              AND b.registered_at >= %(today)s::date - INTERVAL '180 days'))
  FROM sparring_case s
 WHERE s.status = 'active' GROUP BY s.municipality_id ORDER BY s.municipality_id
"""
ZONE = "Europe/Copenhagen"


@dataclass(frozen=True)
class StepCount:
    """Of `bids` first bids on a step, how many were followed by job or education; set apart."""

    municipality_id: int
    value: int
    yes: int
    apart: int
    bids: int


@dataclass(frozen=True)
class SinceAction:
    """Active cases whose belief is high (6 or more) or not: how many, how many over 180 days.

    `municipality_id` is None for all municipalities together.
    """

    municipality_id: int | None
    high: bool
    cases: int
    over_180: int
    median_days: int


@dataclass(frozen=True)
class Fresh:
    """A municipality's active cases, and how many have a fresh belief of each kind."""

    municipality_id: int
    cases: int
    caseworker: int
    citizen: int


def _rows(statement: str, **values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def outcome_by_belief(*, today: date) -> list[StepCount]:
    """Counts for each municipality and step 0–10; bids of 12 to 36 months ago."""
    return [StepCount(*row) for row in _rows(OUTCOME_BY_BELIEF, today=today, zone=ZONE)]


def since_action(*, today: date) -> list[SinceAction]:
    """Counts and medians for each municipality and for all together, high belief first."""
    return [
        SinceAction(place, high, cases, over, round(median))
        for place, high, cases, over, median in _rows(SINCE_ACTION, today=today)
    ]


def fresh_beliefs(*, today: date) -> list[Fresh]:
    """Counts for each municipality that has active cases."""
    return [Fresh(*row) for row in _rows(FRESH, today=today)]
