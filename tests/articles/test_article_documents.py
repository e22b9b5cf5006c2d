"""Articles in search: what is found, by whom, and what makes search look again."""

from __future__ import annotations

import pytest

from search import registry
from search.models import OutboxEvent
from tests.factories.articles import ArticleIndexPageFactory, ArticlePageFactory
from tests.factories.kb import GuidepostFactory, PersonFactory, ThemePageFactory
from tests.factories.people import EmployeeFactory, MunicipalityFactory

pytestmark = pytest.mark.django_db


def document(article):
    return registry.source("article").document(article, 1)


def told():
    events = OutboxEvent.objects.filter(source="article")
    return {int(pk) for pk in events.values_list("object_id", flat=True)}


def test_an_article_is_found_by_its_words_and_its_people():
    article = ArticlePageFactory(
        interview=True,
        interviewee=PersonFactory(name="Bo Ek", title="", organisation=""),
        authors=[PersonFactory(name="Ida Dam", title="", organisation="")],
        themes=[ThemePageFactory(nav_title="Tro"), ThemePageFactory(nav_title="Væk", live=False)],
        guidepost=GuidepostFactory(title="Borgerne virker"),
        municipality=MunicipalityFactory(name="Fjordby Kommune"),
    )

    found = document(article)

    for words in ("Hvad gjorde I?", "Vi spurgte borgeren.", "Bo Ek", "Ida Dam", "Interview"):
        assert words in found.body
    assert found.topics == ("Tro",)
    assert (found.guidepost, found.municipality) == ("Borgerne virker", "Fjordby Kommune")
    assert (found.year, found.acl) == (2026, {"login"})


def test_guidance_is_found_by_its_steps():
    assert "Skriv svaret ned." in document(ArticlePageFactory(guidance=True)).body


def test_a_draft_is_found_by_nobody():
    assert document(ArticlePageFactory(live=False)) is None


def test_the_index_and_the_database_agree_on_who_may_find_it(django_user_model):
    opened, closed = ArticlePageFactory(is_open=True), ArticlePageFactory()
    draft = ArticlePageFactory(is_open=True, live=False)
    source = registry.source("article")
    pks = [str(page.pk) for page in (opened, closed, draft)]
    from django.contrib.auth.models import AnonymousUser

    assert set(source.visible(AnonymousUser(), pks)) == {opened.pk}
    assert set(source.visible(EmployeeFactory(), pks)) == {opened.pk, closed.pk}
    assert document(opened).acl == {"open"}
    assert set(source.queryset()) == {opened, closed}


def test_search_is_told_of_every_change():
    index, theme = ArticleIndexPageFactory(), ThemePageFactory()
    article, other = ArticlePageFactory(themes=[theme]), ArticlePageFactory()
    assert told() == {article.pk, other.pk}

    OutboxEvent.objects.all().delete()
    theme.save()
    assert told() == {article.pk}

    index.refresh_from_db()
    index.save()
    assert told() == {article.pk, other.pk}

    OutboxEvent.objects.all().delete()
    other.delete()
    assert told() == {other.pk}
