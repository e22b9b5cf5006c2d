"""The accessibility statement: where everybody looks for it, filled in by a form."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from open_half.models import AccessibilityStatement, Compliance
from people.roles import Role
from tests.factories.people import EmployeeFactory

pytestmark = pytest.mark.django_db
ADMIN = "/redaktion/settings/open_half/accessibilitystatement/"
AGENCY = "Digitaliseringsstyrelsen fører tilsyn"
LIMITATION = {
    "what": "Korte videoer uden tekst",
    "reason": "fault",
    "why": "De er optaget uden.",
    "instead": "Læs referatet.",
}


def written(**more) -> AccessibilityStatement:
    values = {
        "organisation": "Fjordby Kommune",
        "limitations": [("limitation", LIMITATION)],
        "method": "Vi brugte tastatur.\nVi brugte en skærmlæser.",
        "prepared_on": date(2026, 10, 1),
        "email": "was@example.org",
        "phone": "7000 0199",
    }
    return AccessibilityStatement.objects.create(**{**values, **more})


@pytest.mark.parametrize("path", ["/was/", "/tilgaengelighed/"])
def test_its_address_is_the_one_that_the_agency_names(path):
    assert Client().get(path)["Location"] == "/was"


def test_every_page_leads_to_it():
    assert 'href="/was"' in Client().get("/konto/login/").text


def test_it_has_all_parts_of_the_model_statement():
    written(reviewed_on=date(2026, 11, 2))

    page = Client().get("/was").text

    for words in (
        "Fjordby Kommune gør sit websted tilgængeligt",
        "opfylder EN 301 549 delvist",
        "Det opfylder ikke kravene endnu",
        "Korte videoer uden tekst",
        "De er optaget uden.",
        "Læs referatet.",
        "Den er skrevet den 1. oktober 2026.",
        "Vi har selv set på det",
        "Den er sidst set igennem den 2. november 2026.",
        "Vi brugte en skærmlæser.",
        "mailto:was@example.org",
        "tel:70000199",
        "inden for 5 arbejdsdage",
        AGENCY,
    ):
        assert words in page, words


def test_one_that_nobody_wrote_says_so_and_still_where_to_complain():
    page = Client().get("/was").text

    assert "har ikke skrevet sin erklæring endnu" in page
    assert AGENCY in page
    assert not AccessibilityStatement.objects.exists()


@pytest.mark.parametrize("missing", ["organisation", "email", "phone"])
def test_one_without_what_the_law_asks_counts_as_unwritten(missing):
    written(**{missing: ""})

    assert "har ikke skrevet sin erklæring endnu" in Client().get("/was").text


def test_the_official_one_comes_first():
    written(official_address="https://was.digst.dk/fjordby-dk")

    assert Client().get("/was")["Location"] == "https://was.digst.dk/fjordby-dk"


def test_no_other_place_is_taken_for_the_official_one():
    refusal = pytest.raises(IntegrityError, match="statement_official_address_is_the_agencys")
    with refusal, transaction.atomic():
        written(official_address="https://was.digst.example/fjordby")


@pytest.mark.parametrize("days", [0, 11])
def test_an_answer_comes_within_ten_working_days(days):
    refusal = pytest.raises(IntegrityError, match="statement_answers_within_ten_days")
    with refusal, transaction.atomic():
        written(answer_days=days)


def test_nobody_says_fully_beside_what_is_missing():
    statement = written(compliance=Compliance.FULL)

    with pytest.raises(ValidationError, match="kun delvist opfyldt"):
        statement.full_clean()
    written(compliance=Compliance.FULL, limitations=[]).full_clean()


@pytest.mark.parametrize(
    ("compliance", "words"), [("full", "fuldt ud"), ("not", "opfylder ikke EN 301 549")]
)
def test_it_says_how_far_the_requirements_are_met(compliance, words):
    written(compliance=compliance, limitations=[])

    page = Client().get("/was").text
    assert words in page
    assert "Indhold, der ikke er tilgængeligt" not in page


def test_the_editor_fills_it_in_by_a_form(client):
    client.force_login(EmployeeFactory(editor=True))
    form = client.get(ADMIN, follow=True)
    posted = {
        "organisation": "Hedelund",
        "compliance": "partial",
        "prepared_by": "self",
        "method": "Vi så efter.",
        "prepared_on": "2026-11-01",
        "email": "was@example.org",
        "phone": "7000 0100",
        "answer_days": "7",
        "limitations-count": "1",
        "limitations-0-deleted": "",
        "limitations-0-order": "0",
        "limitations-0-type": "limitation",
        "limitations-0-id": "",
        **{f"limitations-0-value-{name}": text for name, text in LIMITATION.items()},
    }

    answer = client.post(form.redirect_chain[-1][0], posted)

    assert answer.status_code == 302, answer.context["form"].errors
    page = Client().get("/was").text
    assert "Hedelund gør sit websted" in page
    assert "Korte videoer uden tekst" in page
    assert "inden for 7 arbejdsdage" in page


def test_who_edits_no_lists_does_not_change_it(client):
    client.force_login(EmployeeFactory(roles=[Role.PROJECT_STAFF]))

    answer = client.get(ADMIN, follow=True)

    assert 'name="organisation"' not in answer.text
