"""Sources in the editors' admin: who writes them, in Danish, and nothing is lost by a mistake."""

from __future__ import annotations

import re

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


def chosen_from(client, **asked):
    """The titles that the window offers for what was asked."""
    html = client.get("/redaktion/snippets/choose/sources/source/results/", asked).content.decode()
    return set(re.findall(r"data-chooser-modal-choice[^>]*>\s*(.*?)\s*</a>", html, re.DOTALL))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("parathed", {"Målt parathed (2019)"}),
        ("ROSHOLM 2019", {"Målt parathed (2019)"}),
        ("væksthuset", {"Indikatorer (2017)"}),
        ("10.1057", {"Målt parathed (2019)"}),
        ("2017", {"Indikatorer (2017)", "Trappen (2017)"}),
        ("parathed 2017", set()),
        ("", {"Målt parathed (2019)", "Indikatorer (2017)", "Trappen (2017)"}),
    ],
)
def test_a_source_is_looked_for_in_the_chooser(words, found):
    """By every word of what one remembers, in any order; each source stands there once."""
    people = [("Michael", "Rosholm"), ("Anna", "Rosholm")]
    SourceFactory(title="Målt parathed", year=2019, doi="10.1057/abc", written_by=people)
    SourceFactory(title="Indikatorer", year=2017, written_by=["Væksthuset"])
    SourceFactory(title="Trappen", year=2017)

    assert chosen_from(logged_in(editor=True), q=words) == found


def test_the_window_has_a_box_to_search_in_that_says_what_is_searched():
    client = logged_in(editor=True)

    for address in ("/redaktion/snippets/choose/sources/source/", "/redaktion/kilder/fodnote/"):
        html = client.get(address).json()["html"]
        assert "Titel, forfatter, udgiver, år eller DOI" in html
        assert 'name="q"' in html


def test_who_writes_no_texts_is_offered_no_source():
    SourceFactory(title="Målt parathed")

    answer = logged_in().get("/redaktion/snippets/choose/sources/source/results/")

    assert answer.status_code == 403
