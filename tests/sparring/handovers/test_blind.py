"""A handover freezes the old owner's bid, and the new owner rates without having seen it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from sparring.beliefs.domain.beliefs import correct_belief, register_belief
from sparring.beliefs.domain.needs import recompute
from sparring.handovers.domain.handing_over import hand_over
from sparring.models import Case
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

    assert "Dit eget bud først" in detail
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


def test_neither_reasons_nor_band_nor_place_tell_it(client):
    """Two cases, the same but for the predecessor's bid: their owner sees the same of both."""
    new, cases = EmployeeFactory(), []
    for value in (1, 9):
        case = CaseFactory(unit=new.unit, municipality=new.municipality, owner__unit=new.unit)
        at = timezone.localtime() - timedelta(days=300)
        BeliefFactory(case=case, value=value, because=SECRET, registered_at=at)
        BeliefFactory(case=case, value=value, by_role="citizen", registered_at=at)
        cases.append(hand_over(case=case, actor=case.owner, to=new))
    recompute(cases)
    assert (
        len({case.need.band for case in Case.objects.select_related("need")}) > 1
        or len({case.need.score for case in Case.objects.select_related("need")}) > 1
    )
    client.force_login(new)

    page = client.get(reverse("sparring:case_list"))
    one, other = page.context["rows"]

    same = ("reasons", "status", "status_tone", "belief", "action_label")
    assert [one[name] for name in same] == [other[name] for name in same]
    assert [one["title"], other["title"]] == sorted([one["title"], other["title"]])
    for band in ("urgent", "high", "ordinary", "none"):
        found = client.get(reverse("sparring:case_list"), {"band": band})
        assert found.context["rows"] == []
    assert len(client.get("/").context["rows"]) == 2


def test_what_was_handed_over_stands_first_and_the_rest_by_need(client):
    owner = EmployeeFactory()
    calm, due = CaseFactory(owner=owner), CaseFactory(owner=owner)
    BeliefFactory(case=calm, value=6, by_employee=owner)
    given = CaseFactory(owner__unit=owner.unit)
    BeliefFactory(case=given, value=6)
    hand_over(case=given, actor=given.owner, to=owner)
    recompute([calm, due, given])
    client.force_login(owner)

    rows = client.get(reverse("sparring:case_list")).context["rows"]

    own = Case.objects.filter(pk__in=[calm.pk, due.pk]).order_by("need__order_key")
    assert len({case.need.order_key for case in own}) == 2
    assert [row["title"] for row in rows] == [f"Sag {row.code}" for row in (given, *own)]
