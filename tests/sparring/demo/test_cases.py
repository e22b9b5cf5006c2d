from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from demo_content.files import read
from people import demo as people_demo
from privacy.models import AuditEntry
from sparring.demo import cases
from sparring.demo.examples import WORKED
from sparring.enums import SUCCESS, ByRole
from sparring.models import Belief, Case, CaseOwnership, RenewalNeed, SparringRequest

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

# A rule added later need not be played by the demo.
SHOWN = [f"R{number}" for number in range(13)]


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The demo, loaded once for the tests of this file and rolled back."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        people_demo.load(read("people"))
        yield cases.load()
        transaction.set_rollback(True)


def hits(code):
    return {hit["code"]: hit["points"] for hit in RenewalNeed.objects.get(case__code=code).hits}


def test_the_sizes_are_those_of_the_document(loaded):
    assert (loaded["open cases"], loaded["closed cases"]) == (90, 240)
    assert Case.objects.values("municipality").distinct().count() == 3
    assert Case.objects.exclude(status="closed").count() == 90
    assert SparringRequest.objects.count() == loaded["sparring_requests"]


def test_the_nine_worked_examples_have_the_points_and_bands_of_the_document(loaded):
    expected = [
        ({}, "none"),
        ({"R1": 13, "R4": 25, "R5": 12}, "urgent"),
        ({"R3": 25, "R5": 12, "R8": 15}, "urgent"),
        ({"R1": 10, "R2": 20, "R6": 15}, "urgent"),
        ({"R7": 10, "R11": 8}, "ordinary"),
        ({"R1": 10, "R9": 12}, "ordinary"),
        ({"R10": 15}, "urgent"),
        ({"R0": 20, "R5": 12, "R11": 8}, "high"),
        ({"R1": 22, "R5": 12, "R8": 15, "R11": 8}, "urgent"),
    ]

    found = [
        (hits(story.code), RenewalNeed.objects.get(case__code=story.code).band) for story in WORKED
    ]

    assert found == expected


def test_the_rules_of_the_specification_hit_two_cases_at_least(loaded):
    open_needs = RenewalNeed.objects.exclude(case__status="closed")
    counts = Counter(hit["code"] for need in open_needs for hit in need.hits)

    assert [code for code in SHOWN if counts[code] < 2] == []


def test_about_six_of_a_hundred_began_and_more_on_the_higher_steps(loaded):
    first = {}
    for belief in (
        Belief.objects.filter(case__status="closed", by_role=ByRole.CASEWORKER)
        .order_by("-registered_at")
        .select_related("case")
    ):
        first[belief.case_id] = belief
    began = Counter()
    total = Counter()
    for belief in first.values():
        step = (belief.value >= 3) + (belief.value >= 5) + (belief.value >= 7) + (belief.value >= 9)
        days = (belief.case.closed_on - timezone.localdate(belief.registered_at)).days
        total[step] += 1
        began[step] += belief.case.closed_as in SUCCESS and days <= 365

    assert [total[step] for step in range(5)] == [72, 77, 53, 29, 9]
    assert [began[step] for step in range(5)] == [1, 2, 4, 5, 3]
    year = timezone.localtime() - timedelta(days=365)
    assert all(belief.registered_at < year for belief in first.values())


def test_it_was_built_by_the_domain_and_a_second_run_makes_nothing(loaded):
    assert AuditEntry.objects.filter(action="case.open").count() == 330
    assert AuditEntry.objects.filter(action__startswith="belief.").count() == loaded["beliefs"]
    assert CaseOwnership.objects.filter(until__isnull=True).count() == 330
    assert cases.load() == {"cases": 0}
