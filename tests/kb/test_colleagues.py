"""Colleagues in search: name, unit and themes, inside the municipality, while active."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

from kb.colleague_search_documents import colleague_document
from search import registry
from search.models import OutboxEvent
from search.outbox import deliver_batch
from search.services import search_for
from tests.factories.kb import ThemePageFactory
from tests.factories.people import EmployeeFactory, UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _postgres(settings):
    settings.ELASTICSEARCH_URL = ""


@pytest.fixture
def theme():
    return ThemePageFactory(number=7, nav_title="Tro uden handling")


@pytest.fixture
def knows(theme):
    employee = EmployeeFactory(first_name="Solvej", last_name="Prøvesen", theme_numbers=[7])
    deliver_batch()
    return employee


def found(user, query):
    deliver_batch()
    return [hit.title for hit in search_for(user, query, filters={"type": ("colleague",)}).hits]


def near(employee):
    return EmployeeFactory(unit=UnitFactory(municipality=employee.unit.municipality))


@pytest.mark.parametrize("query", ["solvej", "tro uden handling", "solvje"])
def test_a_colleague_is_found_by_name_and_theme(knows, query):
    assert found(near(knows), query) == ["Solvej Prøvesen"]


def test_by_unit_too_and_after_it_got_another_name(knows):
    reader = near(knows)
    knows.unit.name = "Virksomhedsservice Øst"
    knows.unit.save()

    assert found(reader, "virksomhedsservice øst") == ["Solvej Prøvesen"]


def test_nobody_elsewhere_finds_anybody(client, knows):
    stranger = EmployeeFactory()

    assert found(stranger, "solvej") == []
    visible = registry.source("colleague").visible
    assert list(visible(stranger, [str(knows.pk)])) == []
    assert list(visible(AnonymousUser(), [str(knows.pk)])) == []
    client.force_login(stranger)
    assert client.get(f"/kolleger/{knows.pk}/").status_code == 404


def test_a_closed_account_and_one_that_moved_are_gone_at_the_next_request(knows):
    reader = near(knows)
    type(knows).objects.filter(pk=knows.pk).update(is_active=False)
    assert [hit.title for hit in search_for(reader, "solvej").hits] == []

    knows.is_active = False
    knows.save()
    assert found(reader, "solvej") == []
    assert colleague_document(knows) is None


def test_only_name_unit_and_themes_stand_in_the_document(knows):
    document = colleague_document(knows)

    assert document.body == f"{knows.unit.name}\nTro uden handling"
    assert document.acl == {f"municipality:{knows.unit.municipality_id}"}
    assert document.topics == ("Tro uden handling",)


def test_a_theme_with_another_name_is_told(knows, theme):
    theme.nav_title = "Handling først"
    theme.save()

    assert found(near(knows), "handling først") == ["Solvej Prøvesen"]


def test_the_page_shows_what_was_found_and_no_more(client, knows, theme):
    client.force_login(near(knows))

    page = client.get(f"/kolleger/{knows.pk}/").content.decode()

    for text in ("Solvej Prøvesen", knows.unit.name, knows.email, theme.url):
        assert text in page


def test_a_login_is_nothing_new(client, knows):
    deliver_batch()
    client.force_login(knows)

    assert not OutboxEvent.objects.filter(source="colleague").exists()
