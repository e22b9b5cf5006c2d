"""A source's page: what cites it, for whoever may open that, and references to take away."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from django.db import transaction
from django.db.models import ProtectedError
from django.test import Client

from demo_content.bodies import rich_text
from kb.models import Collection, EvidenceSource
from sources.models import Source
from tests.factories.kb import (
    CollectionPageFactory,
    EvidenceCardFactory,
    KeyFigureFactory,
    PublicationPageFactory,
    StandardPageFactory,
    ThemePageFactory,
)
from tests.factories.people import EmployeeFactory
from tests.factories.sources import SourceFactory

pytestmark = pytest.mark.django_db


def citing(source, **page):
    body = [("paragraph", rich_text("Tekst.")), ("source_note", {"source": source})]
    return ThemePageFactory(body=body, **page)


def open_page(source, person=None):
    client = Client()
    if person is not None:
        client.force_login(person)
    return client.get(f"/kilder/{source.slug}/")


def named(html):
    section = html[html.index('id="cited-by"') :].split("</section>")[0]
    return re.findall(r'<a href="[^"]+">([^<]+)</a></li>', section)


def test_everything_that_cites_it_is_named_to_an_employee():
    source = SourceFactory(title="BIP-rapporten")
    citing(source, title="Åbent tema", is_open=True)
    citing(source, title="Tema bag login")
    citing(source, title="Kladde", live=False)
    PublicationPageFactory(title="Publikationen", source=source)
    CollectionPageFactory(collection=Collection.FIGURES)
    CollectionPageFactory(collection=Collection.EVIDENCE)
    KeyFigureFactory(statement="Seks ud af 100", source=source, live=True)
    KeyFigureFactory(statement="Kladdetal", source=source)
    card = EvidenceCardFactory(subject="Praktik")
    EvidenceSource.objects.create(card=card, source=source)
    card.save()

    html = open_page(source, EmployeeFactory()).content.decode()

    assert sorted(named(html)) == sorted(
        ["Åbent tema", "Tema bag login", "Publikationen", "Seks ud af 100", "Praktik"]
    )


def test_a_visitor_without_login_is_told_of_open_texts_only():
    source = SourceFactory()
    citing(source, title="Åbent tema", is_open=True)
    citing(source, title="Tema bag login")
    KeyFigureFactory(statement="Seks ud af 100", source=source, live=True)

    assert named(open_page(source).content.decode()) == ["Åbent tema"]


@pytest.mark.parametrize("form", ["", "bibtex/"])
def test_a_source_of_closed_texts_asks_for_login(form):
    source = SourceFactory()
    citing(source)

    answer = Client().get(f"/kilder/{source.slug}/{form}")

    assert answer.status_code == 302
    assert answer.url.startswith("/konto/login/")


def test_a_source_that_nothing_cites_says_so():
    html = open_page(SourceFactory(), EmployeeFactory()).content.decode()

    assert "Intet, du kan åbne, citerer den." in html


def test_a_retracted_source_says_so_first():
    source = SourceFactory(retracted_on=date(2024, 5, 1), retracted_because="Byttet om.")

    html = open_page(source, EmployeeFactory()).content.decode()

    assert "Værket er trukket tilbage" in html
    assert "1. maj 2024: Byttet om." in html


def test_what_is_not_known_of_it_is_said():
    html = open_page(SourceFactory(year=None), EmployeeFactory()).content.decode()

    assert html.count("Ikke oplyst") == 2
    assert "Vi kender ingen adresse til den." in html


def test_the_list_is_found_through_and_needs_login():
    SourceFactory(title="BIP-rapporten", written_by=[("", "Rosholm"), ("", "Skipper")])
    SourceFactory(title="VIVE-notatet", kind="law")
    client = Client()
    assert client.get("/kilder/").status_code == 302
    client.force_login(EmployeeFactory())

    def titles(query):
        return re.findall(
            r'/kilder/[\w-]+/">([^<]+)<', client.get(f"/kilder/{query}").content.decode()
        )

    assert sorted(titles("")) == ["BIP-rapporten", "VIVE-notatet"]
    assert titles("?q=skipper") == ["BIP-rapporten"]
    assert titles("?slags=law") == ["VIVE-notatet"]
    assert titles("?q=zebra&slags=x") == []


def test_a_list_of_many_costs_few_questions(django_assert_max_num_queries):
    for number in range(60):
        SourceFactory(written_by=[("", f"Jensen {number}"), "VIVE"])
    client = Client()
    client.force_login(EmployeeFactory())
    client.get("/kilder/")

    with django_assert_max_num_queries(12):
        html = client.get("/kilder/").content.decode()

    assert html.count('class="result"') == 50


@pytest.mark.parametrize(
    ("form", "media", "ending"),
    [
        ("bibtex", "application/x-bibtex", "bib"),
        ("ris", "application/x-research-info-systems", "ris"),
        ("csl", "application/vnd.citationstyles.csl+json", "json"),
    ],
)
def test_a_reference_is_taken_away_as_a_file(form, media, ending):
    source = SourceFactory(title="Tro og tal")
    citing(source, is_open=True)

    answer = Client().get(f"/kilder/{source.slug}/{form}/")

    assert answer.headers["Content-Type"] == f"{media}; charset=utf-8"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="tro-og-tal.{ending}"'
    assert "Tro og tal" in answer.content.decode()


def test_a_page_gives_its_whole_list_in_its_order_to_whom_it_opens_for():
    second, first = SourceFactory(title="B"), SourceFactory(title="A")
    body = [("source_note", {"source": second}), ("source_note", {"source": first})]
    shown, closed = StandardPageFactory(body=body, is_open=True), StandardPageFactory(body=body)
    client = Client()

    read = json.loads(client.get(f"/kilder/side/{shown.pk}/csl/").content)
    assert [entry["title"] for entry in read] == ["B", "A"]
    assert client.get(f"/kilder/side/{closed.pk}/csl/").status_code == 404
    client.force_login(EmployeeFactory())
    assert client.get(f"/kilder/side/{closed.pk}/csl/").status_code == 200


def test_a_form_that_nobody_knows_is_not_found():
    source = SourceFactory()
    citing(source, is_open=True)

    assert Client().get(f"/kilder/{source.slug}/word/").status_code == 404


def test_a_source_that_is_cited_stays():
    source = SourceFactory(title="BIP-rapporten")
    citing(source, title="Temaet")
    client = Client()
    client.force_login(EmployeeFactory(editor=True))

    answer = client.post(f"/redaktion/snippets/sources/source/delete/{source.pk}/", follow=True)

    assert "»BIP-rapporten« er citeret 1 sted og bliver." in answer.content.decode()
    with pytest.raises(ProtectedError), transaction.atomic():
        source.delete()
    assert Source.objects.filter(pk=source.pk).exists()
