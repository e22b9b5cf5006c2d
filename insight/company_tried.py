"""I4, whether a workplace was tried, early, and beside something else: rows for the joint table.

A case counts by the same rule that writes it on the case's own page (`renewal.company`). The rows
are about active cases, as I3 and I5 are, so they are suppressed together with them (decision 0024)
by whoever publishes them; nothing here is shown as it is.
"""

from __future__ import annotations

from collections import Counter
from datetime import date

from privacy.suppression import CountRow
from renewal.company import company_view
from renewal.months import months_passed
from sparring.beliefs.queries.facts import facts_for
from sparring.models import Case

TRIED, EARLY, PARALLEL = "tried", "early", "parallel"
MONTHS = 6


def company_rows(*, today: date) -> dict[int, tuple[CountRow, ...]]:
    """For each municipality: of active cases of six months or more, how many tried a workplace."""
    active = Case.objects.active().select_related("unit__municipality").order_by("pk")
    cases = [case for case in active if months_passed(case.started, MONTHS, today)]
    facts = facts_for(cases, today=today)
    counts: dict[int, Counter[str]] = {}
    for case in cases:
        view = company_view(facts[case.pk])
        found = {TRIED: view.first is not None, EARLY: view.early, PARALLEL: view.parallel}
        counted = counts.setdefault(case.municipality_id, Counter())
        counted.update(["cases", *(label for label, is_so in found.items() if is_so)])
    return {
        municipality: tuple(
            CountRow(label, counted[label], counted["cases"]) for label in (TRIED, EARLY, PARALLEL)
        )
        for municipality, counted in counts.items()
    }
