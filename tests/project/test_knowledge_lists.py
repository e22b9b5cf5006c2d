"""Every list of knowledge asks the database as often for many rows as for few: twelve times."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.models import EventSeries
from kb.models import Collection
from tests.factories.articles import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    ObservationFactory,
)
from tests.factories.events import EventIndexPageFactory, EventPageFactory
from tests.factories.kb import (
    CollectionPageFactory,
    EvidenceCardFactory,
    KeyFigureFactory,
    OfferFactory,
    PersonFactory,
    PhraseFactory,
    PublicationIndexPageFactory,
    PublicationPageFactory,
    QuestionCardFactory,
    ThemeIndexPageFactory,
    ThemePageFactory,
)
from tests.factories.learning import MethodFactory, ProgrammeFactory
from tests.factories.people import EmployeeFactory
from tests.factories.sources import SourceFactory

pytestmark = pytest.mark.django_db
FEW, MANY = 3, 30
MOST = 12
TODAY = date(2026, 11, 26)


def articles(count: int) -> str:
    index = ArticleIndexPageFactory()
    for number in range(count):
        more = {"interview": True} if number % 3 == 0 else {}
        ArticlePageFactory(authors=[PersonFactory(), PersonFactory()], **more)
    return str(index.url)


def publications(count: int) -> str:
    index = PublicationIndexPageFactory()
    for number in range(count):
        source = SourceFactory(written_by=[("Ane", f"Holm {number}"), "VIVE"])
        PublicationPageFactory(source=source)
        PublicationPageFactory(status="forthcoming")
    return str(index.url)


def events(count: int) -> str:
    index = EventIndexPageFactory()
    for number in range(count):
        series = EventSeries.objects.create(name=f"Serie {number}", slug=f"serie-{number}")
        EventPageFactory(date=TODAY + timedelta(days=number + 1), series=series)
        EventPageFactory(date=TODAY - timedelta(days=number + 1), series=series)
    return str(index.url)


def a_series(count: int) -> str:
    series = EventSeries.objects.create(name="Sprog", slug="sprog")
    for number in range(count):
        EventPageFactory(date=TODAY - timedelta(days=number + 1), series=series)
    return series.get_absolute_url()


def sources(count: int) -> str:
    for number in range(count):
        SourceFactory(written_by=[("Ane", f"Holm {number}"), "VIVE"])
    return "/kilder/"


def citing(count: int) -> str:
    source = SourceFactory(slug="kilden", title="Kilden")
    note = {"source": source, "quote": "", "place": ""}
    for _ in range(count):
        ArticlePageFactory(body=[("paragraph", "<p>Sagt.</p>"), ("source_note", note)])
        PublicationPageFactory(source=source)
    return "/kilder/kilden/"


def themes(count: int) -> str:
    index = ThemeIndexPageFactory()
    for _ in range(count):
        ThemePageFactory()
    return str(index.url)


def a_collection(kind: str, make: Callable[[int], object]) -> Callable[[int], str]:
    def fill(count: int) -> str:
        page = CollectionPageFactory(collection=kind, title=kind, slug=kind)
        for number in range(count):
            make(number)
        return str(page.url)

    return fill


def figure(number: int) -> object:
    source = SourceFactory(written_by=[("Ane", f"Holm {number}")])
    return KeyFigureFactory(live=True, source=source)


LISTS: dict[str, Callable[[int], str]] = {
    "articles": articles,
    "publications": publications,
    "events": events,
    "series": a_series,
    "sources": sources,
    "cited by": citing,
    "themes": themes,
    "methods": a_collection(Collection.METHODS, lambda _: MethodFactory()),
    "programmes": a_collection(Collection.PROGRAMMES, lambda _: ProgrammeFactory()),
    "offers": a_collection(Collection.OFFERS, lambda _: OfferFactory()),
    "phrases": a_collection(Collection.PHRASES, lambda _: PhraseFactory()),
    "figures": a_collection(Collection.FIGURES, figure),
    "evidence": a_collection(Collection.EVIDENCE, lambda _: EvidenceCardFactory()),
    "questions": a_collection(Collection.QUESTIONS, lambda _: QuestionCardFactory()),
}


def a_theme(count: int) -> str:
    theme = ThemePageFactory(contact=PersonFactory())
    for number in range(count):
        source = SourceFactory(written_by=[("Ane", f"Holm {number}")])
        PublicationPageFactory(themes=[theme], source=source)
        ArticlePageFactory(themes=[theme], authors=[PersonFactory()])
        QuestionCardFactory(theme=theme)
        ObservationFactory(theme=theme, shown=True, judged_at=timezone.now())
    return str(theme.url)


def an_article(count: int) -> str:
    body: list[tuple[str, object]] = []
    for number in range(count):
        source = SourceFactory(written_by=[("Ane", f"Holm {number}")])
        note = {"source": source, "quote": "Sådan står der.", "place": "s. 14"}
        body += [("paragraph", f"<p>Afsnit {number}.</p>"), ("source_note", note)]
    themes = [ThemePageFactory() for _ in range(count)]
    authors = PersonFactory.create_batch(count)
    return str(ArticlePageFactory(body=body, authors=authors, themes=themes).url)


PAGES: dict[str, Callable[[int], str]] = {"a theme": a_theme, "an article": an_article}


@pytest.fixture
def reader():
    client = Client()
    client.force_login(EmployeeFactory())
    return client


def asked(client: Client, address: str) -> list[str]:
    """The questions of the page once everything that is kept between requests is there."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    asked = (query["sql"] for query in queries)
    return [sql for sql in asked if not sql.startswith(("SAVEPOINT", "RELEASE"))]


@pytest.mark.parametrize("name", LISTS)
@time_machine.travel(TODAY, tick=False)
def test_a_list_of_many_asks_as_often_as_one_of_few(reader, name):
    few, many = asked_for(reader, name, FEW), asked_for(reader, name, MANY)

    assert len(many) == len(few), "\n".join(many)
    assert len(many) <= MOST, "\n".join(many)


def asked_for(client: Client, name: str, count: int) -> list[str]:
    """Filled in a transaction that is taken back, so that few and many do not meet."""
    with transaction.atomic():
        found = asked(client, {**LISTS, **PAGES}[name](count))
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("name", PAGES)
@time_machine.travel(TODAY, tick=False)
def test_a_page_with_much_on_it_asks_as_often_as_one_with_little(reader, name):
    few, many = asked_for(reader, name, FEW), asked_for(reader, name, MANY)

    assert len(many) == len(few), "\n".join(many)


def numbers(client: Client, address: str) -> list[str]:
    return re.findall(r"Publikation (\d+)", client.get(address).content.decode())


def test_publications_come_page_by_page_and_those_on_their_way_stand_first(reader):
    index = PublicationIndexPageFactory()
    for number in range(25):
        PublicationPageFactory(title=f"Publikation {number:02}")
    PublicationPageFactory(title="Undervejs en podcast", status="forthcoming")

    first, second = reader.get(index.url), reader.get(f"{index.url}?page=2")

    assert numbers(reader, index.url) == [f"{n:02}" for n in range(20)]
    assert numbers(reader, f"{index.url}?page=2") == [f"{n:02}" for n in range(20, 25)]
    assert "Undervejs en podcast" in first.content.decode()
    assert "Undervejs en podcast" not in second.content.decode()


def test_the_publications_of_a_theme_come_page_by_page(reader):
    theme = ThemePageFactory()
    for number in range(21):
        PublicationPageFactory(title=f"Publikation {number:02}", themes=[theme])

    assert numbers(reader, theme.url) == [f"{n:02}" for n in range(20)]
    assert numbers(reader, f"{theme.url}?page=2") == ["20"]


@time_machine.travel(TODAY, tick=False)
def test_what_was_held_comes_page_by_page_after_what_is_to_come(reader):
    index = EventIndexPageFactory()
    EventPageFactory(title="Det, der kommer", date=TODAY)
    for number in range(21):
        day = TODAY - timedelta(days=number + 1)
        EventPageFactory(title=f"Afholdt nr. {number:02}", date=day)

    first = reader.get(index.url).content.decode()
    second = reader.get(f"{index.url}?page=2").content.decode()

    assert first.index("Det, der kommer") < first.index("Afholdt nr. 00")
    assert "Afholdt nr. 20" not in first
    assert "Afholdt nr. 20" in second
    assert "Det, der kommer" not in second


def test_what_cites_a_source_comes_page_by_page(reader):
    address = citing(16)

    assert reader.get(address).content.decode().count("<li>Artikel:") == 16
    assert reader.get(address).content.decode().count("<li>Publikation:") == 14
    assert reader.get(f"{address}?page=2").content.decode().count("<li>Publikation:") == 2
