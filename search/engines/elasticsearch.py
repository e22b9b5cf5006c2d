"""The Elasticsearch engine: what a municipality runs (Elasticsearch 9, `elasticsearch.dsl`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from time import perf_counter
from typing import TYPE_CHECKING, Any

from elasticsearch import ApiError, Elasticsearch, TransportError
from elasticsearch.dsl import Search
from elasticsearch.helpers import scan, streaming_bulk

from search.analysis.highlight import Highlighter
from search.engines import es_index, es_query
from search.engines.base import (
    CONTENT,
    FACETS,
    INDEXES,
    Document,
    EngineUnavailable,
    FacetValue,
    SearchHit,
    SearchRequest,
    SearchResult,
    Suggestion,
)
from search.engines.correction import understand
from search.engines.es_indexes import IndexNames

if TYPE_CHECKING:
    from search.analysis.planner import Planner

SEARCH_SECONDS = 0.8  # then PostgreSQL answers, and the page still comes within a second
WRITE_SECONDS = 30.0
AWAY = frozenset({401, 403, 404, 408, 429, 502, 503, 504})
SHOWN: list[Any] = ["title", "url", "body", "published", *FACETS]
CONFLICT = 409  # an older version than what is stored


@contextmanager
def _answering() -> Iterator[None]:
    """Raise EngineUnavailable for a server that is down, overloaded or without our indexes."""
    try:
        yield
    except TransportError as error:
        raise EngineUnavailable("Elasticsearch does not answer.") from error
    except ApiError as error:
        if error.status_code in AWAY:
            raise EngineUnavailable(f"Elasticsearch answered {error.status_code}.") from error
        raise


class ElasticsearchEngine:
    """See `Engine` for the contract.

    `documents`: how documents are analysed when that is not (yet) how queries are.
    """

    name = "elasticsearch"

    def __init__(
        self,
        url: str,
        planner: Planner,
        *,
        prefix: str,
        documents: Planner | None = None,
        shards: int = 1,
        replicas: int = 0,
        seconds: float = SEARCH_SECONDS,
    ) -> None:
        # Of several nodes one may be away: each of the others is asked before giving up.
        hosts = url.split(",")
        self._client = Elasticsearch(
            hosts, request_timeout=seconds, max_retries=len(hosts) - 1, retry_on_timeout=False
        )
        self._writer = self._client.options(request_timeout=WRITE_SECONDS)
        self._planner, self._writing = planner, documents or planner
        self.names = IndexNames(self._writer, prefix, shards=shards, replicas=replicas)

    # -- writing -------------------------------------------------------------------------------

    def ping(self) -> bool:
        return bool(self._client.ping())

    def prepare(self) -> None:
        with _answering():
            for index in INDEXES:
                self.names.ensure(index)

    def reset(self, index: str) -> None:
        with _answering():
            self.names.drop(index)
            self.names.ensure(index)

    def index(self, documents: Iterable[Document], *, index: str = CONTENT) -> int:
        return self._write(self._made(documents), index)

    def fill(self, documents: Iterable[Document], *, name: str) -> int:
        """Store documents in one concrete index only: the one that is being built."""
        with _answering():
            return self._store(self._made(documents), [name])

    def _made(self, documents: Iterable[Document]) -> Iterator[tuple[str, int, dict[str, Any]]]:
        return ((doc.id, doc.version, es_index.source(self._writing, doc)) for doc in documents)

    def delete(self, versions: Mapping[str, int], *, index: str = CONTENT) -> int:
        made = (
            (doc_id, version, es_index.tombstone(version)) for doc_id, version in versions.items()
        )
        return self._write(made, index)

    def _write(self, made: Iterable[tuple[str, int, dict[str, Any]]], index: str) -> int:
        """Into the live index and into one that is being built, if any."""
        with _answering():
            return self._store(made, self.names.targets(index))

    def _store(self, made: Iterable[tuple[str, int, dict[str, Any]]], targets: list[str]) -> int:
        """Returns how many the first target took: an older version than its own it refuses."""
        actions = (
            {
                "_index": target,
                "_id": doc_id,
                "version": version,
                "version_type": "external",
                "_source": source,
            }
            for doc_id, version, source in made
            for target in targets
        )
        stored = 0
        results = streaming_bulk(
            self._writer, actions, chunk_size=250, raise_on_error=False, max_retries=2
        )
        for succeeded, item in results:
            outcome = item["index"]
            if not succeeded and outcome["status"] != CONFLICT:
                raise EngineUnavailable(f"Elasticsearch refused a document: {outcome['status']}")
            stored += succeeded and outcome["_index"] == targets[0]
        return stored

    def refresh(self, index: str = CONTENT) -> None:
        with _answering():
            self._writer.indices.refresh(index=self.names.targets(index))

    def versions(self, *, index: str = CONTENT) -> dict[str, int]:
        with _answering():
            query = {"query": {"term": {"deleted": False}}, "_source": ["version"]}
            found = scan(self._writer, index=self.names.alias(index), query=query, size=1000)
            return {hit["_id"]: hit["_source"]["version"] for hit in found}

    def digests(self, ids: Sequence[str], *, index: str = CONTENT) -> dict[str, str]:
        if not ids:
            return {}
        wanted = ["title", "url", "body", "published", "acl", "deleted", *FACETS]
        with _answering():
            answer = self._writer.mget(
                index=self.names.alias(index), ids=list(ids), source_includes=wanted
            )
        return {
            found["_id"]: es_index.digest_of(found["_source"])
            for found in answer["docs"]
            if found.get("found") and not found["_source"]["deleted"]
        }

    def start_building(self, index: str) -> str:
        """A new index that every writer fills from now on; returns its name."""
        with _answering():
            return self.names.start_building(index)

    def finish_building(self, index: str, name: str) -> None:
        """Search the new index; the one before is kept for a rollback."""
        with _answering():
            self.names.swap(index, name)

    def is_building(self, index: str, name: str) -> bool:
        """Whether a building of that name was begun and not finished."""
        with _answering():
            return self.names.is_building(index, name)

    def roll_back(self, index: str) -> str:
        """Search the index that was kept; returns its name. Raises EngineUnavailable without."""
        with _answering():
            name = self.names.roll_back(index)
        if not name:
            raise EngineUnavailable(f"No older index of {index} is kept.")
        return name

    def count(self, name: str) -> int:
        """Documents in a concrete index, tombstones among them."""
        with _answering():
            return self.names.count(name)

    # -- asking --------------------------------------------------------------------------------

    def _search(self, index: str) -> Search:
        """Refuse partial results: while a shard is down, PostgreSQL answers."""
        search = Search(using=self._client, index=self.names.alias(index))
        return search.params(allow_partial_search_results=False)

    def search(self, request: SearchRequest) -> SearchResult:
        started = perf_counter()
        with _answering():
            plan, also = understand(self._planner, request.query, _Probe(self, request))
            if request.finds_nothing(plan):
                return SearchResult((), 0, {}, also, engine=self.name)
            search = es_query.page(self._search(request.index), request, plan).source(SHOWN)
            answer = search.execute().to_dict()
        highlighter = Highlighter(self._planner, plan)
        counted = answer.get("aggregations", {})
        return SearchResult(
            hits=[_hit(hit, highlighter) for hit in answer["hits"]["hits"]],
            total=answer["hits"]["total"]["value"],
            facets={name: _values(counted[name]["values"]) for name in request.facets},
            also=also,
            took_ms=round((perf_counter() - started) * 1000),
            engine=self.name,
        )

    def suggest(
        self, prefix: str, acl: frozenset[str], *, index: str = CONTENT, size: int = 8
    ) -> list[Suggestion]:
        search = self._search(index).query(
            "bool", filter=[es_query.readable(acl)], must=[es_query.beginnings(prefix)]
        )
        with _answering():
            answer = search.source(["title", "url", "type"]).extra(size=size).execute()
        return [
            Suggestion(hit["_id"], source["type"][0], source["title"], source["url"])
            for hit in answer.to_dict()["hits"]["hits"]
            if (source := hit["_source"])
        ]

    def related(
        self, doc_id: str, acl: frozenset[str], *, index: str = CONTENT, size: int = 5
    ) -> list[SearchHit]:
        with _answering():
            own = self._search(index).query(
                "bool", filter=[es_query.readable(acl), {"ids": {"values": [doc_id]}}]
            )
            found = own.source(["topics"]).execute().to_dict()["hits"]["hits"]
            if not found:
                return []
            search = self._search(index).query(
                "bool",
                filter=[es_query.readable(acl)],
                must=[es_query.likeness(found[0]["_index"], doc_id)],
                should=[es_query.same_topics(found[0]["_source"].get("topics", []))],
                must_not=[{"ids": {"values": [doc_id]}}],
            )
            answer = search.source(SHOWN).extra(size=size).execute()
        highlighter = Highlighter(self._planner, self._planner.plan(""))
        return [_hit(hit, highlighter) for hit in answer.to_dict()["hits"]["hits"]]


class _Probe:
    """Words of the index, counted under one user's access filter."""

    def __init__(self, engine: ElasticsearchEngine, request: SearchRequest) -> None:
        self._engine, self._request = engine, request

    def unknown(self, words: Sequence[str]) -> list[str]:
        lexicon = self._engine._planner.lexicon
        counts = self._count({word: es_query.has_token(lexicon.token(word)) for word in words})
        return [word for word in words if not counts[word]]

    def similar(self, words: Sequence[str]) -> dict[str, list[tuple[str, int]]]:
        search = self._engine._search(self._request.index).extra(size=0)
        options = {"field": "words", "suggest_mode": "always", "size": 10, "prefix_length": 0}
        for number, word in enumerate(words):
            search = search.suggest(f"w{number}", word.lower(), term={**options, "max_edits": 2})
        offered = search.execute().to_dict()["suggest"]
        options_of = {
            word: [option["text"] for entry in offered[f"w{number}"] for option in entry["options"]]
            for number, word in enumerate(words)
        }
        # The suggester has no filter: its suggestions are counted again under the access filter.
        counts = self._count(
            {word: {"term": {"words": word}} for found in options_of.values() for word in found}
        )
        return {
            word: [(other, counts[other]) for other in found if counts[other]]
            for word, found in options_of.items()
        }

    def _count(self, queries: dict[str, Any]) -> dict[str, int]:
        if not queries:
            return {}
        search = self._engine._search(self._request.index)
        answer = es_query.counting(search, self._request.acl, queries).execute().to_dict()
        buckets = answer["aggregations"]["found"]["buckets"]
        return {name: bucket["doc_count"] for name, bucket in buckets.items()}


def _hit(raw: dict[str, Any], highlighter: Highlighter) -> SearchHit:
    source = raw["_source"]
    published = source.get("published")
    return SearchHit(
        id=raw["_id"],
        type=source["type"][0],
        title=source["title"],
        url=source["url"],
        score=raw.get("_score") or 0.0,
        title_html=highlighter.title(source["title"]),
        snippet_html=highlighter.snippet(source["body"]),
        facets={name: tuple(source[name]) for name in FACETS if source.get(name)},
        published=date.fromisoformat(published) if published else None,
    )


def _values(aggregation: Any) -> list[FacetValue]:
    return [FacetValue(bucket["key"], bucket["doc_count"]) for bucket in aggregation["buckets"]]
