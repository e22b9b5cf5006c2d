"""What search engines, feed readers and sharing cards are told, read by parsers of others."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from urllib.robotparser import RobotFileParser

import feedparser
import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from lxml import etree, html
from pyld import jsonld

from kb.models import Section
from open_half.domain.sections import Switch, set_sections
from open_half.sharing import LONGEST
from tests.factories.articles import ArticleIndexPageFactory, ArticlePageFactory
from tests.factories.events import coming_event
from tests.factories.kb import (
    CollectionPageFactory,
    PersonFactory,
    PublicationIndexPageFactory,
    PublicationPageFactory,
    StandardPageFactory,
    ThemeIndexPageFactory,
    ThemePageFactory,
    home,
)
from tests.factories.learning import MethodFactory
from tests.factories.people import EmployeeFactory
from tests.factories.sources import SourceFactory
from tests.factories.stories import make_opened

pytestmark = pytest.mark.django_db
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
# A processor of the standard reads names by a vocabulary; nothing is fetched for it.
VOCABULARY = {"@context": {"@vocab": "https://schema.org/"}}


def site_map() -> dict[str, str]:
    """Address → when it was last changed, as a parser of XML reads the site map."""
    tree = etree.fromstring(Client().get("/sitemap.xml").content)
    assert tree.tag == f"{{{NAMES['s']}}}urlset"
    return {
        url.findtext("s:loc", namespaces=NAMES): url.findtext("s:lastmod", "", namespaces=NAMES)
        for url in tree.findall("s:url", NAMES)
    }


def own(path: str) -> str:
    return settings.BASE_URL.rstrip("/") + path


def head(page_url: str, client: Client | None = None):
    return html.fromstring((client or Client()).get(page_url).content).find("head")


def properties(tree) -> dict[str, str]:
    return {meta.get("property"): meta.get("content") for meta in tree.iterfind("meta[@property]")}


def structured(page_url: str) -> dict:
    """What the page says of itself, expanded by a processor of JSON-LD that is not ours."""
    (block,) = head(page_url).xpath('script[@type="application/ld+json"]')
    data = json.loads(block.text)
    assert data.pop("@context") == "https://schema.org"
    (expanded,) = jsonld.expand(data | VOCABULARY)
    return {name.removeprefix("https://schema.org/"): value for name, value in expanded.items()}


def value(data: dict, name: str) -> str:
    return data[name][0]["@value"]


# --- the site map and robots.txt ---


def test_nothing_is_for_search_engines_until_somebody_says_so():
    home()
    theme = ThemePageFactory(is_open=True)
    robots = Client().get("/robots.txt")

    assert robots.headers["Content-Type"] == "text/plain; charset=utf-8"
    reader = RobotFileParser()
    reader.parse(robots.text.splitlines())
    assert not reader.can_fetch("*", own(theme.url))
    assert reader.site_maps() is None
    assert site_map() == {}
    assert Client().get(theme.url).headers["X-Robots-Tag"] == "noindex"
    assert head(theme.url).find('meta[@name="robots"]').get("content") == "noindex"


def test_the_site_map_holds_what_is_open_and_may_be_shown_and_nothing_else():
    front = home()
    text, closed_text = StandardPageFactory(is_open=True), StandardPageFactory()
    index = ThemeIndexPageFactory(is_open=True)
    theme = ThemePageFactory(is_open=True)
    others = [
        closed_text,
        ThemePageFactory(),
        ThemePageFactory(is_open=True, live=False),
        PublicationPageFactory(is_open=True),
        make_opened(),
        coming_event(is_open=True),
    ]
    set_sections(
        actor=None,
        wanted={
            Section.THEMES: Switch(is_open=True, is_indexed=True),
            Section.EVENTS: Switch(is_open=True),
        },
    )

    listed = site_map()

    assert set(listed) == {own(page.url) for page in (front, text, index, theme)}
    reader = RobotFileParser()
    reader.parse(Client().get("/robots.txt").text.splitlines())
    assert reader.site_maps() == [own("/sitemap.xml")]
    for page in (text, index, theme):
        assert reader.can_fetch("*", own(page.url)), page
        answer = Client().get(page.url)
        assert answer.headers["X-Robots-Tag"] == "all"
        assert head(page.url).find('meta[@name="robots"]') is None
    for page in others:
        assert Client().get(page.url).headers["X-Robots-Tag"] == "noindex"
    for path in ("/konto/login/", "/soeg/", "/sager/", "/historier/", "/redaktion/"):
        assert not reader.can_fetch("*", own(path)), path


def test_a_published_page_says_when_it_was_changed():
    theme = ThemePageFactory(is_open=True)
    theme.save_revision().publish()
    set_sections(actor=None, wanted={Section.THEMES: Switch(is_open=True, is_indexed=True)})

    theme.refresh_from_db()
    changed = datetime.fromisoformat(site_map()[own(theme.url)])
    assert changed.date() == theme.last_published_at.date()


def test_methods_are_in_the_site_map_while_they_may_be_shown():
    home()
    method = MethodFactory()
    CollectionPageFactory(collection="methods", slug="metoder", is_open=True)

    assert own(method.get_absolute_url()) not in site_map()
    assert Client().get(method.get_absolute_url()).headers["X-Robots-Tag"] == "noindex"
    set_sections(actor=None, wanted={Section.METHODS: Switch(is_open=True, is_indexed=True)})
    assert own(method.get_absolute_url()) in site_map()
    answer = Client().get(method.get_absolute_url())
    assert answer.headers["X-Robots-Tag"] == "all"
    assert f'<link rel="canonical" href="{own(method.get_absolute_url())}">' in answer.text


@pytest.mark.parametrize("path", ["/konto/login/", "/was", "/findes-ikke/", "/sitemap.xml"])
def test_whatever_is_no_open_page_is_not_indexed(path):
    home()
    set_sections(actor=None, wanted={Section.THEMES: Switch(is_open=True, is_indexed=True)})

    assert "noindex" in Client().get(path).headers["X-Robots-Tag"].split(", ")


def test_nothing_is_indexed_for_somebody_who_is_logged_in(client):
    theme = ThemePageFactory(is_open=True)
    set_sections(actor=None, wanted={Section.THEMES: Switch(is_open=True, is_indexed=True)})
    client.force_login(EmployeeFactory())

    assert client.get(theme.url).headers["X-Robots-Tag"] == "noindex"
    assert head(theme.url, client).xpath("script[@type='application/ld+json']") == []


# --- feeds ---


def _theme():
    return ThemePageFactory(
        title="Ét ord & to", nav_title="Ét ord & to", intro="Kort.", is_open=True
    )


def _publication():
    return PublicationPageFactory(
        title="Ét ord & to",
        abstract="Kort.",
        source=SourceFactory(),
        is_open=True,
    )


def _event():
    return coming_event(title="Ét ord & to", description="Kort.", is_open=True)


def _method():
    set_sections(actor=None, wanted={Section.METHODS: Switch(is_open=True)})
    return MethodFactory(name="Ét ord & to", purpose="Kort.")


FEEDS = {
    "theme": ("theme_rss", "theme_atom", _theme, Section.THEMES),
    "publication": ("publication_rss", "publication_atom", _publication, Section.PUBLICATIONS),
    "event": ("events:rss", "events:atom", _event, Section.EVENTS),
    "method": ("methods:rss", "methods:atom", _method, Section.METHODS),
}


@pytest.mark.parametrize("kind", FEEDS)
@pytest.mark.parametrize("form", ["rss20", "atom10"])
def test_each_kind_has_its_feed_of_what_is_open(kind, form):
    home()
    rss, atom, make, section = FEEDS[kind]
    thing = make()
    address = reverse(rss if form == "rss20" else atom)

    feed = feedparser.parse(Client().get(address).content)

    assert not feed.bozo, feed.get("bozo_exception")
    assert feed.version == form
    (entry,) = feed.entries
    assert (entry.title, entry.summary) == ("Ét ord & to", "Kort.")
    assert entry.link == own(getattr(thing, "url", "") or thing.get_absolute_url())
    assert entry.id
    assert feed.feed.title.endswith("Sparringsrummet")
    set_sections(actor=None, wanted={section: Switch()})
    assert feedparser.parse(Client().get(address).content).entries == []


def test_the_lists_lead_to_their_feeds():
    ThemePageFactory(is_open=True)
    ThemeIndexPageFactory._meta.model.objects.update(is_open=True)

    links = head("/temaer/").xpath('link[@rel="alternate"]/@href')

    assert links == ["/temaer/rss/", "/temaer/atom/"]


# --- what a page says of itself ---


def test_an_article_says_who_wrote_it_and_when():
    ArticleIndexPageFactory()
    page = ArticlePageFactory(
        title="Om <tro> & handling", authors=[PersonFactory(name="Bo Ek")], is_open=True
    )

    data = structured(page.url)

    assert data["@type"] == ["https://schema.org/NewsArticle"]
    assert value(data, "headline") == "Om <tro> & handling"
    assert value(data, "datePublished") == "2026-10-01"
    assert value(data["author"][0], "https://schema.org/name") == "Bo Ek"
    assert value(data, "url") == own(page.url)
    assert value(data, "inLanguage") == "da"


def test_a_publication_is_a_scholarly_article_with_its_source():
    PublicationIndexPageFactory()
    source = SourceFactory(year=2017, url="https://example.org/bog")
    page = PublicationPageFactory(source=source, is_open=True)

    data = structured(page.url)

    assert data["@type"] == ["https://schema.org/ScholarlyArticle"]
    assert value(data, "datePublished") == "2017"
    assert value(data, "sameAs") == "https://example.org/bog"
    assert value(data, "abstract") == page.abstract


def test_a_tool_is_no_scholarly_article():
    page = PublicationPageFactory(kind="tool", is_open=True)

    assert structured(page.url)["@type"] == ["https://schema.org/CreativeWork"]


def test_an_event_says_when_and_where_and_never_its_online_room():
    page = coming_event(
        is_open=True, place="Kulturhuset", address="Havnegade 4", host="Fjordby",
        online=True, online_link="https://x.dk/rum", start_time=time(9), duration_minutes=90,
    )  # fmt: skip

    data = structured(page.url)

    assert data["@type"] == ["https://schema.org/Event"]
    begins = datetime.fromisoformat(value(data, "startDate"))
    assert begins == page.starts_at
    assert datetime.fromisoformat(value(data, "endDate")) == page.ends_at
    assert value(data, "eventStatus") == "https://schema.org/EventScheduled"
    assert [one["@type"] for one in data["location"]] == [
        ["https://schema.org/Place"],
        ["https://schema.org/VirtualLocation"],
    ]
    assert "x.dk" not in Client().get(page.url).text


def test_a_cancelled_event_without_an_hour_says_so():
    page = coming_event(is_open=True, takes_sign_ups=False, start_time=None, cancelled=True)

    data = structured(page.url)

    assert value(data, "startDate") == page.date.isoformat()
    assert value(data, "eventStatus") == "https://schema.org/EventCancelled"
    assert "endDate" not in data


def test_a_text_cannot_end_the_data_block_and_begin_a_script():
    page = ArticlePageFactory(title="</script><script>alert(1)</script>", is_open=True)

    assert value(structured(page.url), "headline") == page.title
    assert "<script>alert(1)" not in Client().get(page.url).text


def test_a_sharing_card_has_title_address_and_a_short_text_and_nothing_from_elsewhere():
    theme = ThemePageFactory(title="Tro", intro="Ord. " * 100, is_open=True)

    tree = head(theme.url)

    card = properties(tree)
    assert card["og:title"] == "Tro"
    assert card["og:url"] == own(theme.url)
    assert card["og:locale"] == "da_DK"
    assert len(card["og:description"]) <= LONGEST
    assert tree.find('link[@rel="canonical"]').get("href") == own(theme.url)
    addresses = tree.xpath("//@href | //@src")
    assert [
        one for one in addresses if one.startswith("http") and not one.startswith(own("/"))
    ] == []


def test_the_address_without_what_was_asked_is_the_canonical_one():
    theme = ThemePageFactory(easy_read="Let.", is_open=True)

    canonical = head(f"{theme.url}?let=1&x=2").find('link[@rel="canonical"]')

    assert canonical.get("href") == own(theme.url)


# --- addresses ---


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Åbne døre og ærlige bud", "aabne-doere-og-aerlige-bud"),
        ("Tro 2026", "tro-2026"),
        ("???", "side"),
    ],
)
def test_a_new_page_gets_an_address_of_plain_letters(title, slug):
    assert StandardPageFactory(title=title, slug="").slug == slug


def test_two_pages_of_one_title_get_two_addresses():
    slugs = {StandardPageFactory(title="Ærlighed", slug="").slug for _number in range(2)}

    assert slugs == {"aerlighed", "aerlighed-2"}


def test_what_the_editors_form_suggests_is_written_with_plain_letters(client):
    home()
    client.force_login(EmployeeFactory(editor=True))
    address = reverse("wagtailadmin_pages:add", args=["kb", "standardpage", home().pk])
    posted = {"title": "Grøn å", "slug": "grøn-å", "intro": "", "body-count": "0"}

    answer = client.post(address, posted)

    assert answer.status_code == 302, answer.context["form"].errors
    assert home().get_children().last().slug == "groen-aa"


def test_an_old_address_stays_when_its_page_is_changed():
    page = StandardPageFactory(title="Ø", slug="oe-gammel")
    StandardPageFactory._meta.model.objects.filter(pk=page.pk).update(slug="ø-gammel")
    page = StandardPageFactory._meta.model.objects.get(pk=page.pk)
    page.intro = "Nyt."
    page.save()

    assert page.slug == "ø-gammel"


def test_the_moment_is_written_in_utc_or_with_its_offset():
    page = coming_event(is_open=True)

    begins = datetime.fromisoformat(value(structured(page.url), "startDate"))

    assert begins.astimezone(UTC) == page.starts_at
