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
       count(*) AS beliefs
  FROM judged GROUP BY municipality_id, value ORDER BY municipality_id, value
"""
ZONE = "Europe/Copenhagen"

# I13: the answers of a year by the case's municipality; never by who answered or about whom.
COLLEAGUE_ANSWERS = """
SELECT c.municipality_id, count(*) FILTER (WHERE a.answer = 'yes'), count(*),
       count(DISTINCT a.answered_by_id)
  FROM sparring_colleagueanswer a
  JOIN sparring_sparringsession s ON s.id = a.session_id
  JOIN sparring_case c ON c.id = s.case_id
 WHERE a.answered_on > %(today)s::date - INTERVAL '365 days' AND a.answered_on <= %(today)s::date
 GROUP BY c.municipality_id
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
class AnswerCount:
    """Of the answers of a municipality's caseworkers, how many say yes; of how many people."""

    municipality_id: int
    yes: int
    answers: int
    caseworkers: int


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


def colleague_answers(*, today: date) -> list[AnswerCount]:
    """The answers about colleagues of each municipality."""
    return [AnswerCount(*row) for row in _rows(COLLEAGUE_ANSWERS, today=today)]
