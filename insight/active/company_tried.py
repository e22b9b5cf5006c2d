"""I4: whether a company was ever tried, early, and beside something else.

Of active cases at least six months old, by the rule of the case's own page (`renewal.company`),
which the tests hold this statement against. A plan is not a try: the action has begun. Early and
beside are groups within those tried, so they are published by the rule of `Nested` alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from insight.active_indicator import ActiveIndicator, Found, Nested, Passage, Row, Shown
from kb.templatetags.ui import number, percent

TRIED, EARLY, BESIDE = "company_tried", "company_early", "company_beside"

# `begun` and `done` as the facts of a case have them (sparring.beliefs.queries.facts): a kept
# agreement counts as begun on its day, and what only an import knows of is not taken for running.
STATEMENT = """
WITH old_enough AS (
    SELECT id, municipality_id, started FROM sparring_case
     WHERE status = 'active' AND started + INTERVAL '6 months' <= %(today)s::date
), found AS (
    SELECT a.id, a.case_id, a.ended_on,
           a.kind IN ('placement', 'paid_hours', 'wage_subsidy', 'company_visit', 'trial_day',
                      'workplace_mentor') AS company,
           coalesce(a.started_on, CASE WHEN a.outcome NOT IN ('completed', 'stopped')
                                       THEN a.done_on END) AS begun,
           a.outcome IN ('completed', 'stopped')
               OR (a.started_on IS NOT NULL AND a.outcome = '')
               OR (a.done_on IS NOT NULL AND a.outcome <> 'running') AS done
      FROM sparring_action a JOIN old_enough o ON o.id = a.case_id
), lasting AS (
    SELECT id, case_id, company, begun,
           CASE WHEN NOT done AND ended_on IS NULL THEN %(today)s::date
                ELSE coalesce(ended_on, begun) END AS until
      FROM found WHERE begun <= %(today)s::date
), companies AS (
    SELECT c.case_id, min(c.begun) AS first, bool_or(
           EXISTS (SELECT FROM sparring_action_parallel_with p WHERE p.from_action_id = c.id)
           OR EXISTS (SELECT FROM lasting o WHERE o.case_id = c.case_id AND o.id <> c.id
                         AND c.begun <= o.until AND o.begun <= c.until)) AS beside
      FROM lasting c WHERE c.company GROUP BY c.case_id
)
SELECT o.municipality_id, rows.label, count(*) FILTER (WHERE CASE rows.label
           WHEN 'company_tried' THEN c.first IS NOT NULL
           WHEN 'company_early' THEN c.first < o.started + INTERVAL '3 months'
           ELSE c.beside END), count(*)
  FROM old_enough o LEFT JOIN companies c ON c.case_id = o.id
 CROSS JOIN (VALUES ('company_tried'), ('company_early'), ('company_beside')) AS rows(label)
 GROUP BY o.municipality_id, rows.label
"""


def passages(shown: Shown) -> Iterator[Passage]:
    """The share with its interval, and the two within it where they may be said."""
    yield Passage(_("A company tried"), tuple(_sentences(shown)))


def _sentences(shown: Shown) -> Iterator[str]:
    if tried := _values(shown, TRIED):
        yield _("In %(share)s (%(low)s–%(high)s) of %(n)s cases a company has been tried.") % tried
    if early := _values(shown, EARLY):
        yield _("In %(share)s (%(low)s–%(high)s) it began within the first three months.") % early
    if beside := _values(shown, BESIDE):
        yield _("In %(share)s (%(low)s–%(high)s) it went on beside something else.") % beside


def _values(shown: Shown, label: str) -> dict[str, str]:
    share = shown.get(label, Found()).share
    if share.share is None:
        return {}
    shares = {"share": share.share, "low": share.low, "high": share.high}
    return {name: percent(value) for name, value in shares.items()} | {"n": number(share.n)}


INDICATOR = ActiveIndicator(
    code="I4",
    key="company_tried",
    rows=(Row(TRIED),),
    nested=(Nested(EARLY, within=TRIED), Nested(BESIDE, within=TRIED)),
    statement=STATEMENT,
    passages=passages,
    caution=gettext_lazy("Of cases at least six months old. Offers may be closed by savings."),
)
