"""Methods, phrases, offers and question cards refer to themes: chosen, renumbered, and kept."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.db.models import ProtectedError
from django.urls import reverse

from kb.models import ThemePage
from learning.models import Method
from people.roles import Role
from search.engines.base import CONTENT, SearchRequest
from search.engines.select import postgres
from search.outbox import deliver_batch
from tests.factories.kb import (
    CollectionPageFactory,
    OfferFactory,
    PhraseFactory,
    PublicationPageFactory,
    QuestionCardFactory,
    ThemePageFactory,
)
from tests.factories.learning import MethodFactory
from tests.factories.people import EmployeeFactory
from tests.factories.stories import make_draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    client.force_login(EmployeeFactory(roles=[Role.ADMINISTRATOR]))
    return client


def used_by(theme, kind):
    if kind == "question":
        return QuestionCardFactory(theme=theme, text="Hvad har vi ikke prøvet?")
    factory = {"method": MethodFactory, "offer": OfferFactory, "phrase": PhraseFactory}[kind]
    item = factory()
    item.themes.add(theme)
    item.save()
    return item


@pytest.mark.parametrize("kind", ["method", "offer", "phrase", "question"])
def test_a_theme_in_use_is_not_deleted_and_the_page_says_where(administrator, kind):
    theme = ThemePageFactory(nav_title="Tro uden handling")
    item = used_by(theme, kind)

    for page in (theme, theme.get_parent()):
        address = reverse("wagtailadmin_pages:delete", args=[page.pk])
        html = administrator.post(address, follow=True).content.decode()
        assert "»Tro uden handling« er i brug" in html
        assert str(item) in html
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    administrator.post(f"{bulk}?id={theme.pk}&next=/redaktion/")
    with pytest.raises(ProtectedError), transaction.atomic():
        ThemePage.objects.get(pk=theme.pk).delete()

    assert ThemePage.objects.filter(pk=theme.pk).exists()


def test_stories_are_counted_and_not_named(administrator):
    theme = ThemePageFactory()
    make_draft(title="Kaffe før kursus", themes=[theme])
    PublicationPageFactory(title="Hovedpointer", themes=[theme])

    address = reverse("wagtailadmin_pages:delete", args=[theme.pk])
    html = administrator.post(address, follow=True).content.decode()

    assert "Hovedpointer" in html
    assert "1 historie" in html
    assert "Kaffe" not in html


def test_a_theme_nothing_is_about_is_deleted(administrator):
    theme = ThemePageFactory()

    administrator.post(reverse("wagtailadmin_pages:delete", args=[theme.pk]))

    assert not ThemePage.objects.exists()


def test_a_theme_is_chosen_and_not_typed(administrator):
    theme = ThemePageFactory(title="Handling efter tro")
    method = MethodFactory()
    address = f"/redaktion/snippets/learning/method/edit/{method.pk}/"
    names = ("slug", "name", "minutes", "participants", "purpose", "when", "when_not", "steps")
    data = {name: getattr(method, name) for name in names}

    html = administrator.get(address).content.decode()
    assert "Handling efter tro" in html
    refused = administrator.post(address, data | {"themes": [99999]})
    assert (refused.status_code, method.themes.count()) == (200, 0)
    administrator.post(address, data | {"themes": [theme.pk], "action-publish": "ja"})

    assert list(Method.objects.get(pk=method.pk).themes.all()) == [theme]
    card = administrator.get("/redaktion/snippets/kb/questioncard/add/").content.decode()
    assert 'data-chooser-url="/redaktion/choose-page/' in card


def test_cards_follow_a_theme_that_gets_another_number(client):
    theme = ThemePageFactory(number=9, nav_title="Tro uden handling")
    QuestionCardFactory(theme=theme, text="Hvad har vi ikke prøvet?")
    page = CollectionPageFactory(collection="questions", is_open=True)
    theme.number = 42
    theme.save()

    html = client.get(page.url).content.decode()

    assert "Tro uden handling" in html.split("Hvad har vi ikke prøvet?")[0]
    assert "Tema 9" not in html


def test_search_learns_of_themes_that_are_set_and_renamed():
    theme = ThemePageFactory(nav_title="Havbrisen")
    CollectionPageFactory(collection="methods")
    method = MethodFactory()
    deliver_batch()

    def topics():
        deliver_batch()
        hits = postgres().search(SearchRequest(method.name, frozenset({"login"}), CONTENT)).hits
        return [hit.facets.get("topics", ()) for hit in hits]

    assert topics() == [()]
    method.themes.set([theme])
    method.save()
    assert topics() == [("Havbrisen",)]
    theme.nav_title = "Solsorten"
    theme.save()
    assert topics() == [("Solsorten",)]
