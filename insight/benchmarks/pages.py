"""`benchmark pages`: p50 and p95 of the main pages, and their weight, beside the goals."""

from __future__ import annotations

import gzip
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from io import StringIO
from typing import TYPE_CHECKING

from django.core.management import call_command

from insight.benchmarks.data import add_cases, add_stories
from insight.benchmarks.page_weight import page_weight
from insight.benchmarks.server import web_server
from insight.benchmarks.timing import PAGE_MS, Client, Figures, judged, session_of, timed
from privacy.benchmarks.database import benchmark_database
from search.models import IndexedDocument
from sparring.enums import SessionState
from sparring.models import Case, SparringSession
from stories.models import StoryPage

if TYPE_CHECKING:
    from people.models import Employee

# docs/frontend.md, "Weight".
FRAGMENT_MS = 100
BUDGETS = {"html_kb": 20, "js_kb": 45, "css_kb": 35, "fonts_kb": 55, "cold_kb": 180,
           "requests": 12, "dom_nodes": 1000}  # fmt: skip


def add_arguments(parser: ArgumentParser) -> None:
    """The options of `benchmark pages`."""
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--stories", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=40, help="requests counted per page")
    parser.add_argument("--fresh", action="store_true", help="fill the benchmark database again")


def run(options: Namespace) -> Figures:
    """The main pages with 20,000 cases and 500 stories: time and weight beside the goals."""
    with benchmark_database(fresh=options.fresh) as made:
        if made:
            call_command("load_demo", stdout=StringIO())
        added = add_cases(options.cases) + add_stories(options.stories)
        if made or added or not IndexedDocument.objects.exists():
            call_command("reindex", stdout=StringIO())
        employee, cookie = _login()
        pages, fragments = dict(_pages(employee)), dict(_fragments(employee))
        with web_server() as address:
            client = Client(address, cookie)
            times = {name: timed(client, path, options.rounds) for name, path in pages.items()}
            small = {name: timed(client, path, options.rounds) for name, path in fragments.items()}
            weights = {name: _weight(client, path) for name, path in pages.items()}
        return {
            "cases": Case.objects.count(),
            "stories": StoryPage.objects.published().count(),
            "pages": judged(times, PAGE_MS),
            "fragments": judged(small, FRAGMENT_MS),
            "weights": weights,
            "budgets": BUDGETS,
            "over_budget": [
                f"{name} {kind}"
                for name, weight in weights.items()
                for kind, most in BUDGETS.items()
                if weight[kind] > most
            ],
        }


def _login() -> tuple[Employee, str]:
    """The demo's first caseworker with a session to come, and a session for them."""
    session = (
        SparringSession.objects.filter(state__in=[SessionState.PLANNED, SessionState.RUNNING])
        .select_related("case__owner")
        .order_by("pk")[0]
    )
    employee = session.case.owner
    return employee, session_of(employee)


def _session(employee: Employee) -> SparringSession:
    return SparringSession.objects.filter(
        case__owner=employee, state__in=[SessionState.PLANNED, SessionState.RUNNING]
    ).order_by("pk")[0]


def _pages(employee: Employee) -> Iterator[tuple[str, str]]:
    """The seven main pages and the list of stories."""
    yield "overview", "/"
    yield "case list", "/sager/"
    yield "case", f"/sager/{Case.objects.owned_by(employee).active().order_by('pk')[0].code}/"
    yield "stories", "/historier/"
    yield "story", StoryPage.objects.published().order_by("pk")[0].url
    yield "search", "/soeg/?q=praktik"
    yield "session", f"/sparring/{_session(employee).pk}/"
    yield "figures", "/tal/"
    yield "theme", "/temaer/"


def _fragments(employee: Employee) -> Iterator[tuple[str, str]]:
    yield "suggestions", "/soeg/forslag/?q=prak"
    yield "session's state", f"/sparring/{_session(employee).pk}/stand/"


def _weight(client: Client, path: str) -> dict[str, float]:
    body = client.get(path)
    html = gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body
    return page_weight(html, len(body), client.get)
