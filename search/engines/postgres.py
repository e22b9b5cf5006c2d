"""The PostgreSQL engine: the default, and the fallback while Elasticsearch is down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from time import perf_counter
from typing import Any

from django.db import DatabaseError, connection, transaction
from psycopg import sql

from search.analysis.highlight import Highlighter
from search.analysis.planner import Alternative, Concept, Planner, QueryPlan
from search.engines import pg_query, pg_rows
from search.engines.base import (
    CONTENT,
    Document,
    EngineUnavailable,
    SearchHit,
    SearchRequest,
    SearchResult,
    Suggestion,
    digest,
)
from search.engines.correction import understand
from search.engines.pg_query import PostgresQuery
from search.models import IndexedDocument, IndexedWord

BATCH = 200
TELLING_TOKENS = 25  # of a document that others are compared to
TITLE_WEIGHT = 3.0  # of a token in the title of such a document
CASTS = {
    "facets": sql.SQL("%s::varchar[]"),
    "acl": sql.SQL("%s::varchar[]"),
    "published": sql.SQL("%s::date"),
    "vector": sql.SQL("%s::tsvector"),
    "suggest": sql.SQL("%s::tsvector"),
    "words": sql.SQL("%s::text[]"),
}
LEARN = (
    "INSERT INTO search_indexedword (namespace, word)"
    " SELECT %s, unnest(%s::text[]) ON CONFLICT DO NOTHING"
)
# A word that no document has any more was a word of something changed or withdrawn.
FORGET = (
    "DELETE FROM search_indexedword w WHERE w.namespace = %s AND w.word = ANY(%s::text[])"
    " AND NOT EXISTS (SELECT FROM search_indexeddocument d"
    " WHERE d.namespace = w.namespace AND d.words @> ARRAY[w.word::text])"
)
# Insert; a row that is there is replaced by a newer version only.
UPSERT = sql.SQL(
    "INSERT INTO search_indexeddocument AS kept ({columns}, written) VALUES {values}"
    " ON CONFLICT (namespace, document_id) DO UPDATE SET {changes}"
    " WHERE kept.version < EXCLUDED.version"
)
WORDS = pg_rows.COLUMNS.index("words")
VERSION = pg_rows.COLUMNS.index("version")


@contextmanager
def _answering() -> Iterator[None]:
    try:
        yield
    except DatabaseError as error:
        raise EngineUnavailable("PostgreSQL does not answer.") from error


class PostgresEngine:
    """See `Engine` for the contract. `prefix` keeps scratch indexes apart from the real ones.

    `documents`: how documents are analysed when that is not (yet) how queries are.
    """

    name = "postgres"

    def __init__(
        self, planner: Planner, *, prefix: str = "", documents: Planner | None = None
    ) -> None:
        self._planner, self._writing = planner, documents or planner
        self._prefix = prefix

    def namespace(self, index: str) -> str:
        """What the rows of an index are marked with."""
        return f"{self._prefix}{index}"

    # -- writing -------------------------------------------------------------------------------

    def ping(self) -> bool:
        try:
            return bool(pg_query.rows("SELECT 1", []))
        except DatabaseError:
            return False

    def prepare(self) -> None:
        """Nothing to do: the table is made by the migrations."""

    def reset(self, index: str) -> None:
        IndexedDocument.objects.filter(namespace=self.namespace(index)).delete()
        IndexedWord.objects.filter(namespace=self.namespace(index)).delete()

    def index(self, documents: Iterable[Document], *, index: str = CONTENT) -> int:
        namespace = self.namespace(index)
        return self._write(pg_rows.row(self._writing, doc, namespace) for doc in documents)

    def delete(self, versions: Mapping[str, int], *, index: str = CONTENT) -> int:
        namespace = self.namespace(index)
        return self._write(pg_rows.tombstone(key, v, namespace) for key, v in versions.items())

    def _write(self, rows: Iterable[tuple[Any, ...]]) -> int:
        stored, remaining = 0, iter(rows)
        while batch := list(islice(remaining, BATCH)):
            # One statement cannot write a row twice: of two versions, the newer one.
            newest = {row[:2]: row for row in sorted(batch, key=lambda row: row[VERSION])}
            before = self._spoken(newest)
            with _answering(), connection.cursor() as cursor:
                values = [value for row in newest.values() for value in row]
                cursor.execute(_upsert(len(newest)), values)
                stored += cursor.rowcount
            self._learn(batch)
            self._forget(before)
        return stored

    def _spoken(self, keys: Iterable[tuple[Any, ...]]) -> dict[str, set[str]]:
        """The words that stored rows hold now, by index."""
        ids: dict[str, list[str]] = {}
        for namespace, document_id in keys:
            ids.setdefault(namespace, []).append(document_id)
        with _answering():
            return {
                namespace: set(chain.from_iterable(rows.values_list("words", flat=True)))
                for namespace, wanted in ids.items()
                for rows in [
                    IndexedDocument.objects.filter(namespace=namespace, document_id__in=wanted)
                ]
            }

    def _forget(self, before: Mapping[str, set[str]]) -> None:
        """Drop those of the words that no row holds any more (SEC-21)."""
        for namespace, words in before.items():
            if words:
                with _answering(), connection.cursor() as cursor:
                    cursor.execute(FORGET, [namespace, sorted(words)])

    def _learn(self, batch: list[tuple[Any, ...]]) -> None:
        """Keep the words of stored rows for near spellings, in one order against deadlocks."""
        for namespace in {row[0] for row in batch}:
            spoken = {word for row in batch if row[0] == namespace for word in row[WORDS]}
            with _answering(), connection.cursor() as cursor:
                cursor.execute(LEARN, [namespace, sorted(spoken)])

    def refresh(self, index: str = CONTENT) -> None:
        """Nothing to do: what is committed is found."""

    def versions(self, *, index: str = CONTENT) -> dict[str, int]:
        found = IndexedDocument.objects.filter(namespace=self.namespace(index), deleted=False)
        return dict(found.values_list("document_id", "version"))

    def digests(self, ids: Sequence[str], *, index: str = CONTENT) -> dict[str, str]:
        found = IndexedDocument.objects.filter(
            namespace=self.namespace(index), document_id__in=ids, deleted=False
        ).defer("vector", "suggest", "words")
        with _answering():
            return {row.document_id: _digest(row) for row in found}

    # -- asking --------------------------------------------------------------------------------

    def search(self, request: SearchRequest) -> SearchResult:
        started = perf_counter()
        with _answering(), transaction.atomic():
            question = PostgresQuery(self.namespace(request.index), request)
            probe = _Probe(self._planner, question)
            question.plan, also = understand(self._planner, request.query, probe)
            if request.finds_nothing(question.plan):
                return SearchResult((), 0, {}, also, engine=self.name)
            total, facets = question.counts()
            hits = self._hits(question.page(total), question.plan)
        took = round((perf_counter() - started) * 1000)
        return SearchResult(hits, total, facets, also, took, self.name)

    def _hits(self, keys: Sequence[tuple[int, float]], plan: QueryPlan) -> list[SearchHit]:
        """The rows of the found ids, in that order."""
        found = IndexedDocument.objects.in_bulk([key for key, _ in keys])
        marker = Highlighter(self._planner, plan)
        return [_hit(found[key], score, marker) for key, score in keys if key in found]

    def suggest(
        self, prefix: str, acl: frozenset[str], *, index: str = CONTENT, size: int = 8
    ) -> list[Suggestion]:
        typed = pg_rows.beginnings(prefix)
        question = PostgresQuery(self.namespace(index), SearchRequest("", acl, index=index))
        with _answering():
            found = question.beginning(typed, size) if typed else []
        return [Suggestion(*row) for row in found]

    def related(
        self, doc_id: str, acl: frozenset[str], *, index: str = CONTENT, size: int = 5
    ) -> list[SearchHit]:
        question = PostgresQuery(self.namespace(index), SearchRequest("", acl, index=index))
        with _answering(), transaction.atomic():
            own = question.own(doc_id)
            if own is None:
                return []
            title, body, facets = own
            question.plan = self._likeness(title, body)
            if not question.plan.concepts:
                return []
            topics = [value for value in facets if value.startswith("topics=")]
            hits = self._hits(question.best(size + 1, topics), self._planner.plan(""))
        return [hit for hit in hits if hit.id != doc_id][:size]

    def _likeness(self, title: str, body: str) -> QueryPlan:
        """A plan that asks for a document's telling tokens: of its title, then the frequent."""
        weights: dict[str, float] = {}
        for text, weight in ((title, TITLE_WEIGHT), (body, 1.0)):
            for token, parts in self._planner.tokens(text):
                for found in (token, *parts):
                    weights[found] = weights.get(found, 0.0) + weight
        telling = sorted(weights, key=lambda token: (-weights[token], -len(token), token))
        chosen = telling[:TELLING_TOKENS]
        concepts = [Concept((Alternative((token,), weights[token] ** 0.5),)) for token in chosen]
        return QueryPlan((), tuple(concepts), ())


class _Probe:
    """Words of the index, counted under one user's access filter."""

    def __init__(self, planner: Planner, question: PostgresQuery) -> None:
        self._lexicon, self._question = planner.lexicon, question

    def unknown(self, words: Sequence[str]) -> list[str]:
        return [word for word in words if not self._question.has(self._lexicon.token(word))]

    def similar(self, words: Sequence[str]) -> dict[str, list[tuple[str, int]]]:
        return {word: self._question.like(word) for word in words}


def _facets(row: IndexedDocument) -> dict[str, tuple[str, ...]]:
    facets: dict[str, tuple[str, ...]] = {}
    for joined in row.facets:
        name, _, value = joined.partition("=")
        facets[name] = (*facets.get(name, ()), value)
    return facets


def _digest(row: IndexedDocument) -> str:
    day = row.published.isoformat() if row.published else None
    return digest(row.title, row.body, row.url, facets=_facets(row), published=day, acl=row.acl)


def _hit(row: IndexedDocument, score: float, marker: Highlighter) -> SearchHit:
    return SearchHit(
        id=row.document_id,
        type=row.type,
        title=row.title,
        url=row.url,
        score=score,
        title_html=marker.title(row.title),
        snippet_html=marker.snippet(row.body),
        facets=_facets(row),
        published=row.published,
    )


def _upsert(count: int) -> sql.Composed:
    placeholders = [CASTS.get(name, sql.SQL("%s")) for name in pg_rows.COLUMNS]
    one = sql.SQL("({}, now())").format(sql.SQL(", ").join(placeholders))
    changed = [sql.Identifier(name) for name in (*pg_rows.COLUMNS[2:], "written")]
    return UPSERT.format(
        columns=sql.SQL(", ").join(map(sql.Identifier, pg_rows.COLUMNS)),
        values=sql.SQL(", ").join([one] * count),
        changes=sql.SQL(", ").join([sql.SQL("{0} = EXCLUDED.{0}").format(c) for c in changed]),
    )
