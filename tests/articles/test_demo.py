"""The demo's articles: one of each kind at least, marked where invented, made once."""

from __future__ import annotations

import pytest

from articles import demo
from articles.enums import ArticleKind
from articles.models import ArticlePage, Observation
from demo_content.files import read
from demo_content.loader import load_content
from kb.models import Person, ThemePage
from people import demo as people_demo
from tests.demo_content.content import ARTICLES, PERSONS

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    people_demo.load(read("people"))
    load_content()
    return demo.load()


def test_everything_is_made_once(loaded):
    assert loaded == {"articles": len(ARTICLES), "observations": 3}
    assert demo.load() == {"articles": 0, "observations": 0}


def test_every_kind_is_there_and_what_is_invented_says_so(loaded):
    articles = ArticlePage.objects.live()

    assert set(articles.values_list("kind", flat=True)) == set(ArticleKind.values)
    for article in articles:
        assert bool(article.origin) is not article.is_example
    assert all(row["told_after"] or row["origin"] == "demo" for row in ARTICLES)


def test_every_theme_has_a_contact_with_a_drawn_portrait(loaded):
    assert Person.objects.count() == len(PERSONS)
    for theme in ThemePage.objects.all():
        assert theme.contact.photo_words
        assert theme.contact.phone
        assert theme.contact.email


def test_one_observation_waits(loaded):
    assert Observation.objects.waiting().count() == 1
    assert Observation.objects.shown().count() == 2
