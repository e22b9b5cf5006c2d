"""The pages as readers meet them."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils.safestring import mark_safe

from kb import theme_sections
from kb.models import Collection, PublicationStatus
from kb.theme_sections import ThemeSection
from tests.factories.kb import (
    CollectionPageFactory,
    EvidenceCardFactory,
    KeyFigureFactory,
    OfferFactory,
    PhraseFactory,
    PublicationIndexPageFactory,
    PublicationPageFactory,
    QuestionCardFactory,
    StandardPageFactory,
    ThemeIndexPageFactory,
    ThemePageFactory,
    home,
)
from tests.factories.learning import MethodFactory, ProgrammeFactory
from tests.factories.people import EmployeeFactory
from tests.factories.sources import SourceFactory

pytestmark = pytest.mark.django_db
EMPTY = "Der er endnu ingen publikationer i dette tema."


@pytest.fixture
def reader(client):
    client.force_login(EmployeeFactory())
    return client


def count_queries(client, url, django_assert_num_queries, number):
    client.get(url)  # content types and the site are looked up once per process
    with django_assert_num_queries(number):
        response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_the_front_page_is_open_and_leads_to_the_login(client):
    home()

    response = client.get("/")

    assert response.status_code == 200
    assert "Log ind" in response.content.decode()
    assert response.headers["X-Robots-Tag"] == "noindex"


def test_the_front_page_leads_to_the_open_sections_alone(client):
    home()
    ThemeIndexPageFactory(title="Temaer for alle", slug="aabne", is_open=True)
    PublicationIndexPageFactory(title="Kun for os")

    page = client.get("/").content.decode()

    assert "Temaer for alle" in page
    assert "Kun for os" not in page


def test_a_page_is_behind_login_unless_opened(client):
    closed = StandardPageFactory(title="Kun for os")
    opened = StandardPageFactory(title="Privatliv", is_open=True)

    assert client.get(closed.url).headers["Location"] == f"/konto/login/?next={closed.url}"
    assert client.get(opened.url).status_code == 200


def test_a_theme_shows_both_titles_and_the_empty_state(reader):
    theme = ThemePageFactory(title="Tro uden handling", nav_title="Forventninger og handling")

    page = reader.get(theme.url).content.decode()

    assert '<h1 class="page-title">Tro uden handling</h1>' in page
    assert "Forventninger og handling" in page
    assert EMPTY in page
    assert "Følg temaet" in page


def test_a_publication_ends_the_empty_state_and_one_on_its_way_does_not(reader):
    waiting, ready = ThemePageFactory(), ThemePageFactory()
    PublicationPageFactory(
        title="Podcast om tro", themes=[waiting], status=PublicationStatus.FORTHCOMING
    )
    PublicationPageFactory(title="Analyse om tro", themes=[ready])

    still_empty = reader.get(waiting.url).content.decode()
    filled = reader.get(ready.url).content.decode()

    assert EMPTY in still_empty
    assert "Podcast om tro" in still_empty
    assert EMPTY not in filled
    assert "Analyse om tro" in filled


def test_a_draft_publication_is_nowhere(reader):
    theme = ThemePageFactory()
    PublicationPageFactory(title="Kladde om tro", themes=[theme], live=False)

    assert "Kladde om tro" not in reader.get(theme.url).content.decode()
    assert "Kladde om tro" not in reader.get("/publikationer/").content.decode()


def test_other_themes_are_all_but_the_theme_itself():
    first, second, third = (ThemePageFactory(number=n) for n in (3, 1, 2))
    ThemePageFactory(number=4, live=False)

    reader = EmployeeFactory()
    assert list(first.other_themes(reader)) == [second, third]
    assert list(second.other_themes(reader)) == [third, first]


def test_a_new_theme_gets_the_next_number_also_when_copied():
    theme = ThemePageFactory(number=9)

    copy = theme.copy(update_attrs={"slug": "kopi"})

    assert copy.number == 10


def test_an_app_above_adds_a_section(reader, monkeypatch):
    monkeypatch.setattr(theme_sections, "_providers", [])
    theme_sections.register_theme_section(
        lambda request, theme: ThemeSection("Historier, der berører temaet", mark_safe("<p>Én</p>"))
    )
    theme_sections.register_theme_section(lambda request, theme: None)

    page = reader.get(ThemePageFactory().url).content.decode()

    assert "<h2>Historier, der berører temaet</h2><p>Én</p>" in page


def test_a_figure_is_shown_with_what_makes_it_honest(reader):
    base = KeyFigureFactory(live=True, statement="Seks af hundrede kom i gang.")
    KeyFigureFactory(live=True, statement="27 % mod lidt over 1 %.", base_figure=base)
    KeyFigureFactory(statement="Et tal i kladde.")
    page = CollectionPageFactory(collection=Collection.FIGURES)

    html = reader.get(page.url).content.decode()

    assert "Basistallet:</strong> Seks af hundrede kom i gang." in html
    for text in ("Aktivitetsparate i BIP", "Råt tal", "Et år er kort tid for mange."):
        assert text in html
    assert "Et tal i kladde." not in html


def test_a_closed_offer_names_reason_and_alternative(reader):
    other = OfferFactory(name="Læring på arbejdspladsen")
    OfferFactory(
        name="Kort kursus",
        closed_on=date(2026, 10, 13),
        closed_because="Sparet væk",
        alternative=other,
    )
    page = CollectionPageFactory(collection=Collection.OFFERS)

    html = reader.get(page.url).content.decode()

    assert "Lukket siden 13. oktober 2026" in html
    assert f'<a href="#{other.slug}">Læring på arbejdspladsen</a>' in html


def publications_with_sources(number):
    """Each with a work of its own by somebody."""
    written = [("", "Jensen")]
    return [PublicationPageFactory(source=SourceFactory(written_by=written)) for _ in range(number)]


LISTS = {
    "themes": (lambda n: ThemePageFactory.create_batch(n)[0].get_parent(), 11),
    "publications": (lambda n: publications_with_sources(n)[0].get_parent(), 13),
    Collection.METHODS: (MethodFactory, 10),
    Collection.PROGRAMMES: (ProgrammeFactory, 12),
    Collection.OFFERS: (lambda: OfferFactory(evidence=EvidenceCardFactory()), 11),
    Collection.PHRASES: (PhraseFactory, 10),
    Collection.FIGURES: (lambda: KeyFigureFactory(live=True), 12),
    Collection.EVIDENCE: (EvidenceCardFactory, 11),
    Collection.QUESTIONS: (QuestionCardFactory, 10),
}


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("kind", list(LISTS))
def test_a_list_costs_the_same_with_one_and_three_rows(
    reader, django_assert_num_queries, kind, rows
):
    make, number = LISTS[kind]
    if kind in Collection.values:
        for _ in range(rows):
            make()
        url = CollectionPageFactory(collection=kind).url
    else:
        url = make(rows).url

    count_queries(reader, url, django_assert_num_queries, number)


@pytest.mark.parametrize("rows", [1, 3])
def test_a_theme_costs_the_same_with_one_and_three_of_everything(
    reader, django_assert_num_queries, monkeypatch, rows
):
    monkeypatch.setattr(theme_sections, "_providers", [])  # the apps above count their own
    theme = ThemePageFactory()
    ThemePageFactory.create_batch(rows)
    PublicationPageFactory.create_batch(rows, themes=[theme])

    page = count_queries(reader, theme.url, django_assert_num_queries, 20)

    assert page.count("result__title") == rows
