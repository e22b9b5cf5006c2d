from __future__ import annotations

import csv
from datetime import timedelta

import pytest
from django.utils import timezone

from privacy.models import AuditEntry
from sparring.enums import CaseStatus, ClosedAs
from tests.factories.people import EmployeeFactory
from tests.factories.sparring import BeliefFactory, CaseFactory

pytestmark = pytest.mark.django_db
SHARE = "30,0 % (16,7 %–47,9 %)".replace(" %", "\N{NO-BREAK SPACE}%")


def _cases(owner, value, beliefs, jobs):
    at = timezone.localtime() - timedelta(days=500)
    for n in range(beliefs):
        closed = {
            "status": CaseStatus.CLOSED,
            "closed_as": ClosedAs.JOB,
            "closed_on": at.date() + timedelta(days=90),
        }
        case = CaseFactory(owner=owner, **(closed if n < jobs else {}))
        BeliefFactory(case=case, value=value, registered_at=at)


@pytest.fixture
def owner(client):
    owner = EmployeeFactory()
    client.force_login(owner)
    return owner


def test_the_page_shows_the_figure_as_a_drawing_and_as_a_table(client, owner):
    _cases(owner, 7, 30, 9)

    page = client.get("/tal/").content.decode()

    assert '<svg role="img"' in page
    assert SHARE in page
    assert "sammenhæng, ikke et bevis for årsag" in page


def test_a_hidden_count_is_nowhere_on_the_page_nor_in_the_file(client, owner):
    """3 of 37 would be 8.1 %: neither the count, its share nor a drawn bar may be there."""
    _cases(owner, 7, 37, 3)

    page = client.get("/tal/").content.decode()
    file = client.get("/tal/udfald.csv").content.decode("utf-8-sig")

    for place in (page, file):
        assert "under 5 af 37" in place
        assert "8,1\N{NO-BREAK SPACE}%" not in place
        assert "0.081" not in place


def test_the_file_has_the_cells_of_the_page_and_is_audited(client, owner):
    _cases(owner, 7, 30, 9)

    file = client.get("/tal/udfald.csv").content.decode("utf-8-sig")
    rows = list(csv.reader(file.splitlines(), delimiter=";"))

    assert rows[1] == ["7–8", "30", "9", SHARE]
    assert AuditEntry.objects.filter(action="figures.exported", actor=owner).count() == 1


def test_an_empty_municipality_is_told_so(client, owner):
    assert "for få bud" in client.get("/tal/").content.decode()


def test_somebody_without_a_unit_still_reads_the_research(client):
    client.force_login(EmployeeFactory(unit=None))

    response = client.get("/tal/")

    assert "Ingen egne tal" in response.content.decode()
    assert client.get("/tal/udfald.csv").status_code == 404


@pytest.mark.parametrize("cases", [1, 3])
def test_the_page_costs_the_same_however_many_cases(
    client, owner, cases, django_assert_num_queries
):
    _cases(owner, 7, cases, 0)
    client.get("/tal/")

    with django_assert_num_queries(16):
        client.get("/tal/")
