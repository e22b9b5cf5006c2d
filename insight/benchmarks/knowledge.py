"""`benchmark knowledge`: p95 of the lists and pages of knowledge, and of the editors' lists."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from io import StringIO

from django.core.management import call_command
from django.db.models import Count
from django.urls import reverse
from wagtail.models import Page

from articles.models import ArticleIndexPage, ArticlePage
from events.models import EventPage
from insight.benchmarks.knowledge_data import add_pages, add_sources
from insight.benchmarks.server import web_server
from insight.benchmarks.timing import PAGE_MS, Client, Figures, judged, session_of, timed
from kb.models import CollectionPage, PublicationPage
from people.models import Employee
from people.roles import Role
from privacy.benchmarks.database import benchmark_database
from sources.models import Source

DATABASE = "sparringsrummet_bench_knowledge"
ADMIN_MS = 300


def add_arguments(parser: ArgumentParser) -> None:
    """The options of `benchmark knowledge`."""
    parser.add_argument("--pages", type=int, default=2_000)
    parser.add_argument("--sources", type=int, default=5_000)
    parser.add_argument("--rounds", type=int, default=40, help="requests counted per page")
    parser.add_argument("--fresh", action="store_true", help="fill the benchmark database again")


def run(options: Namespace) -> Figures:
    """Knowledge with 2,000 pages and 5,000 sources: lists, pages and the editors' lists."""
    with benchmark_database(fresh=options.fresh, name=DATABASE) as made:
        if made:
            call_command("load_demo", stdout=StringIO())
        added = add_sources(options.sources) + add_pages(options.pages)
        if made or added:
            call_command("reindex", stdout=StringIO())
        visitor, editor = (session_of(_first(role)) for role in (Role.CASEWORKER, Role.EDITOR))
        with web_server(database=DATABASE) as address:
            read = _times(Client(address, visitor), _read(), options.rounds)
            edited = _times(Client(address, editor), _edited(), options.rounds)
        return {
            "pages": Page.objects.count(),
            "sources": Source.objects.count(),
            "read": judged(read, PAGE_MS),
            "edited": judged(edited, ADMIN_MS),
        }


def _first(role: Role) -> Employee:
    return Employee.objects.with_role(role).order_by("pk")[0]


def _times(
    client: Client, pages: Iterator[tuple[str, str]], rounds: int
) -> dict[str, dict[str, float]]:
    return {name: timed(client, path, rounds) for name, path in pages}


def _read() -> Iterator[tuple[str, str]]:
    """The lists, their last pages, and the heaviest page of each kind."""
    yield "articles", "/artikler/"
    yield "articles, page 40", "/artikler/?page=40"
    yield "commentaries", "/artikler/?slags=kommentar"
    yield "article", ArticlePage.objects.live().order_by("-pk")[0].url
    yield "publications", "/publikationer/"
    yield "publications, page 20", "/publikationer/?page=20"
    yield "publication", PublicationPage.objects.live().order_by("-pk")[0].url
    yield "theme", "/temaer/fornyet-tro-via-kollegial-sparring/"
    yield "events", "/arrangementer/"
    yield "events, page 20", "/arrangementer/?page=20"
    yield "event", EventPage.objects.live().order_by("-pk")[0].url
    yield "sources", "/kilder/"
    yield "sources, page 90", "/kilder/?page=90"
    yield "sources, searched", "/kilder/?q=holm"
    yield "the source that most publications are about", _most_named()
    for page in CollectionPage.objects.live().order_by("pk"):
        yield f"collection: {page.collection}", page.url
    yield "search", "/soeg/?q=praksis"


def _most_named() -> str:
    source = Source.objects.annotate(uses=Count("publications")).order_by("-uses", "pk")[0]
    return reverse("sources:source", args=[source.slug])


def _edited() -> Iterator[tuple[str, str]]:
    """What an editor looks through: the tree of pages, the articles, and the sources."""
    articles = reverse("wagtailadmin_explore", args=[ArticleIndexPage.objects.get().pk])
    yield "explorer", reverse("wagtailadmin_explore_root")
    yield "explorer: articles", articles
    yield "explorer: articles, searched", f"{articles}?q=praksis"
    yield "explorer: articles, page 15", f"{articles}?p=15"
    yield "list of sources", "/redaktion/snippets/sources/source/"
    yield "list of sources, searched", "/redaktion/snippets/sources/source/?q=rapport"
