"""I4 by hand: tried, early, beside something else; of active cases of six months or more."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from insight.company_tried import company_rows
from tests.factories.people import EmployeeFactory
from tests.factories.sparring import ActionFactory, CaseFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 30)


def case_of(owner, *actions, months=12, **more):
    """A case that began so many months ago, with actions as (kind, days after its start)."""
    case = CaseFactory(owner=owner, started=TODAY - timedelta(days=31 * months), **more)
    for kind, days in actions:
        ActionFactory(case=case, kind=kind, started_on=case.started + timedelta(days=days))
    return case


def rows(owner):
    found = company_rows(today=TODAY).get(owner.municipality_id, ())
    return {row.label: (row.count, row.n) for row in found}


def test_a_case_counts_where_it_is_so_and_other_municipalities_apart():
    owner, other = EmployeeFactory(), EmployeeFactory()
    case_of(owner)
    case_of(owner, ("course", 10))
    case_of(owner, ("placement", 30))
    case_of(owner, ("placement", 200))
    case_of(owner, ("placement", 200), ("course", 200))
    case_of(owner, ("placement", 30), months=3)
    case_of(owner, ("placement", 30), status="closed", closed_as="job", closed_on=TODAY)
    case_of(other, ("trial_day", 5))

    assert rows(owner) == {"tried": (3, 5), "early": (1, 5), "parallel": (1, 5)}
    assert rows(other) == {"tried": (1, 1), "early": (1, 1), "parallel": (0, 1)}


@pytest.mark.parametrize("count", [1, 3])
def test_it_asks_the_same_number_of_questions(count, django_assert_max_num_queries):
    owner = EmployeeFactory()
    for _ in range(count):
        case_of(owner, ("placement", 30), ("course", 30))

    with django_assert_max_num_queries(12):
        assert rows(owner)["tried"] == (count, count)
