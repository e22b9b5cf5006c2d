"""`load_demo` and the content it loads: once, whole, and never twice."""

from __future__ import annotations

import json
from collections import Counter
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from wagtail.models import Page, Revision, Site

from demo_content import loading as demo_loading
from demo_content.files import read
from demo_content.loader import load_content
from kb.models import (
    CollectionPage,
    EvidenceCard,
    HomePage,
    KeyFigure,
    Offer,
    PublicationPage,
    QuestionCard,
    ThemePage,
)
from people import demo as people_demo
from people.models import Employee, Municipality, Unit, WorkingHours
from privacy.models import AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return people_demo.load(read("people"))


def counts():
    models = (Page, Revision, KeyFigure, Offer, EvidenceCard, QuestionCard, AuditEntry)
    return {model.__name__: model.objects.count() for model in models}


def test_the_knowledge_base_is_loaded_whole_and_only_once(people, client):
    made = load_content()
    before = counts()

    again = load_content()

    assert made == {
        "front page": 1,
        "sources": 26,
        "key figures": 6,
        "sections": 10,
        "texts": 3,
        "English versions": 2,
        "open sections": 3,
        "accessibility statement": 1,
        "persons": 7,
        "themes": 9,
        "rereadings": 2,
        "publications": 19,
        "phrases": 16,
        "guideposts": 3,
        "question cards": 36,
        "evidence cards": 2,
        "offers": 25,
        "own guideposts": 4,
        "files": 1,
    }
    assert set(again.values()) == {0}
    assert counts() == before
    assert Site.objects.get(is_default_site=True).root_page_id == HomePage.objects.first().pk
    assert not Page.objects.filter(title__startswith="Welcome").exists()


def test_the_loaded_content_obeys_the_rules(people, client):
    load_content()
    client.force_login(Employee.objects.get(username="amina.yusuf"))
    theme = ThemePage.objects.get(number=5)

    assert not KeyFigure.objects.get(key="ufuldstaendigt-eksempel").live
    assert KeyFigure.objects.shown().count() == 4
    assert list(theme.published(Employee())) == []
    assert PublicationPage.objects.forthcoming().count() == 4
    assert {offer.alternative.name for offer in Offer.objects.exclude(closed_on=None)} == {
        "Læring på arbejdspladsen",
        "Styrkesamtale",
    }
    assert EvidenceCard.objects.get(slug="virksomhedspraktik").sources.count() == 2
    assert EvidenceCard.objects.shown().count() == EvidenceCard.objects.count()
    pages = Page.objects.live().filter(depth__gt=2)
    assert {client.get(page.url).status_code for page in pages.specific()} == {200}
    assert "Der er endnu ingen publikationer" in client.get(theme.url).content.decode()
    assert CollectionPage.objects.count() == 8


def test_what_an_editor_changed_is_kept(people):
    load_content()
    theme = ThemePage.objects.get(number=1)
    theme.title = "Vores egen overskrift"
    theme.save_revision().publish()

    load_content()

    assert ThemePage.objects.get(number=1).title == "Vores egen overskrift"


def test_the_people_are_three_units_with_roles_hours_and_managers(people):
    assert people == {"municipalities": 3, "units": 3, "employees": 14}
    amina = Employee.objects.get(username="amina.yusuf")
    assert amina.line_manager.username == "soren.kragh"
    assert amina.check_password(people_demo.DEMO_CREDENTIAL)
    assert (str(amina.unit), amina.roles) == ("Fjordby Job og Vækst", ["caseworker"])
    assert WorkingHours.objects.filter(employee=amina).exists()
    assert Employee.objects.get(username="birgitte.toft").groups.get().name == "Redaktører"
    assert (Municipality.objects.count(), Unit.objects.count()) == (3, 3)


def test_the_demo_is_refused_where_it_does_not_belong(settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match="not loaded in production"):
        call_command("load_demo")

    assert not Employee.objects.exists()


def test_a_demo_that_is_stopped_on_the_way_leaves_nobody_behind(monkeypatch):
    monkeypatch.setattr(demo_loading, "MODULES_ABOVE", ("tests.demo_content.broken_demo",))

    with pytest.raises(KeyboardInterrupt):
        call_command("load_demo")

    assert not Employee.objects.exists()


@pytest.mark.slow
def test_the_whole_demo_is_loaded_without_a_statement_for_every_little_thing():
    """37,586 statements before; a cold start waits for them (`make run`)."""
    counted = Counter[str]()

    def count(execute: Any, sql: Any, *rest: Any) -> Any:
        counted[str(sql).split(maxsplit=1)[0].upper()] += 1
        counted["audit"] += 'INTO "privacy_auditentry"' in str(sql)
        counted["all"] += 1
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        call_command("load_demo", stdout=StringIO())

    assert AuditEntry.objects.count() > 3_000
    assert counted["audit"] == 0  # written together, not one by one
    assert counted["SAVEPOINT"] + counted["RELEASE"] < 10
    assert counted["all"] < 30_000


def test_the_command_answers_in_json_and_leaves_a_used_database_alone(people):
    out = StringIO()

    call_command("load_demo", "--json", "--only-empty", stdout=out)

    report = json.loads(out.getvalue())
    assert report["made"] == {}
    assert report["logins"]["editor"] == "birgitte.toft"
    assert not HomePage.objects.exists()
