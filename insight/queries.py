"""The counts behind the indicators, each by one statement in the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.db import connection

from people.working_days import working_days_after
from sparring.handovers.queries.handovers import WITHIN

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
       count(*) AS beliefs
  FROM judged GROUP BY municipality_id, value ORDER BY municipality_id, value
"""
ZONE = "Europe/Copenhagen"

# I16: the answers of a year by the case's municipality; never by who answered or about whom.
COLLEAGUE_ANSWERS = """
SELECT c.municipality_id, count(*) FILTER (WHERE a.answer = 'yes'), count(*),
       count(DISTINCT a.answered_by_id)
  FROM sparring_colleagueanswer a
  JOIN sparring_sparringsession s ON s.id = a.session_id
  JOIN sparring_case c ON c.id = s.case_id
 WHERE a.answered_on > %(today)s::date - INTERVAL '365 days' AND a.answered_on <= %(today)s::date
 GROUP BY c.municipality_id
"""

# I13: the handovers of a year, with the day the two talked. A handover of the same day back and
# forth is one row each.
HANDOVERS = """
SELECT c.municipality_id, h.former_owner_id, o.since, k.held_on
  FROM sparring_handover h
  JOIN sparring_caseownership o ON o.id = h.ownership_id
  JOIN sparring_case c ON c.id = o.case_id
  LEFT JOIN sparring_handovermeeting k ON k.id = h.meeting_id
 WHERE o.since > %(today)s::date - INTERVAL '365 days' AND o.since <= %(today)s::date
"""


@dataclass(frozen=True)
class StepCount:
    """Of `beliefs` first bids on a step, how many were followed by job or education; set apart."""

    municipality_id: int
    value: int
    yes: int
    apart: int
    beliefs: int


@dataclass(frozen=True)
class ActiveCount:
    """Of the `n` active cases in a row of an indicator, how many count there.

    `municipality_id` is None for all municipalities together.
    """

    municipality_id: int | None
    row: str
    count: int
    n: int
    median: int | None = None


@dataclass(frozen=True)
class YesCount:
    """Of a municipality's `n` answers or handovers, how many are a yes; by how many people."""

    municipality_id: int
    yes: int
    n: int
    people: int


def _rows(statement: str, **values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def outcome_by_belief(*, today: date) -> list[StepCount]:
    """Counts for each municipality and step 0–10; bids of 12 to 36 months ago."""
    return [StepCount(*row) for row in _rows(OUTCOME_BY_BELIEF, today=today, zone=ZONE)]


def active_counts(statement: str, *, today: date) -> list[ActiveCount]:
    """The counts of one indicator of active cases, for each municipality."""
    return [
        ActiveCount(municipality, row, count, n, *(round(median) for median in medians))
        for municipality, row, count, n, *medians in _rows(statement, today=today)
    ]


def colleague_answers(*, today: date) -> list[YesCount]:
    """The answers about colleagues of each municipality."""
    return [YesCount(*row) for row in _rows(COLLEAGUE_ANSWERS, today=today)]


def handover_meetings(*, today: date) -> list[YesCount]:
    """Of a year's handovers in each municipality, in how many the two talked in time.

    Counted once the working days are over or the two have talked; by who handed over.
    """
    found: dict[int, list[tuple[bool, int]]] = {}
    for municipality, giver, since, held_on in _rows(HANDOVERS, today=today):
        last = _last_day(since)
        if held_on is not None or last < today:
            in_time = held_on is not None and held_on <= last
            found.setdefault(municipality, []).append((in_time, giver))
    return [
        YesCount(
            municipality,
            sum(in_time for in_time, _giver in rows),
            len(rows),
            len({giver for _in_time, giver in rows}),
        )
        for municipality, rows in sorted(found.items())
    ]


@lru_cache(maxsize=800)
def _last_day(since: date) -> date:
    return working_days_after(since, WITHIN)
