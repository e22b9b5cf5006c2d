from __future__ import annotations

import json

import pytest
from django.core.management import CommandError, call_command

from sparring.enums import PlanState, SessionState
from sparring.models import SparringPlan, SparringSession
from tests.factories.people import MunicipalityFactory
from tests.factories.planning import Town, next_monday

pytestmark = pytest.mark.django_db


def run(capsys, *arguments):
    call_command("plan_sparring", "--first-day", next_monday().isoformat(), *arguments)
    return capsys.readouterr().out


def test_a_draft_as_json(capsys):
    town = Town()
    case = town.case()

    report = json.loads(run(capsys, "--json"))

    session = report["sessions"][0]
    assert (session["case"], session["presenter"], session["minutes"]) == (
        case.code,
        case.owner.username,
        25,
    )
    assert (report["state"], report["unplaced"], report["waiting"]) == ("draft", [], {})
    assert report["certificate"]["dual_gap"] == 0


def test_published_when_asked_to(capsys):
    town = Town()
    town.case()

    out = run(capsys, "--municipality", town.municipality.slug, "--publish")

    assert "udgivet" in out
    assert SparringPlan.objects.get().state == PlanState.PUBLISHED
    assert SparringSession.objects.get().state == SessionState.PLANNED


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--municipality", "findes-ikke"], "Der er ingen kommune, der hedder findes-ikke."),
        (["--as", "nobody"], "Der er ingen sparringskoordinator med det brugernavn i"),
        (["--days", "99"], "Vælg 1 til 42 dage."),
    ],
)
def test_one_clear_line_for_what_cannot_be(capsys, arguments, message):
    Town()

    with pytest.raises(CommandError) as refused:
        run(capsys, *arguments)

    assert message in str(refused.value)


def test_a_caseworker_cannot_plan_by_command(capsys):
    town = Town()

    with pytest.raises(CommandError, match="Kun en sparringskoordinator"):
        run(capsys, "--as", town.colleagues[0].username)


def test_which_municipality_must_be_said_where_there_are_several(capsys):
    Town()
    MunicipalityFactory()

    with pytest.raises(CommandError, match="--municipality"):
        run(capsys)
