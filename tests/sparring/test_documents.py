from datetime import timedelta

import pytest
from django.utils import timezone

from search.models import OutboxEvent
from sparring.documents import case_document, case_documents, visible
from sparring.domain.beliefs import register_belief
from sparring.enums import Answer, SessionState
from sparring.models import Case
from tests.factories.people import EmployeeFactory
from tests.factories.sparring import ActionFactory, BeliefFactory, CaseFactory

from .test_case_pages import partner_of

pytestmark = pytest.mark.django_db


def document(case):
    return case_document(case_documents().get(pk=case.pk))


def test_a_case_is_found_by_its_owner_only():
    case = CaseFactory(strengths=["god til tal"])
    ActionFactory(case=case, kind="trial_day", what="Prøvedag i et lager")

    found = document(case)

    assert found.acl == {f"employee:{case.owner_id}"}
    assert (found.title, found.action_kinds) == (f"Sag {case.code}", ("trial_day",))
    assert "god til tal" in found.body
    assert "Prøvedag i et lager" in found.body


def test_no_belief_is_in_the_index():
    case = CaseFactory()
    BeliefFactory(case=case, because="Hemmelig begrundelse")

    assert "Hemmelig" not in document(case).body


@pytest.mark.parametrize(
    ("talk", "found"),
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
def test_a_partner_finds_it_exactly_while_they_see_it(talk, found):
    case = CaseFactory()
    partner = partner_of(case, **talk)

    assert (f"employee:{partner.pk}" in document(case).acl) is found
    assert Case.objects.visible_to(partner).exists() is found
    assert list(visible(partner, [str(case.pk)])) == ([case.pk] if found else [])


def test_a_stranger_never_passes_the_last_check():
    case = CaseFactory()
    stranger = EmployeeFactory(unit=case.unit, coordinator=True)

    assert list(visible(stranger, [str(case.pk)])) == []


def test_every_change_tells_search():
    case = CaseFactory()

    register_belief(case=case, actor=case.owner, value=5, because="Begynder.")

    events = OutboxEvent.objects.filter(source="case").values_list("object_id", flat=True)
    assert list(events) == [str(case.pk)]


@pytest.mark.parametrize("count", [1, 3])
def test_documents_are_built_with_a_fixed_number_of_questions(count, django_assert_num_queries):
    for _ in range(count):
        ActionFactory(case=CaseFactory())

    with django_assert_num_queries(4):
        assert len([case_document(case) for case in case_documents()]) == count
