"""A handover freezes the old owner's bid, and the new owner rates without having seen it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from sparring.beliefs.domain.beliefs import correct_belief, register_belief
from sparring.beliefs.domain.needs import recompute
from sparring.cases.domain.lifecycle import hand_over
from tests.factories.people import EmployeeFactory
from tests.factories.sessions import SessionFactory
from tests.factories.sparring import BeliefFactory, CaseFactory

pytestmark = pytest.mark.django_db
SECRET = "Kolibrien har selv ringet"


@pytest.fixture
def handed():
    """A case with a predecessor's bids of 8 and 3 and the citizen's 9, handed over today."""
    case = CaseFactory()
    for value, days in ((8, 60), (3, 40)):
        at = timezone.localtime() - timedelta(days=days)
        BeliefFactory(case=case, value=value, because=SECRET, registered_at=at)
    BeliefFactory(case=case, value=9, by_role="citizen", because="Jeg vil i gang.")
    new = EmployeeFactory(unit=case.unit)
    return hand_over(case=case, actor=case.owner, to=new)


def pages(client, case):
    client.force_login(case.owner)
    addresses = [
        reverse("sparring:case_detail", args=[case.code]), reverse("sparring:case_list"), "/"
    ]  # fmt: skip
    return [client.get(address).content.decode() for address in addresses]


def test_no_page_tells_the_predecessors_number_before_the_own_bid(client, handed):
    recompute([handed])

    detail, listed, front = pages(client, handed)

    assert "Giv dit eget bud" in detail
    assert "Jeg vil i gang." in detail
    assert SECRET not in detail
    assert "du siger 3" not in detail
    for page in (detail, listed, front):
        assert "3 af 10" not in page
        assert "fra 8 til 3" not in page
    assert "Giv dit eget bud, før du ser din forgængers." in listed


def test_the_sessions_page_does_not_tell_it_either(client, handed):
    session = SessionFactory(case=handed)
    client.force_login(handed.owner)

    page = client.get(reverse("sparring:session", args=[session.pk])).content.decode()

    assert "Borgerens egen tro" in page
    assert "Sagsbehandlerens tro" not in page


def test_after_the_own_bid_everything_is_shown(client, handed):
    register_belief(
        case=handed, actor=handed.owner, value=6, because="Den første samtale fortalte det."
    )

    detail = pages(client, handed)[0]

    assert SECRET in detail
    assert "6 af 10" in detail


def test_the_old_bid_is_frozen(handed):
    old = handed.beliefs.filter(by_role="caseworker").first()

    with pytest.raises(PermissionDenied):
        correct_belief(belief=old, actor=old.by_employee, value=9, because="Jeg mente ni, ikke to.")


def test_a_correction_keeps_its_day_and_a_unit_its_interval(client):
    case = CaseFactory()
    type(case.unit).objects.filter(pk=case.unit_id).update(review_interval_days=30)
    at = timezone.localtime() - timedelta(days=40)
    slip = register_belief(
        case=case, actor=case.owner, value=7, because="Han møder til tiden.", at=at
    )
    fixed = correct_belief(belief=slip, actor=case.owner, value=4, because="Jeg mente kun fire.")
    client.force_login(case.owner)

    page = client.get(reverse("sparring:case_detail", args=[case.code]))

    assert fixed.meant_on == slip.meant_on
    assert page.context["own_state"] == "expired"
