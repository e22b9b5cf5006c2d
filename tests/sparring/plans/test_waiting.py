"""Cases without sparring: the planner's order, the place of a request, and for whom."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from people.roles import Role
from sparring.beliefs.domain.needs import recompute
from sparring.enums import RequestState
from sparring.plans.queries.waiting import rank_of, waiting_list
from tests.factories.people import EmployeeFactory, UnitFactory
from tests.factories.sessions import RequestFactory
from tests.factories.sparring import BeliefFactory, CaseFactory

pytestmark = pytest.mark.django_db


def day(days):
    return timezone.localdate() + timedelta(days=days)


@pytest.fixture
def unit():
    return UnitFactory()


def case_of(unit, **rest):
    return CaseFactory(owner=EmployeeFactory(unit=unit), **rest)


def sparring_request(case, **rest):
    return RequestFactory(case=case, state=RequestState.LISTED, **rest)


def test_urgent_first_then_wishes_by_their_day_then_the_rest(unit):
    calm, late, early = (case_of(unit, started=day(-3)) for _ in range(3))
    due = case_of(unit, started=day(-300))
    urgent = case_of(unit, started=day(-900))
    BeliefFactory(case=urgent, value=1, registered_at=timezone.localtime() - timedelta(days=210))
    recompute([calm, late, early, due, urgent])
    sparring_request(late, deadline=day(30))
    sparring_request(early, deadline=day(5))
    case_of(UnitFactory(), started=day(-900))  # another municipality's

    rows = waiting_list(unit.municipality)

    assert [row.case for row in rows] == [urgent, early, late, due]
    assert [row.position for row in rows] == [1, 2, 3, 4]
    assert rows[0].band == "Akut"
    assert rows[3].reasons == ["Intet bud", "Ingen virksomhed", "Borgerens stemme mangler"]


def test_the_place_of_a_wish_among_the_wishes(unit):
    first, second = (case_of(unit, started=day(-3)) for _ in range(2))
    recompute([first, second])
    early, late = sparring_request(first, deadline=day(3)), sparring_request(second)
    RequestFactory(state=RequestState.LISTED)  # another municipality's

    assert (rank_of(early).position, rank_of(early).sparring_requests) == (1, 2)
    assert rank_of(late).position == 2
    held = RequestFactory(case=case_of(unit), state=RequestState.HELD)
    assert rank_of(held) is None


@pytest.mark.parametrize("count", [1, 3])
def test_a_fixed_number_of_questions(unit, count, django_assert_num_queries):
    for _ in range(count):
        case = case_of(unit)
        recompute([case])
        sparring_request(case)
    town = unit.municipality

    with django_assert_num_queries(5):
        waiting_list(town)
    request = case.requests.select_related("case").get()
    with django_assert_num_queries(1):
        rank_of(request)


def test_the_page_is_the_coordinators_and_shows_no_number_of_belief(client, unit):
    case = case_of(unit, started=day(-400))
    BeliefFactory(case=case, value=8, because="Hemmelig grund", registered_at=timezone.now())
    recompute([case])
    client.force_login(EmployeeFactory(unit=unit, roles=[Role.COORDINATOR]))

    page = client.get(reverse("sparring:waiting")).content.decode()

    assert case.code in page
    assert "Tro uden handling" in page
    assert "Hemmelig grund" not in page
    client.force_login(case.owner)
    assert client.get(reverse("sparring:waiting")).status_code == 403
