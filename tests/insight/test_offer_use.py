"""Which offers are used and why: of a unit, from five up, and never one caseworker's."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from insight.offer_use import groups_of, offer_use
from tests.factories.kb import OfferFactory
from tests.factories.people import EmployeeFactory, MunicipalityFactory, UnitFactory
from tests.factories.sparring import ActionFactory, CaseFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 30)


def team(town, workers=5, cases=4, name="Team Nord"):
    """A unit with that many caseworkers, each with that many active cases; returns the cases."""
    unit = UnitFactory(municipality=town, name=name)
    owners = [EmployeeFactory(unit=unit) for _ in range(workers)]
    return [CaseFactory(owner=owner) for owner in owners for _ in range(cases)]


def begin(cases, offer, because="known", started_on=TODAY - timedelta(days=30)):
    for case in cases:
        ActionFactory(case=case, offer=offer, chosen_because=because, started_on=started_on)


def shown(lines):
    return {line.label: [(cell.count, cell.n, cell.under) for cell in line.cells] for line in lines}


def test_cases_are_counted_once_for_each_unit_and_all_together():
    town = MunicipalityFactory()
    north, south = team(town, name="A"), team(town, workers=6, name="B")
    trial = OfferFactory(name="Prøvedag")
    begin(north[:8], trial)
    begin(north[:8], trial)
    begin(south[:10], trial, because="citizen_wish")
    begin(south[:12], trial, started_on=TODAY - timedelta(days=366))
    begin(north[:7], None, because="citizen_wish")
    begin(south[:9], None)
    begin(team(MunicipalityFactory()), trial)

    use = offer_use(town.pk, today=TODAY)

    assert use.groups[:2] == ["A", "B"]
    assert shown(use.offers) == {"Prøvedag": [(8, 20, None), (10, 24, None), (18, 44, None)]}
    why = shown(use.reasons)
    assert why["Kender det bedst"] == [(8, 20, None), (9, 24, None), (17, 44, None)]
    assert why["Borgerens eget ønske"] == [(7, 20, None), (10, 24, None), (17, 44, None)]


@pytest.mark.parametrize("count", [1, 4])
def test_under_five_is_never_told_on_any_level(count):
    town = MunicipalityFactory()
    north, south = team(town, name="A"), team(town, workers=6, name="B")
    trial = OfferFactory(name="Prøvedag")
    begin(north[:count], trial)
    begin(south[:10], trial)

    cells = offer_use(town.pk, today=TODAY).offers[0].cells

    assert cells[0].count is None
    assert [cell.count for cell in cells[1:]].count(None) >= 1
    assert count not in {cell.count for cell in cells}
    assert 10 + count not in {cell.count for cell in cells} or cells[1].count is None


def test_a_unit_with_few_caseworkers_is_counted_with_another_and_alone_not_at_all():
    town = MunicipalityFactory()
    team(town, workers=1, cases=30, name="Lille")
    assert groups_of(town.pk) == []
    assert offer_use(town.pk, today=TODAY).groups == []

    team(town, workers=5, name="Stor")
    team(town, workers=7, name="Øst")

    groups = groups_of(town.pk)
    assert [(group.name, group.cases, len(group.owners)) for group in groups] == [
        ("Lille + Stor", 50, 6),
        ("Øst", 28, 7),
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_it_asks_the_same_number_of_questions(count, django_assert_num_queries):
    town = MunicipalityFactory()
    for number in range(count):
        begin(team(town, name=f"Team {number}")[:6], OfferFactory())

    with django_assert_num_queries(6):
        offer_use(town.pk, today=TODAY)


def test_the_page_says_how_many_it_is_about_and_names_nobody(client):
    town = MunicipalityFactory()
    cases = team(town)
    begin(cases[:9], OfferFactory(name="Prøvedag"), started_on=timezone.localdate())
    client.force_login(cases[0].owner)

    page = " ".join(client.get("/tal/tilbud/").content.decode().split())

    assert "9 af 20" in page
    for case in cases:
        assert case.code not in page
    assert all(case.owner.first_name not in page.split("<main", 1)[1] for case in cases)


def test_another_municipality_and_nobody_have_no_table(client):
    team(MunicipalityFactory())
    client.force_login(EmployeeFactory())
    assert "Prøvedag" not in client.get("/tal/tilbud/").content.decode()
    client.force_login(EmployeeFactory(unit=None, project_staff=True))
    assert client.get("/tal/tilbud/").status_code == 404
