"""Sources in the editors' admin: who writes them, in Danish, and nothing is lost by a mistake."""

from __future__ import annotations

import pytest
from django.test import Client

from kb.domain.permissions import sync_groups
from privacy.models import AuditEntry
from sources.models import Source
from tests.factories.people import EmployeeFactory
from tests.factories.sources import SourceFactory

pytestmark = pytest.mark.django_db
ADD = "/redaktion/snippets/sources/source/add/"


def form(**changes):
    """What the form sends: one source with two authors."""
    return {
        "title": "Målt parathed",
        "kind": "article",
        "year": "2025",
        "authors-TOTAL_FORMS": "2",
        "authors-INITIAL_FORMS": "0",
        "authors-MIN_NUM_FORMS": "0",
        "authors-MAX_NUM_FORMS": "1000",
        "authors-0-id": "",
        "authors-0-family": "Bodilsen",
        "authors-0-ORDER": "2",
        "authors-1-id": "",
        "authors-1-organisation": "Aarhus Universitet",
        "authors-1-ORDER": "1",
        **changes,
    }


def logged_in(**role):
    client = Client()
    client.force_login(EmployeeFactory(**role))
    sync_groups()
    return client


@pytest.mark.parametrize("role", ["editor", "project_staff"])
def test_who_writes_texts_writes_sources(role):
    client = logged_in(**{role: True})

    answer = client.post(ADD, form(doi="https://doi.org/10.1057/S41599-025-04943-4"))

    assert answer.status_code == 302
    source = Source.objects.get()
    assert source.doi == "10.1057/s41599-025-04943-4"
    assert source.author_names == ["Aarhus Universitet", "Bodilsen"]
    assert AuditEntry.objects.get(action="source.create").object_id == str(source.pk)


def test_a_caseworker_does_not():
    assert logged_in().post(ADD, form()).status_code == 403


def test_a_wrong_doi_is_one_sentence_and_nothing_is_lost():
    answer = logged_in(editor=True).post(ADD, form(doi="se rapporten"))

    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.count("En DOI ser ud som 10.1057/s41599-025-04943-4.") == 1
    assert all(f'value="{kept}"' in page for kept in ("Målt parathed", "se rapporten", "Bodilsen"))
    assert not Source.objects.exists()


def test_changing_and_deleting_are_written_down():
    client, source = logged_in(editor=True), SourceFactory()
    address = "/redaktion/snippets/sources/source/{}/" + f"{source.pk}/"

    client.post(address.format("edit"), form(title="Rettet"))
    assert Source.objects.get().title == "Rettet"
    client.post(address.format("delete"))

    assert not Source.objects.exists()
    assert set(AuditEntry.objects.values_list("action", flat=True)) >= {
        "source.change", "source.delete"
    }  # fmt: skip


def test_a_missing_source_is_written_down_in_the_chooser():
    client = logged_in(editor=True)
    fields = {"title": "Ny kilde", "kind": "report", "year": "2024"}

    shown = client.get("/redaktion/snippets/choose/sources/source/").json()["html"]
    assert "Ny kilde" in shown
    client.post("/redaktion/snippets/choose/sources/source/create/", fields)

    assert Source.objects.get().title == "Ny kilde"
