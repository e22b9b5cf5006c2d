"""Links that lead to what no menu names: a new page from its list, the sources, one's requests."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.articles import ArticleIndexPageFactory, ArticlePageFactory
from tests.factories.kb import PersonFactory, ThemeIndexPageFactory, ThemePageFactory
from tests.factories.people import EmployeeFactory

pytestmark = pytest.mark.django_db
WRITE_HERE = "Skriv en ny side her"


def reader(**more):
    client = Client()
    client.force_login(EmployeeFactory(**more))
    return client


def html(client, address):
    return client.get(address).content.decode()


def test_an_editor_writes_a_new_page_from_its_list_and_nowhere_else():
    index, editor = ArticleIndexPageFactory(), reader(editor=True)
    article = ArticlePageFactory()
    address = reverse("wagtailadmin_pages:add_subpage", args=[index.pk])

    assert f'href="{address}"' in html(editor, index.url)
    assert WRITE_HERE not in html(editor, article.url)
    assert WRITE_HERE not in html(reader(), index.url)
    assert WRITE_HERE not in html(Client(), index.url)
    form = editor.get(address, follow=True)
    assert form.redirect_chain[-1][0].endswith(f"/pages/add/articles/articlepage/{index.pk}/")


def test_the_sources_stand_beside_the_themes_for_who_may_read_them():
    index = ThemeIndexPageFactory(is_open=True)

    assert 'href="/kilder/"' in html(reader(), index.url)
    assert 'href="/kilder/"' not in html(Client(), index.url)


def test_who_asked_finds_the_requests_where_they_asked():
    theme = ThemePageFactory(contact=PersonFactory(), is_open=True)

    assert 'href="/oplaeg/"' in html(reader(), theme.url)
    assert 'href="/oplaeg/"' not in html(Client(), theme.url)
