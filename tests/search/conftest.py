from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from elasticsearch import Elasticsearch

from people.models import Unit
from people.roles import Role
from search import registry, services
from search.engines import pg_query, select
from search.engines.base import INDEXES, Document, Engine, SearchRequest
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.postgres import PostgresEngine
from tests.factories.people import EmployeeFactory

OPEN = frozenset({"open"})


@pytest.fixture(scope="session")
def index_prefix(elasticsearch_url: str) -> Iterator[str]:
    """Names of this session's indexes, which are dropped at its end."""
    prefix = f"test-{uuid4().hex[:8]}"
    yield prefix
    client = Elasticsearch(elasticsearch_url)
    for name in client.indices.get(index=f"{prefix}*").body:
        client.indices.delete(index=name)


@pytest.fixture
def elasticsearch_engine(elasticsearch_url: str, index_prefix: str) -> ElasticsearchEngine:
    engine = ElasticsearchEngine(
        elasticsearch_url, select.planner(), prefix=index_prefix, seconds=30
    )
    for index in INDEXES:
        engine.reset(index)
    return engine


@pytest.fixture(params=["postgres", "elasticsearch"])
def engine(request: pytest.FixtureRequest, db: None) -> Engine:
    """Each engine in turn, empty."""
    if request.param == "elasticsearch":
        return request.getfixturevalue("elasticsearch_engine")
    return PostgresEngine(select.planner())


@pytest.fixture
def elasticsearch_site(
    settings: Any, elasticsearch_url: str, index_prefix: str, elasticsearch_engine: Any
) -> ElasticsearchEngine:
    """The site configured with Elasticsearch."""
    settings.ELASTICSEARCH_URL = elasticsearch_url
    settings.SEARCH_INDEX_PREFIX = index_prefix
    return elasticsearch_engine


@pytest.fixture(autouse=True)
def _postgres_only(settings: Any) -> Iterator[None]:
    settings.ELASTICSEARCH_URL = ""
    services.reset_outage()
    pg_query._sizes.clear()
    yield
    services.reset_outage()


@pytest.fixture
def only_source() -> Iterator[Any]:
    """Registers a source and leaves nothing else declared; undone after the test."""
    before = dict(registry._SOURCES)
    registry._SOURCES.clear()
    yield registry.register
    registry._SOURCES.clear()
    registry._SOURCES.update(before)


def make(doc_id: str, title: str, body: str = "", **more: Any) -> Document:
    """A document everybody may read, unless told otherwise."""
    given = {"type": "story", "acl": OPEN, "version": 1, "url": f"/{doc_id}/", **more}
    return Document(id=doc_id, title=title, body=body, **given)


def fill(engine: Engine, *documents: Document, index: str = "content") -> None:
    engine.index(documents, index=index)
    engine.refresh(index)


def ids(engine: Engine, query: str, acl: frozenset[str] = OPEN, **more: Any) -> list[str]:
    return [hit.id for hit in engine.search(SearchRequest(query, acl, **more)).hits]


def team_document(unit: Unit) -> Document | None:
    """A unit as a document: closed ones are not found, secret ones by their members only."""
    if unit.kind == "closed":
        return None
    if unit.kind == "broken":
        raise RuntimeError("cannot be built")
    acl = frozenset({f"unit:{unit.pk}"} if unit.kind == "secret" else {"login"})
    municipality = unit.municipality.name
    return Document(
        id="", type="", title=unit.name, body=f"Et team om {unit.kind}", url=f"/team/{unit.pk}/",
        municipality=municipality, acl=acl,
    )  # fmt: skip


@pytest.fixture
def teams(only_source: Any) -> registry.DocumentSource:
    """Units as documents, and nothing else declared."""
    source = registry.DocumentSource(
        type="team",
        label="Team",
        label_plural="Teams",
        model=Unit,
        build=team_document,
        queryset=lambda: Unit.objects.select_related("municipality"),
        visible=lambda user, pks: Unit.objects.filter(pk__in=pks).values_list("pk", flat=True),
    )
    only_source(source)
    return source


@pytest.fixture
def editor(client):
    """Logged in."""
    employee = EmployeeFactory(roles=[Role.EDITOR])
    client.force_login(employee)
    return employee
