"""All cases that wait for an own bid, one after the other, by one button each."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from sparring.beliefs.domain.needs import recompute
from sparring.beliefs.queries.needs import waiting_for_own_bid
from sparring.handovers.domain.handing_over import hand_over
from tests.factories.people import EmployeeFactory
from tests.factories.sparring import BeliefFactory, CaseFactory

pytestmark = pytest.mark.django_db
AGAIN = timedelta(days=120)


@pytest.fixture
def owner():
    """With a case never bid on, one whose bid is old, one handed over, and one in order."""
    person = EmployeeFactory()
    never, old, fresh = (CaseFactory(owner=person) for _number in range(3))
    BeliefFactory(case=old, by_employee=person, registered_at=timezone.now() - AGAIN)
    BeliefFactory(case=fresh, by_employee=person, registered_at=timezone.now() - AGAIN / 10)
    given = CaseFactory(owner__unit=person.unit)
    BeliefFactory(case=given)
    hand_over(case=given, actor=given.owner, to=person)
    recompute([never, old, fresh, given])
    return person


def test_through_all_of_them_by_save_and_next(client, owner):
    client.force_login(owner)
    codes = list(waiting_for_own_bid(owner).values_list("code", flat=True))
    assert len(codes) == 3
    page = client.get(reverse("sparring:case_list")).content.decode()
    assert "Giv bud på de 3, der venter, én efter én" in page
    address, seen = reverse("sparring:belief_register", args=[codes[0]]), []

    for left in (2, 1, 0):
        page = client.get(address).content.decode()
        assert (f"({left} tilbage)" in page) == bool(left)
        seen.append(address.split("/")[2])
        data = {"value": 5, "because": "Mødet i dag gik godt.", "next": "1"}
        answer = client.post(address, data)
        assert answer.status_code == 302
        address = answer.url

    assert seen == codes
    assert address == reverse("sparring:case_list")
    assert "Det var den sidste." in client.get(address).content.decode()
    assert not waiting_for_own_bid(owner).exists()


def test_a_refused_bid_stays_where_it_is(client, owner):
    client.force_login(owner)
    code = waiting_for_own_bid(owner).first().code
    address = reverse("sparring:belief_register", args=[code])

    answer = client.post(address, {"value": 5, "because": "", "next": "1"})

    assert answer.status_code == 422
    assert answer.context["others"] == 2


def test_reaffirming_goes_on_too(client, owner):
    client.force_login(owner)
    old = waiting_for_own_bid(owner).get(bid_by=owner)

    answer = client.post(
        reverse("sparring:belief_reaffirm", args=[old.code]),
        {"because": "Stadig aftalen om praktik.", "next": "1"},
    )

    following = waiting_for_own_bid(owner).first()
    assert answer.url == reverse("sparring:belief_register", args=[following.code])
    assert following.pk != old.pk


def test_without_the_button_one_comes_back_to_the_case(client, owner):
    client.force_login(owner)
    case = waiting_for_own_bid(owner).first()

    answer = client.post(
        reverse("sparring:belief_register", args=[case.code]),
        {"value": 5, "because": "Mødet i dag gik godt."},
    )

    assert answer.url == reverse("sparring:case_detail", args=[case.code])


def test_nobody_elses_cases_are_among_them(owner):
    assert not waiting_for_own_bid(EmployeeFactory(unit=owner.unit)).exists()
