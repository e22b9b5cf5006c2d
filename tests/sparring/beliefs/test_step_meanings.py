from datetime import timedelta

import pytest
from django.utils import timezone, translation

from sparring.beliefs.queries.step_meanings import base_rate, step_meanings
from sparring.models import Case
from tests.factories.kb import KeyFigureFactory
from tests.factories.people import EmployeeFactory
from tests.factories.sparring import BeliefFactory, CaseFactory

pytestmark = pytest.mark.django_db


def beliefs(owner, count, *, began=0, value=7, days=400, closed_as="job", after=200):
    at = timezone.localtime() - timedelta(days=days)
    for number in range(count):
        case = CaseFactory(owner=owner)
        BeliefFactory(case=case, value=value, registered_at=at)
        if number < began:
            closed_on = at.date() + timedelta(days=after)
            Case.objects.filter(pk=case.pk).update(
                status="closed", closed_as=closed_as, closed_on=closed_on
            )


def meanings(owner):
    with translation.override("da"):
        return step_meanings(owner.unit)


def test_a_step_with_thirty_resolved_bids_has_an_interval():
    owner = EmployeeFactory()
    beliefs(owner, 30, began=6)

    assert meanings(owner) == {
        7: "Af mindst 30 bud på 7 her i enheden kom 5–40 % i gang inden for et år."
    }


@pytest.mark.parametrize(
    "values",
    [
        {"count": 29, "began": 6},
        {"count": 30, "began": 4},
        {"count": 30, "began": 27},
        {"count": 30, "began": 6, "days": 200, "after": 100},
        {"count": 32, "began": 6, "closed_as": "moved"},
    ],
    ids=["too few", "few began", "few did not", "not a year old", "moved away"],
)
def test_a_step_that_tells_too_little_or_too_much_is_left_out(values):
    owner = EmployeeFactory()
    beliefs(owner, **values)

    assert meanings(owner) == {}


def test_another_units_bids_do_not_count():
    owner = EmployeeFactory()
    beliefs(EmployeeFactory(), 30, began=6)

    assert meanings(owner) == {}


def test_otherwise_the_published_base_rate_stands_there():
    assert base_rate() is None
    figure = KeyFigureFactory(key="basistal", live=True)

    assert base_rate() == figure
