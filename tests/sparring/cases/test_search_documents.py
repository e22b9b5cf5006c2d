import re
from datetime import timedelta

import pytest
from django.utils import timezone

from search import outbox, tasks
from search.models import OutboxEvent, QueryLogEntry
from sparring.beliefs.domain.beliefs import register_belief
from sparring.cases.search_documents import case_document, case_documents, visible
from sparring.enums import Answer, SessionState
from sparring.models import Case, Participation
from tests.factories.people import EmployeeFactory
from tests.factories.sparring import (
    ActionFactory,
    BeliefFactory,
    CaseFactory,
    StrengthFactory,
    TargetGroupFactory,
)

from .test_case_pages import partner_of

NONCE = r'nonce="[^"]*"|"X-CSRFToken": ?"[^"]*"|csrfmiddlewaretoken" value="[^"]*"'
pytestmark = pytest.mark.django_db


def document(case):
    return case_document(case_documents().get(pk=case.pk))


def test_a_case_is_found_by_its_owner_only():
    case = StrengthFactory(text="god til tal").case
    ActionFactory(case=case, kind="trial_day", what="Prøvedag i et lager")

    found = document(case)

    assert found.acl == {f"employee:{case.owner_id}"}
    assert (found.title, found.action_kinds) == (f"Sag {case.code}", ("trial_day",))
    assert "god til tal" in found.body
    assert "Prøvedag i et lager" in found.body


def deliver(*cases):
    outbox.enqueue_many("case", [case.pk for case in cases])
    tasks.deliver.func()


@pytest.fixture
def searcher(client):
    """Somebody with a case of their own, and somebody else's case of the same municipality."""
    own = CaseFactory(code="FJ-0003")
    other = CaseFactory(code="FJ-0004", owner=EmployeeFactory(unit=own.unit))
    deliver(own, other)
    client.force_login(own.owner)
    return own, other


@pytest.mark.parametrize("tab", ["", "content", "cases"])
@pytest.mark.parametrize("typed", ["FJ-0003", " fj-0003 ", "fj 0003", "FJ0003"])
def test_a_case_code_leads_to_the_case_from_every_tab(client, searcher, tab, typed):
    answer = client.get("/soeg/", {"q": typed, "in": tab})

    assert (answer.status_code, answer.get("Location")) == (302, "/sager/FJ-0003/")


@pytest.mark.parametrize("tab", ["", "content", "cases"])
def test_the_code_of_a_case_one_may_not_see_gets_what_a_made_up_one_gets(client, searcher, tab):
    real, invented = (
        client.get("/soeg/", {"q": code, "in": tab}) for code in ("FJ-0004", "FJ-9999")
    )

    assert client.get("/soeg/", {"q": "FJ", "in": "cases"}).context["result"].total == 1
    indexes = [(code, count) for code, _label, count in real.context["indexes"]]
    assert indexes == [("content", 0), ("cases", 0)]
    pages = [answer.content.decode() for answer in (real, invented)]
    assert re.sub(NONCE, "", pages[0]).replace("FJ-0004", "FJ-9999") == re.sub(NONCE, "", pages[1])
    assert not QueryLogEntry.objects.exclude(query="fj").exists()


def test_a_partner_is_led_there_exactly_while_they_see_the_case(client):
    case = CaseFactory(code="FJ-0003")
    partner = partner_of(case)
    participation = Participation.objects.get(employee=partner)
    client.force_login(partner)
    assert client.get("/soeg/", {"q": "FJ-0003"}).status_code == 302

    participation.access_until = timezone.now() - timedelta(minutes=1)
    participation.save(update_fields=["access_until"])

    assert client.get("/soeg/", {"q": "FJ-0003"}).status_code == 200


def test_the_facets_of_cases_are_in_words(client, searcher):
    own, _other = searcher
    group = TargetGroupFactory(code="uddannelseshjaelp", label="Uddannelseshjælp")
    deliver(CaseFactory(code="FJ-0005", owner=own.owner, target_group=group))

    groups = client.get("/soeg/", {"q": "FJ", "in": "cases"}).context["groups"]

    labels = {box.name: sorted(option.label for option in box.options) for box in groups}
    assert labels["target_group"] == ["Aktivitetsparat", "Uddannelseshjælp"]


def test_no_belief_is_in_the_index():
    case = CaseFactory()
    BeliefFactory(case=case, because="Hemmelig begrundelse")

    assert "Hemmelig" not in document(case).body


@pytest.mark.parametrize(
    ("session", "found"),
    [
        ({}, True),
        ({"answer": Answer.INVITED}, True),
        ({"answer": Answer.NO}, False),
        ({"state": SessionState.CANCELLED}, False),
        ({"state": SessionState.PROPOSED}, False),
        ({"until": timezone.now() + timedelta(days=1)}, True),
        ({"until": timezone.localtime() - timedelta(days=1)}, False),
    ],
)
def test_a_partner_finds_it_exactly_while_they_see_it(session, found):
    case = CaseFactory()
    partner = partner_of(case, **session)

    assert (f"employee:{partner.pk}" in document(case).acl) is found
    assert Case.objects.visible_to(partner).exists() is found
    assert list(visible(partner, [str(case.pk)])) == ([case.pk] if found else [])


def test_a_stranger_never_passes_the_last_check():
    case = CaseFactory()
    stranger = EmployeeFactory(unit=case.unit, coordinator=True)

    assert list(visible(stranger, [str(case.pk)])) == []


def test_every_change_tells_search():
    case = CaseFactory()

    register_belief(case=case, actor=case.owner, value=5, because="Begynder hos fire nye kolleger.")

    events = OutboxEvent.objects.filter(source="case").values_list("object_id", flat=True)
    assert list(events) == [str(case.pk)]


@pytest.mark.parametrize("count", [1, 3])
def test_documents_are_built_with_a_fixed_number_of_questions(count, django_assert_num_queries):
    for _ in range(count):
        ActionFactory(case=CaseFactory())

    with django_assert_num_queries(5):
        assert len([case_document(case) for case in case_documents()]) == count
