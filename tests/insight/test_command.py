"""`indicators`: the published figures for whoever runs the site, no more than the page shows."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from django.utils.translation import override

from sparring.models import Case
from tests.factories.people import EmployeeFactory, MunicipalityFactory
from tests.factories.sparring import BeliefFactory, CaseFactory

pytestmark = pytest.mark.django_db


def printed(capsys, *arguments):
    with override("da"):
        call_command("indicators", *arguments)
    return capsys.readouterr().out


@pytest.fixture
def municipality():
    """One case with a bid, fifteen months old: far too few to say anything about."""
    owner = EmployeeFactory(unit__municipality__name="Egekøbing Kommune")
    case = CaseFactory(owner=owner)
    BeliefFactory(case=case, value=8, registered_at=timezone.now() - timedelta(days=460))
    return owner.municipality


def test_a_municipality_reads_its_own_figure_with_too_few_held_back(capsys, municipality):
    out = printed(capsys, "--municipality", municipality.slug)

    name, title, *_rest = out.splitlines()
    assert name == "Egekøbing Kommune"
    assert title
    assert "Der er endnu for få bud, der er et år gamle, til at vise noget." in out
    assert Case.objects.get().code not in out


def test_all_municipalities_together_are_named(capsys, municipality):
    MunicipalityFactory(name="Bøgeby Kommune")

    first = printed(capsys).splitlines()[0]

    assert set(first.split(", ")) == {"Egekøbing Kommune", "Bøgeby Kommune"}


def test_json_says_of_whom_nothing_can_be_said(capsys, municipality):
    report = json.loads(printed(capsys, "--municipality", municipality.slug, "--json"))

    assert {group["yes"] for group in report["outcome_by_belief"]["groups"]} <= {None, 0}
    assert [share["share"] for share in report["fresh_beliefs"].values()] == [None, None]


def test_a_municipality_that_is_not_there_is_named(capsys):
    with pytest.raises(CommandError, match="Der er ingen kommune »findes-ikke«"):
        printed(capsys, "--municipality", "findes-ikke")
