"""English versions of pages, below `/en/`; Danish ones stay where they are."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from lxml import etree, html
from wagtail.models import Locale

from articles.models import ArticlePage
from kb.models import Section, StandardPage
from open_half.domain.sections import Switch, set_sections
from people.roles import Role
from search.registry import source
from tests.factories.articles import ArticleIndexPageFactory, ArticlePageFactory
from tests.factories.kb import StandardPageFactory, ThemePageFactory, home
from tests.factories.people import EmployeeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def english():
    return Locale.objects.get_or_create(language_code="en")[0]


def version_of(page, locale, **changes):
    """The published English version of a page."""
    version = page.copy_for_translation(locale)
    for name, value in changes.items():
        setattr(version, name, value)
    version.save_revision().publish()
    return type(page).objects.get(pk=version.pk)


@pytest.fixture
def front(english):
    return version_of(home(), english, title="More eyes see more")


@pytest.fixture
def pair(front, english):
    page = StandardPageFactory(title="Om os", slug="om", intro="Hvem vi er.", is_open=True)
    return page, version_of(page, english, title="About us", slug="about", intro="Who we are.")


def read(url, client=None):
    return html.fromstring((client or Client()).get(url).content)


def test_each_version_has_its_own_address_language_and_menus(pair):
    danish, english = pair

    assert (danish.url, english.url) == ("/om/", "/en/about/")
    here, there = read(danish.url), read(english.url)
    assert (here.get("lang"), there.get("lang")) == ("da", "en")
    assert here.findtext(".//h1") == "Om os"
    assert there.findtext(".//h1") == "About us"
    assert "Log ind" in here.text_content()
    assert "Log in" in there.text_content()
    assert Client().get(english.url).headers["Content-Language"] == "en"


def test_the_front_page_of_each_language_lists_its_own_texts(pair):
    danish, english = pair

    assert f'href="{danish.url}"' in Client().get("/").text
    assert f'href="{english.url}"' not in Client().get("/").text
    assert f'href="{english.url}"' in Client().get("/en/").text
    assert f'href="{danish.url}"' not in Client().get("/en/").text


def test_a_page_leads_to_its_other_language_and_says_which(pair):
    danish, english = pair

    for page, other, name in ((danish, english, "English"), (english, danish, "Dansk")):
        (link,) = read(page.url).xpath(f'//main//a[@href="{other.url}"]')
        assert (link.text, link.get("lang"), link.get("hreflang")) == (
            name,
            other.language,
            other.language,
        )
        marks = read(page.url).xpath('//link[@rel="alternate"][@hreflang]')
        assert {mark.get("hreflang"): mark.get("href").split("/", 3)[3] for mark in marks} == {
            "da": danish.url[1:], "en": english.url[1:],
        }  # fmt: skip


def test_what_has_no_version_or_only_a_draft_offers_none(front, english):
    page = StandardPageFactory(is_open=True)
    page.copy_for_translation(english)

    tree = read(page.url)

    assert tree.xpath("//link[@hreflang]") == []
    assert tree.xpath("//main//a[@hreflang]") == []
    assert Client().get(f"/en/{page.slug}/").status_code == 404


def test_a_closed_version_is_named_to_employees_alone(pair):
    danish, english = pair
    StandardPage.objects.filter(pk=english.pk).update(is_open=False)
    employee = Client()
    employee.force_login(EmployeeFactory())

    assert english.url not in Client().get(danish.url).text
    assert english.url in employee.get(danish.url).text
    assert Client().get(english.url)["Location"].startswith("/konto/login/")


def test_the_language_of_the_menus_moves_no_page_and_marks_its_text(pair):
    danish, _english = pair
    client = Client()
    chosen = client.post(reverse("set_language"), {"language": "en", "next": danish.url})

    assert chosen["Location"] == danish.url
    tree = read(danish.url, client)
    assert tree.get("lang") == "en"
    (main,) = tree.xpath("//main")
    assert main.get("lang") == "da"
    assert tree.findtext(".//h1") == "Om os"
    assert read(danish.url).xpath("//main")[0].get("lang") is None


def test_the_choice_of_language_leads_to_no_other_site(client):
    home()

    answer = client.post(reverse("set_language"), {"language": "en", "next": "https://x.example/"})

    assert answer["Location"] == "/"


def test_without_an_english_front_page_there_is_nothing_below_its_address():
    home()

    assert Client().get("/en/").status_code == 404


def test_an_article_in_english_stands_in_its_own_list_and_nowhere_among_the_danish(front, english):
    index = ArticleIndexPageFactory(is_open=True)
    theme = ThemePageFactory(is_open=True)
    article = ArticlePageFactory(title="På dansk", themes=[theme], is_open=True)
    english_index = version_of(index, english, title="Articles", slug="articles")
    version = version_of(article, english, title="In English", slug="in-english")
    set_sections(
        actor=None,
        wanted={
            Section.ARTICLES: Switch(is_open=True, is_indexed=True),
            Section.THEMES: Switch(is_open=True),
        },
    )

    assert version.url == "/en/articles/in-english/"
    assert "In English" in Client().get(english_index.url).text
    assert "På dansk" not in Client().get(english_index.url).text
    for url in (index.url, theme.url, reverse("articles:rss")):
        assert "På dansk" in Client().get(url).text, url
        assert "In English" not in Client().get(url).text, url
    assert list(source("article").queryset()) == [ArticlePage.objects.get(pk=article.pk)]


def test_the_site_map_names_each_page_with_its_other_language(pair):
    danish, english = pair
    set_sections(actor=None, wanted={Section.THEMES: Switch(is_open=True, is_indexed=True)})
    names = {
        "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
        "x": "http://www.w3.org/1999/xhtml",
    }

    tree = etree.fromstring(Client().get("/sitemap.xml").content)

    found = {
        url.findtext("s:loc", namespaces=names).split("/", 3)[3]: {
            link.get("hreflang"): link.get("href").split("/", 3)[3]
            for link in url.findall("x:link", names)
        }
        for url in tree.findall("s:url", names)
    }
    both = {"da": danish.url[1:], "en": english.url[1:]}
    assert found[danish.url[1:]] == found[english.url[1:]] == both
    assert "Allow: /en/about/" in Client().get("/robots.txt").text


def test_search_finds_the_danish_version_alone(pair):
    danish, english = pair
    build = source("page").build

    assert build(danish).url == danish.url
    assert build(english) is None


# --- in the editors' admin ---


def address(page):
    return f"/redaktion/translation/submit/page/{page.pk}/"


def test_an_editor_makes_the_english_draft_of_one_page(client):
    client.force_login(EmployeeFactory(editor=True))
    page = StandardPageFactory(title="Om os", slug="om")
    home_version = client.get(address(home()))
    assert home_version.status_code == 200
    english = Locale.objects.get(language_code="en")

    for original in (home(), page):
        answer = client.post(address(original), {"locales": [english.pk], "include_subtree": "on"})
        assert answer.status_code == 302, answer.context["form"].errors

    version = StandardPage.objects.get(locale=english)
    assert not version.live
    assert version.translation_key == page.translation_key
    assert StandardPage.objects.count() == 2


def test_what_sessions_build_on_has_no_english_version(client):
    client.force_login(EmployeeFactory(editor=True))
    theme = ThemePageFactory()

    answer = client.get(address(theme), follow=True)

    assert "Kun forsiden, tekstsider og artikler har en engelsk udgave." in answer.text
    assert not theme.get_translations().exists()


def test_who_makes_no_pages_translates_none(client):
    client.force_login(EmployeeFactory(roles=[Role.APPROVER]))

    assert client.get(address(StandardPageFactory())).status_code in (302, 403)
