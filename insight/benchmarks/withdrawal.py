"""`benchmark withdrawal`: how soon a withdrawn story is gone (SEC-21).

A story that holds a unique word is published in the benchmark database. With the real web server
and worker running, it is withdrawn, and every store is queried until none holds the word.
"""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from insight.benchmarks.server import web_server
from kb.models import Guidepost, ThemePage
from people.models import Employee
from people.roles import Role
from privacy.benchmarks.database import DATABASE, benchmark_database, database_url
from privacy.leaks import tables_holding
from search import outbox
from search.engines import select
from search.engines.base import Engine, SearchRequest
from stories.domain import authoring, checking, consents, review, withdrawal
from stories.enums import Party, Scope, Tick
from stories.target_groups import target_groups

if TYPE_CHECKING:
    from stories.models import StoryPage

GOAL_SECONDS = 60.0
PREFIX = "sparringsrummet-bench-withdrawal"
TEXTS = ("teaser", "hard", "turning_point", "quote", "would_do_differently")
Stores = dict[str, Callable[[], bool]]


def add_arguments(parser: ArgumentParser) -> None:
    """The options of `benchmark withdrawal`."""
    parser.add_argument("--fresh", action="store_true", help="fill the benchmark database again")


def run(options: Namespace) -> dict[str, object]:
    """Seconds until a withdrawn story is in no store, for each store; goal: 60."""
    os.environ["SEARCH_INDEX_PREFIX"] = settings.SEARCH_INDEX_PREFIX = PREFIX
    with benchmark_database(fresh=options.fresh) as made:
        if made:
            call_command("load_demo", stdout=StringIO())
        call_command("reindex", stdout=StringIO())
        word = f"kanarie{uuid4().hex[:10]}"
        story = _published_story(word)
        while outbox.deliver_batch()[0]:
            pass
        with web_server() as address, _worker():
            stores = _stores(story, word, address)
            blind = [name for name, holds in stores.items() if not holds()]
            started = time.perf_counter()
            withdrawal.withdraw_story(actor=story.author, story=story)
            seconds = _gone_after(stores, started)
    return {
        "seen_before_in": sorted(set(stores) - set(blind)),
        "not_seen_before_in": blind,
        "seconds_until_gone": seconds,
        "slowest": max(seconds.values()),
        "goal_seconds": GOAL_SECONDS,
        "met": not blind and max(seconds.values()) <= GOAL_SECONDS,
    }


def _published_story(word: str) -> StoryPage:
    """An open story that says the word in every text, through every step of the way."""
    author = Employee.objects.with_role(Role.CASEWORKER).exclude(roles__contains=[Role.APPROVER])[0]
    reviewers = Employee.objects.with_role(Role.APPROVER).exclude(pk=author.pk).order_by("pk")
    second = reviewers.exclude(unit=author.unit)[0]
    first = reviewers.exclude(pk=second.pk)[0]
    story = authoring.start_draft(author=author, title=f"Den om {word}")
    values = {
        **dict.fromkeys(TEXTS, f"Det handler om {word} og ikke om andet."),
        "steps": [{"title": "Et besøg", "text": f"Vi så {word}.", "timing": "before"}],
        "try_tomorrow": [f"Spørg til {word}."],
        "tags": [word],
        "themes": list(ThemePage.objects.live()[:1]),
        "guidepost": Guidepost.objects.first(),
        "action_kinds": ["placement"],
        "duration_band": "3_to_6_months",
        "now_band": "placement",
        "outcome": "succeeded",
        "target_group": next(iter(target_groups())),
        "teller_role": "caseworker",
    }
    story = authoring.save_draft(actor=author, story=story, values=values)
    checking.submit_for_check(actor=author, story=story)
    checking.confirm_unrecognisable(actor=author, story=story, ticks=Tick.values)
    for scope in (Scope.INTERNAL, Scope.OPEN):
        consents.register_consent(
            actor=author,
            story=story,
            party=Party.CITIZEN,
            scope=scope,
            given_on=timezone.localdate(),
        )
    review.submit_for_review(actor=author, story=story)
    review.approve(actor=first, story=story)
    story.refresh_from_db()
    return review.open_to_everybody(actor=second, story=story)


def _stores(story: StoryPage, word: str, address: str) -> Stores:
    """Each store with a function that says whether it still holds the story."""
    engines: dict[str, Engine] = {"index in PostgreSQL": select.postgres()}
    if (elasticsearch := select.elasticsearch()) is not None:
        engines["index in Elasticsearch"] = elasticsearch
    pages = {
        "page": story.url,
        "list": reverse("stories:index"),
        "feed": reverse("stories:open_feed"),
        "PDF": reverse("stories:pdf", args=[story.pk]),
    }
    return {
        "tables": lambda: bool(tables_holding(word)),
        **{name: _asks(engine, word) for name, engine in engines.items()},
        **{name: _reads(address, path, word) for name, path in pages.items()},
    }


def _asks(engine: Engine, word: str) -> Callable[[], bool]:
    request = SearchRequest(word, acl=frozenset({"open", "login"}))
    return lambda: any(word in hit.title for hit in engine.search(request).hits)


def _reads(address: str, path: str, word: str) -> Callable[[], bool]:
    def holds() -> bool:
        client = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)
        client.request("GET", path, headers={"Accept-Language": "da"})
        answer = client.getresponse()
        body = answer.read()
        return answer.status == 200 and (word.encode() in body or body.startswith(b"%PDF"))

    return holds


def _gone_after(stores: Stores, started: float) -> dict[str, float]:
    """Seconds until each store answers no; a store that never does gets the time it was given."""
    seconds: dict[str, float] = {}
    while len(seconds) < len(stores) and time.perf_counter() - started < 2 * GOAL_SECONDS:
        for name in [name for name in stores if name not in seconds]:
            if not stores[name]():
                seconds[name] = round(time.perf_counter() - started, 2)
    late = round(time.perf_counter() - started, 2)
    return {name: seconds.get(name, late) for name in stores}


@contextmanager
def _worker() -> Iterator[None]:
    """The real worker on the benchmark database."""
    environment = {**os.environ, "DATABASE_URL": database_url(connection.settings_dict, DATABASE)}
    process = subprocess.Popen(
        [sys.executable, "manage.py", "worker"],
        cwd=settings.BASE_DIR,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=30)
