"""The list of articles: kind in the address, pages, empty states; and the feeds of each kind."""

from __future__ import annotations

from datetime import date, timedelta

import feedparser
import pytest
from django.urls import reverse

from articles.enums import ArticleKind
from tests.factories.articles import ArticleIndexPageFactory, ArticlePageFactory
from tests.factories.kb import PersonFactory, ThemePageFactory
from tests.factories.people import EmployeeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client):
    client.force_login(EmployeeFactory())
    return client


def test_the_newest_stands_first(reader):
    index = ArticleIndexPageFactory()
    for number, day in enumerate((3, 1, 2)):
        ArticlePageFactory(title=f"Artikel {number}", published_on=date(2026, 10, day))

    page = reader.get(index.url).content.decode()

    places = [page.index(f"Artikel {number}") for number in (0, 2, 1)]
    assert places == sorted(places)


def test_a_kind_is_chosen_in_the_address(reader):
    index = ArticleIndexPageFactory()
    ArticlePageFactory(title="En nyhed")
    ArticlePageFactory(title="En samtale", interview=True)

    both = reader.get(index.url).content.decode()
    one = reader.get(f"{index.url}?slags=interview").content.decode()
    unknown = reader.get(f"{index.url}?slags=zebra").content.decode()

    assert "En nyhed" in both
    assert "En samtale" in both
    assert "En nyhed" not in one
    assert "En samtale" in one
    assert "En nyhed" in unknown
    assert 'href="/artikler/?slags=interview" aria-current="page"' in one


def test_a_kind_without_articles_says_so_and_leads_on(reader):
    index = ArticleIndexPageFactory()
    ArticlePageFactory()

    page = reader.get(f"{index.url}?slags=vejledning").content.decode()

    assert "Der er endnu ingen artikler af den slags" in page
    assert "Vis alle artikler" in page


def test_no_articles_at_all_is_said_too(reader):
    index = ArticleIndexPageFactory()

    assert "Der er endnu ingen artikler" in reader.get(index.url).content.decode()


def test_there_are_twelve_on_a_page_and_the_kind_stays(reader):
    index = ArticleIndexPageFactory()
    for day in range(13):
        ArticlePageFactory(title=f"Nr. {day:02}", published_on=date(2026, 10, 1) + timedelta(day))

    first = reader.get(f"{index.url}?slags=nyhed").content.decode()
    second = reader.get(f"{index.url}?slags=nyhed&page=2").content.decode()

    assert first.count('class="result"') == 12
    assert "slags=nyhed&amp;page=2" in first
    assert second.count('class="result"') == 1
    assert "Nr. 00" in second


def test_the_list_costs_the_same_with_one_and_three(reader, django_assert_max_num_queries):
    index = ArticleIndexPageFactory()
    for _number in range(3):
        ArticlePageFactory(interview=True, authors=[PersonFactory(), PersonFactory()])
    reader.get(index.url)

    with django_assert_max_num_queries(12):
        reader.get(index.url)


def test_a_visitor_sees_only_what_is_open(client):
    index = ArticleIndexPageFactory(is_open=True)
    ArticlePageFactory(title="Kun for os")
    ArticlePageFactory(title="For alle", is_open=True)

    page = client.get(index.url).content.decode()

    assert "For alle" in page
    assert "Kun for os" not in page


@pytest.mark.parametrize("name", ["rss", "atom"])
def test_a_feed_holds_what_is_open_and_nothing_else(client, name):
    theme = ThemePageFactory(nav_title="Tro og handling", is_open=True)
    ArticlePageFactory(
        title="Åben & god",
        lead="Kort sagt.",
        is_open=True,
        authors=[PersonFactory(name="Bo Ek")],
        themes=[theme, ThemePageFactory(nav_title="Et lukket tema")],
        published_on=date(2026, 10, 5),
        updated_on=date(2026, 10, 6),
    )
    ArticlePageFactory(title="Lukket")
    ArticlePageFactory(title="Kladde", is_open=True, live=False)

    answer = client.get(reverse(f"articles:{name}"))
    feed = feedparser.parse(answer.content)

    assert not feed.bozo
    assert feed.version == {"rss": "rss20", "atom": "atom10"}[name]
    assert feed.feed.language == "da" or feed.feed.title_detail.language == "da"
    assert [entry.title for entry in feed.entries] == ["Åben & god"]
    entry = feed.entries[0]
    assert entry.link.startswith("http")
    assert entry.link.endswith("/artikler/" + entry.link.rsplit("/", 2)[1] + "/")
    assert entry.summary == "Kort sagt."
    assert entry.author == "Bo Ek"
    assert entry.id.startswith("urn:uuid:")
    assert entry.published_parsed[:3] == (2026, 10, 4)  # midnight in Copenhagen, told in UTC
    assert {tag.term for tag in entry.tags} == {"Nyhed", "Tro og handling"}


@pytest.mark.parametrize("kind", ArticleKind)
@pytest.mark.parametrize("name", ["rss", "atom"])
def test_each_kind_has_a_feed_of_its_own(client, name, kind):
    ArticlePageFactory(title="news", is_open=True)
    ArticlePageFactory(title="interview", is_open=True, interview=True)
    ArticlePageFactory(title="guidance", is_open=True, guidance=True)
    ArticlePageFactory(title="commentary", is_open=True, kind="commentary")
    ArticlePageFactory(title="inspiration", is_open=True, kind="inspiration")

    answer = client.get(reverse(f"articles:{name}", args=[kind.address]))
    feed = feedparser.parse(answer.content)

    assert [entry.title for entry in feed.entries] == [kind.value]
    assert feed.feed.title.endswith(str(kind.label))


def test_there_is_no_feed_of_an_unknown_kind(client):
    assert client.get("/artikler/rss/zebra/").status_code == 404


def test_the_list_leads_to_the_feeds_of_its_kind(client):
    index = ArticleIndexPageFactory(is_open=True)

    page = client.get(f"{index.url}?slags=interview").content.decode()

    assert 'type="application/rss+xml"' in page
    assert 'href="/artikler/rss/interview/"' in page
    assert 'href="/artikler/atom/interview/"' in page
