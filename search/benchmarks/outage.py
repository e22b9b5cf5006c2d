"""`benchmark outage`: a server of its own is killed, a thousand changes are made, it comes back."""

from __future__ import annotations

import os
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.test import override_settings

from people.models import Municipality, Unit
from privacy.benchmarks.database import benchmark_database
from search import registry, services, tasks
from search.engines.base import Document
from search.local_server import local_server
from search.models import OutboxEvent
from search.outbox import enqueue_many
from search.reconcile import reconcile

TYPE = "bench-unit"
PAGE_SECONDS, CATCH_UP_SECONDS = 1.0, 60.0
Figures = dict[str, object]


def add_arguments(parser: ArgumentParser) -> None:
    """What the command line may choose: how many changes are made meanwhile."""
    parser.add_argument("--edits", type=int, default=1_000)


def run(options: Namespace) -> Figures:
    """Fallback time and seconds until the index has caught up, beside the goals."""
    server = local_server()
    name = f"bench-outage-{os.getpid()}"
    url = server.ensure_running(name=name)
    try:
        with (
            benchmark_database(fresh=True, name="sparringsrummet_bench_outage"),
            override_settings(ELASTICSEARCH_URL=url, SEARCH_INDEX_PREFIX=name),
            _units_only(),
        ):
            units = _fill(options.edits)
            server.stop(name=name, kill=True)
            for unit in units:
                unit.name = f"Omdøbt {unit.pk}"
            _save(units)
            tasks.deliver.func()
            slowest = max(_search() for _ in range(10))
            server.ensure_running(int(url.rpartition(":")[2]), name=name)
            started = time.perf_counter()
            services.reset_outage()
            while OutboxEvent.objects.exists():
                tasks.deliver.func()
            seconds = time.perf_counter() - started
            wrong = len(reconcile(repair=False).found)
    finally:
        server.stop(name=name, kill=True)
    return {
        "edits": options.edits,
        "goals": {
            "slowest_fallback_seconds": _goal(slowest, PAGE_SECONDS),
            "caught_up_seconds": _goal(seconds, CATCH_UP_SECONDS),
            "lost_stale_or_orphaned": _goal(wrong, 0),
        },
    }


def _goal(value: float, most: float) -> Figures:
    return {"value": round(value, 2), "goal": f"<= {most:g}", "reached": value <= most}


@contextmanager
def _units_only() -> Iterator[None]:
    """Units are documents, and nothing else is, until the end."""
    before = registry.sources()
    for source in before:
        registry.unregister(source.type)
    registry.register(
        registry.DocumentSource(
            type=TYPE,
            label="Unit",
            label_plural="Units",
            model=Unit,
            build=lambda unit: Document(
                id="", type="", title=unit.name, url="/", acl=frozenset({"open"})
            ),
            queryset=Unit.objects.all,
            visible=lambda user, pks: Unit.objects.filter(pk__in=pks).values_list("pk", flat=True),
        )
    )
    try:
        yield
    finally:
        registry.unregister(TYPE)
        for source in before:
            registry.register(source)


def _fill(count: int) -> list[Unit]:
    municipality = Municipality.objects.create(name="Prøvekommune", slug="prove")
    units = [Unit(municipality=municipality, name=f"Team {number}") for number in range(count)]
    made = Unit.objects.bulk_create(units)
    enqueue_many(TYPE, [unit.pk for unit in made])
    tasks.deliver.func()
    return made


def _save(units: list[Unit]) -> None:
    for unit in units:
        with transaction.atomic():
            unit.save(update_fields=["name"])
            enqueue_many(TYPE, [unit.pk])


def _search() -> float:
    services.reset_outage()  # every search is the first one after the server went away
    started = time.perf_counter()
    services.search_for(AnonymousUser(), "omdøbt")
    return time.perf_counter() - started
