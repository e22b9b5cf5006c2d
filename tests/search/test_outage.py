"""A real node is killed and comes back; of three nodes one is killed: nothing is lost."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator

import pytest

from devtools.elasticsearch import server
from devtools.elasticsearch.cluster import running_cluster
from search import outbox, services, tasks
from search.engines import select
from search.engines.base import INDEXES, EngineUnavailable, SearchRequest
from search.engines.elasticsearch import ElasticsearchEngine
from search.models import OutboxEvent
from search.reconcile import reconcile
from tests.factories.people import EmployeeFactory, MunicipalityFactory, UnitFactory
from tests.search.conftest import OPEN, ids, make

pytestmark = [pytest.mark.django_db, pytest.mark.elasticsearch, pytest.mark.slow]
EDITS = 1_000


@pytest.fixture
def own_node(settings) -> Iterator[str]:
    """A server of this test's own, so that it can be killed; the site uses it."""
    name = f"outage-{os.getpid()}"
    try:
        settings.ELASTICSEARCH_URL = server.ensure_running(name=name)
    except server.ElasticsearchUnavailable as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(error))
    settings.SEARCH_INDEX_PREFIX = name
    yield name
    server.stop(name=name, kill=True)


def start_again(name: str, url: str) -> None:
    assert server.ensure_running(int(url.rpartition(":")[2]), name=name) == url


def edit(units: list) -> None:
    """A thousand changes: renamed, withdrawn, given to other readers, deleted, made."""
    municipality = units[0].municipality
    for number in range(EDITS):
        kind = number % 5
        unit = units[number % len(units)]
        if kind == 4:
            unit = UnitFactory(name=f"Ny {number}", municipality=municipality)
        elif kind == 3 and number % 50 == 3 and unit.pk:
            outbox.enqueue("team", unit.pk)
            unit.delete()
            continue
        elif unit.pk:
            unit.name = f"Omdøbt {number}"
            unit.kind = ("", "closed", "secret")[kind % 3]
            unit.save()
        else:
            continue
        outbox.enqueue("team", unit.pk)


def test_a_thousand_edits_during_an_outage_all_arrive(teams, own_node, settings, client):
    municipality = MunicipalityFactory()
    units = [UnitFactory(name=f"Team {n}", municipality=municipality) for n in range(100)]
    outbox.enqueue_many("team", [unit.pk for unit in units])
    assert tasks.deliver.func() is True
    user = EmployeeFactory(unit=units[0])
    url = settings.ELASTICSEARCH_URL

    server.stop(name=own_node, kill=True)
    edit(units)
    assert tasks.deliver.func() is False
    answer = services.search_for(user, "omdøbt")
    assert (answer.engine, answer.fallback) == ("postgres", True)
    assert answer.total > 0
    client.force_login(user)
    page = client.get("/soeg/", {"q": "omdøbt"})
    assert page.status_code == 200
    assert page.context["result"].fallback is True

    start_again(own_node, url)
    services.reset_outage()
    tasks.sweep.func(timestamp=0)

    assert OutboxEvent.objects.count() == 0
    assert reconcile(repair=False).found == set()
    engine = select.elasticsearch()
    assert engine is not None
    assert engine.versions() == select.postgres().versions()
    assert services.search_for(user, "omdøbt").engine == "elasticsearch"


@pytest.fixture
def cluster() -> Iterator[list]:
    try:
        with running_cluster(f"cluster-{os.getpid()}") as nodes:
            yield nodes
    except server.ElasticsearchUnavailable as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(error))


class Searcher(threading.Thread):
    """Asks all the time; counts answers, and the times the engine said it could not."""

    def __init__(self, engine: ElasticsearchEngine) -> None:
        super().__init__(daemon=True)
        self.engine, self.answers, self.away, self.wrong = engine, 0, 0, []
        self.done = threading.Event()

    def run(self) -> None:
        while not self.done.is_set():
            try:
                found = self.engine.search(SearchRequest("fast punkt", OPEN))
            except EngineUnavailable:
                self.away += 1  # PostgreSQL answers then (services._ask)
            else:
                self.answers += 1
                if not any(hit.id == "story:fixed" for hit in found.hits):
                    self.wrong.append(found)


def test_of_three_nodes_one_may_be_killed_while_indexing_and_searching(cluster):
    engine = ElasticsearchEngine(
        ",".join(node.url for node in cluster), select.planner(), prefix="three", shards=3,
        replicas=1, seconds=10,
    )  # fmt: skip
    for index in INDEXES:
        engine.reset(index)
    engine.index([make("story:fixed", "Et fast punkt")])
    engine.refresh()
    engine._client.cluster.health(wait_for_status="green", timeout="60s")
    searcher = Searcher(engine)
    searcher.start()

    acknowledged: list[str] = []
    for batch in range(40):
        documents = [make(f"story:{batch}-{n}", f"Historie {batch}-{n}") for n in range(50)]
        if batch == 15:
            cluster[0].kill()
        while True:  # the outbox tries again as well
            try:
                engine.index(documents)
                break
            except EngineUnavailable:
                continue
        acknowledged += [document.id for document in documents]
    searcher.done.set()
    searcher.join(timeout=30)

    engine.refresh()
    assert set(engine.versions()) == {"story:fixed", *acknowledged}
    assert searcher.wrong == []
    assert searcher.answers > 0
    assert ids(engine, "fast punkt") == ["story:fixed"]
