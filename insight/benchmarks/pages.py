"""`benchmark pages`: p50 and p95 of the main pages, and their weight, beside the goals."""

from __future__ import annotations

import gzip
import http.client
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from importlib import import_module
from io import StringIO
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.management import call_command

from insight.benchmarks.data import add_cases, add_stories
from insight.benchmarks.page_weight import page_weight
from insight.benchmarks.server import web_server
from privacy.benchmarks.database import benchmark_database
from search.models import IndexedDocument
from sparring.enums import SessionState
from sparring.models import Case, SparringSession
from stories.models import StoryPage

if TYPE_CHECKING:
    from people.models import Employee

# docs/frontend.md, "Weight".
PAGE_MS, FRAGMENT_MS = 200, 100
BUDGETS = {"html_kb": 20, "js_kb": 45, "css_kb": 35, "fonts_kb": 55, "cold_kb": 180,
           "requests": 12, "dom_nodes": 1000}  # fmt: skip
Figures = dict[str, object]


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
            timed = {name: _timed(client, path, options.rounds) for name, path in pages.items()}
            small = {name: _timed(client, path, options.rounds) for name, path in fragments.items()}
            weights = {name: _weight(client, path) for name, path in pages.items()}
        return {
            "cases": Case.objects.count(),
            "stories": StoryPage.objects.published().count(),
            "pages": _judged(timed, PAGE_MS),
            "fragments": _judged(small, FRAGMENT_MS),
            "weights": weights,
            "budgets": BUDGETS,
            "over_budget": [
                f"{name} {kind}"
                for name, weight in weights.items()
                for kind, most in BUDGETS.items()
                if weight[kind] > most
            ],
        }


class Client:
    """One persistent connection of a logged-in user."""

    def __init__(self, address: str, cookie: str) -> None:
        self.connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
        self.headers = {
            "Cookie": f"{settings.SESSION_COOKIE_NAME}={cookie}",
            "Accept-Encoding": "gzip",
            "Accept-Language": "da",
        }

    def get(self, path: str) -> bytes:
        """The body as it came over the wire; raises RuntimeError unless the answer is 200."""
        self.connection.request("GET", path, headers=self.headers)
        response = self.connection.getresponse()
        body = response.read()
        if response.status != 200:
            raise RuntimeError(f"{path} answered {response.status} in the benchmark.")
        return body


def _login() -> tuple[Employee, str]:
    """The demo's first caseworker with a session to come, and a session for them."""
    session = (
        SparringSession.objects.filter(state__in=[SessionState.PLANNED, SessionState.RUNNING])
        .select_related("case__owner")
        .order_by("pk")[0]
    )
    employee = session.case.owner
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(employee.pk)
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store[HASH_SESSION_KEY] = employee.get_session_auth_hash()
    store.save()
    return employee, store.session_key


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


def _timed(client: Client, path: str, rounds: int) -> dict[str, float]:
    """p50 and p95 in milliseconds after three warm-up requests."""
    for _ in range(3):
        client.get(path)
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        client.get(path)
        times.append((time.perf_counter() - start) * 1000)
    times.sort()
    return {
        "p50_ms": round(times[len(times) // 2], 1),
        "p95_ms": round(times[min(len(times) - 1, round(0.95 * len(times)))], 1),
    }


def _judged(timed: dict[str, dict[str, float]], goal: int) -> dict[str, Figures]:
    return {
        name: {**figures, "goal_ms": goal, "reached": figures["p95_ms"] <= goal}
        for name, figures in timed.items()
    }


def _weight(client: Client, path: str) -> dict[str, float]:
    body = client.get(path)
    html = gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body
    return page_weight(html, len(body), client.get)
