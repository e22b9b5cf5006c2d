"""The PostgreSQL engine: the embedded default, and the fallback while Elasticsearch is away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from time import perf_counter
from typing import Any

from django.db import DatabaseError, connection, transaction

from search.analysis.folding import words as words_of
from search.analysis.highlight import Highlighter
from search.analysis.planner import Alternative, Concept, Plan, Planner
from search.engines import pg_ranking, pg_rows
from search.engines.base import (
    CONTENT,
    NEWEST,
    RELEVANCE,
    TITLE,
    Document,
    EngineUnavailable,
    FacetValue,
    Hit,
    SearchRequest,
    SearchResult,
    Suggestion,
)
from search.engines.correction import understand
from search.models import IndexedDocument

TABLE = "search_indexeddocument"
BATCH = 200
RANKED = 300  # documents that are scored exactly
SAMPLED = 2_000  # documents whose tokens are counted
COUNTED = 20_000  # documents that are counted to know how many there are
SIMILAR_ROWS = 25
TELLING_TOKENS = 25  # of a document that others are compared to
# The one filter of every query: this index, and only what the reader holds a token for.
READABLE = "namespace = %s AND acl && %s::varchar[]"


@contextmanager
def _answering() -> Iterator[None]:
    try:
        yield
    except DatabaseError as error:
        raise EngineUnavailable("PostgreSQL does not answer.") from error


def _rows(sql: str, parameters: Sequence[object]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())


class PostgresEngine:
    """See `Engine` for the contract. `prefix` keeps scratch indexes apart from the real ones."""

    name = "postgres"

    def __init__(self, planner: Planner, *, prefix: str = "") -> None:
        self._planner = planner
        self._prefix = prefix

    def namespace(self, index: str) -> str:
        """What the rows of an index are marked with."""
        return f"{self._prefix}{index}"

    # -- writing -------------------------------------------------------------------------------

    def ping(self) -> bool:
        try:
            return bool(_rows("SELECT 1", []))
        except DatabaseError:
            return False

    def prepare(self) -> None:
        """Nothing to do: the table is made by the migrations."""

    def reset(self, index: str) -> None:
        IndexedDocument.objects.filter(namespace=self.namespace(index)).delete()

    def index(self, documents: Iterable[Document], *, index: str = CONTENT) -> int:
        rows = (pg_rows.row(self._planner, doc, self.namespace(index)) for doc in documents)
        return self._write(rows)

    def delete(self, versions: Mapping[str, int], *, index: str = CONTENT) -> int:
        place = self.namespace(index)
        return self._write(pg_rows.tombstone(key, v, place) for key, v in versions.items())

    def _write(self, rows: Iterable[tuple[object, ...]]) -> int:
        stored, remaining = 0, iter(rows)
        while batch := list(islice(remaining, BATCH)):
            newest = {(row[0], row[1]): row for row in sorted(batch, key=lambda row: row[10])}
            with _answering(), connection.cursor() as cursor:
                cursor.execute(_upsert(len(newest)), [v for row in newest.values() for v in row])
                stored += cursor.rowcount
        return stored

    def refresh(self, index: str = CONTENT) -> None:
        """Nothing to do: what is committed is found."""

    def versions(self, *, index: str = CONTENT) -> dict[str, int]:
        found = IndexedDocument.objects.filter(namespace=self.namespace(index), deleted=False)
        return dict(found.values_list("document_id", "version"))

    # -- asking --------------------------------------------------------------------------------

    def search(self, request: SearchRequest) -> SearchResult:
        started = perf_counter()
        with _answering(), transaction.atomic():
            query = _Query(self.namespace(request.index), request)
            query.plan, also = understand(self._planner, request.query, _Probe(self, query))
            if request.finds_nothing(query.plan):
                return SearchResult((), 0, {}, also, engine=self.name)
            total, facets = query.counts()
            keys = query.page(total)
            hits = self._hits(keys, query.plan)
        took = round((perf_counter() - started) * 1000)
        return SearchResult(hits, total, facets, also, took, self.name)

    def _hits(self, keys: Sequence[tuple[int, float]], plan: Plan) -> list[Hit]:
        """The rows of ids that a reader's query found, in that order."""
        found = IndexedDocument.objects.in_bulk([key for key, _ in keys])
        marker = Highlighter(self._planner, plan)
        return [_hit(found[key], score, marker) for key, score in keys if key in found]

    def suggest(
        self, prefix: str, acl: frozenset[str], *, index: str = CONTENT, size: int = 8
    ) -> list[Suggestion]:
        typed = pg_rows.beginnings(prefix)
        if not typed:
            return []
        sql = (
            f"SELECT document_id, type, title, url FROM {TABLE} WHERE {READABLE}"
            " AND suggest @@ %s::tsquery ORDER BY length(title), title, document_id LIMIT %s"
        )
        with _answering():
            found = _rows(sql, [self.namespace(index), sorted(acl), typed, size])
        return [Suggestion(*row) for row in found]

    def related(
        self, doc_id: str, acl: frozenset[str], *, index: str = CONTENT, size: int = 5
    ) -> list[Hit]:
        sql = f"SELECT title, body, facets FROM {TABLE} WHERE {READABLE} AND document_id = %s"
        with _answering(), transaction.atomic():
            own = _rows(sql, [self.namespace(index), sorted(acl), doc_id])
            if not own:
                return []
            title, body, facets = own[0]
            query = _Query(self.namespace(index), SearchRequest("", acl, index=index))
            query.plan = self._likeness(title, body)
            keys = query.best(size + 1, topics=[f for f in facets if f.startswith("topics=")])
            hits = self._hits(keys, self._planner.plan(""))
        return [hit for hit in hits if hit.id != doc_id][:size]

    def _likeness(self, title: str, body: str) -> Plan:
        """A plan that asks for the telling tokens of a document: of its title, then the frequent."""
        weights: dict[str, float] = {}
        for text, weight in ((title, 3.0), (body, 1.0)):
            for token, parts in self._planner.tokens(text):
                for found in (token, *parts):
                    weights[found] = weights.get(found, 0.0) + weight
        telling = sorted(weights, key=lambda token: (-weights[token], -len(token), token))
        chosen = telling[:TELLING_TOKENS]
        concepts = [Concept((Alternative((token,), weights[token] ** 0.5),)) for token in chosen]
        return Plan((), tuple(concepts), ())


class _Query:
    """One reader's question in SQL. Every statement holds READABLE."""

    def __init__(self, namespace: str, request: SearchRequest) -> None:
        self.request = request
        self.plan = Plan((), (), ())
        self._reader: list[object] = [namespace, sorted(request.acl)]
        self._chosen = {
            name: [f"{name}={value}" for value in values]
            for name, values in request.filters.items()
            if values
        }

    def _matching(self) -> tuple[str, list[object]]:
        """What a row must be to be a hit, before the reader's own choices."""
        if not self.plan.concepts:
            return READABLE, self._reader
        query = pg_rows.any_concept(self.plan.concepts)
        return f"{READABLE} AND vector @@ %s::tsquery", [*self._reader, query]

    def _chosen_only(self) -> tuple[str, list[object]]:
        where, parameters = self._matching()
        for values in self._chosen.values():
            where += " AND facets && %s::varchar[]"
            parameters = [*parameters, values]
        return where, parameters

    def counts(self) -> tuple[int, dict[str, list[FacetValue]]]:
        """The total, and each facet's values counted with the choices in the other facets."""
        where, parameters = self._matching()
        flags = "".join(f", facets && %s::varchar[] AS f{i}" for i in range(len(self._chosen)))
        fits = " AND ".join(["TRUE", *(f"f{i}" for i in range(len(self._chosen)))])
        others = " AND ".join(
            ["TRUE", *(f"(f{i} OR split_part(v, '=', 1) = %s)" for i in range(len(self._chosen)))]
        )
        sql = (
            f"WITH hits AS MATERIALIZED (SELECT facets{flags} FROM {TABLE} WHERE {where})"
            f" SELECT NULL, count(*) FROM hits WHERE {fits} UNION ALL"
            f" SELECT v, count(*) FROM hits, unnest(facets) AS v WHERE {others} GROUP BY v"
        )
        rows = _rows(sql, [*self._chosen.values(), *parameters, *self._chosen])
        total = next(count for value, count in rows if value is None)
        return total, _grouped(self.request.facets, rows)

    def page(self, total: int) -> list[tuple[int, float]]:
        """Ids and scores of the page, in order."""
        request = self.request
        if request.sort == RELEVANCE and self.plan.concepts:
            wanted = min(total, request.offset + request.size)
            return self.best(wanted)[request.offset : wanted]
        newest = "published DESC NULLS LAST, title_sort, version, id"
        order = {TITLE: "title_sort, version, id", NEWEST: newest, RELEVANCE: newest}[request.sort]
        where, parameters = self._chosen_only()
        sql = f"SELECT id FROM {TABLE} WHERE {where} ORDER BY {order} LIMIT %s OFFSET %s"
        return [(key, 0.0) for (key,) in _rows(sql, [*parameters, request.size, request.offset])]

    def best(self, wanted: int, topics: Sequence[str] = ()) -> list[tuple[int, float]]:
        """The `wanted` best ids with their scores; those that share a topic come a little sooner."""
        idf = self._rarities()
        found = []
        for key, facets, whole, part in self._candidates(idf, max(wanted, RANKED)):
            tokens = list(idf)
            value = pg_ranking.score(
                self.plan, idf, dict(zip(tokens, whole, strict=True)),
                dict(zip(tokens, part, strict=True)),
            )  # fmt: skip
            found.append((key, value * (1.2 if set(topics) & set(facets) else 1.0)))
        # Python's sort is stable: equal scores keep the candidates' order (newest first).
        return sorted(found, key=lambda pair: -pair[1])[:wanted]

    def _rarities(self) -> dict[str, float]:
        """How rare each token is among what this reader may read."""
        tokens = pg_ranking.tokens_of(self.plan)
        where, parameters = self._matching()
        counts = ", ".join("count(*) FILTER (WHERE vector @@ %s::tsquery)" for _ in tokens)
        sample = f"SELECT vector FROM {TABLE} WHERE {where} LIMIT {SAMPLED}"
        asked = [pg_rows.all_of([token]) for token in tokens]
        sampled, *having = _rows(
            f"SELECT count(*), {counts} FROM ({sample}) AS sample", [*asked, *parameters]
        )[0]
        readable = f"SELECT 1 FROM {TABLE} WHERE {READABLE} LIMIT {COUNTED}"
        all_documents = _rows(f"SELECT count(*) FROM ({readable}) AS r", self._reader)[0][0]
        hits = sampled
        if sampled == SAMPLED:
            hits = _rows(f"SELECT count(*) FROM {TABLE} WHERE {where}", parameters)[0][0]
        scale = hits / max(sampled, 1)
        documents = max(all_documents, hits)
        return {
            token: pg_ranking.rarity(documents, round(count * scale))
            for token, count in zip(tokens, having, strict=True)
        }

    def _candidates(self, idf: Mapping[str, float], most: int) -> list[tuple[Any, ...]]:
        """The rows that hold the most telling concepts, with the rank of every token in them."""
        where, parameters = self._chosen_only()
        asked = [pg_rows.all_of([token]) for token in idf]
        concepts = [pg_rows.any_of(concept.alternatives) for concept in self.plan.concepts]
        worth = pg_ranking.concept_rarity(self.plan.concepts, idf)
        held = " + ".join("%s * (vector @@ %s::tsquery)::int" for _ in concepts)
        pairs = [value for pair in zip(worth, concepts, strict=True) for value in pair]
        ranks = (
            "ARRAY(SELECT ts_rank(%s::real[], vector, q, %s)"
            " FROM unnest(%s::tsquery[]) WITH ORDINALITY AS asked(q, n) ORDER BY n)"
        )
        sql = (
            f"SELECT id, facets, {ranks}, {ranks} FROM (SELECT id, facets, vector, published,"
            f" title_sort, version, {held} AS held, ts_rank(vector, %s::tsquery, %s) AS rough"
            f" FROM {TABLE} WHERE {where} ORDER BY held DESC, rough DESC, id LIMIT %s) AS best"
            " ORDER BY published DESC NULLS LAST, title_sort, version, id"
        )
        ranking: list[object] = []
        for weights in (pg_ranking.WHOLE_WEIGHTS, pg_ranking.PART_WEIGHTS):
            ranking += [weights, pg_ranking.BY_LENGTH, asked]
        rough = [pg_rows.any_concept(self.plan.concepts), pg_ranking.BY_LENGTH]
        return _rows(sql, [*ranking, *pairs, *rough, *parameters, most])

    def having(self, token: str) -> bool:
        """Whether a readable document has a token."""
        sql = f"SELECT 1 FROM {TABLE} WHERE {READABLE} AND vector @@ %s::tsquery LIMIT 1"
        return bool(_rows(sql, [*self._reader, pg_rows.all_of([token])]))

    def like(self, word: str) -> list[str]:
        """The words of the readable documents that have something like a word."""
        _rows("SELECT set_config('pg_trgm.word_similarity_threshold', '0.4', true)", [])
        sql = (
            f"SELECT words FROM {TABLE} WHERE {READABLE} AND %s <%% words"
            " ORDER BY word_similarity(%s, words) DESC, id LIMIT %s"
        )
        parameters = [*self._reader, word.lower(), word.lower(), SIMILAR_ROWS]
        return [text for (text,) in _rows(sql, parameters)]


class _Probe:
    """Words of the index, counted under one reader's filter."""

    def __init__(self, engine: PostgresEngine, query: _Query) -> None:
        self._lexicon, self._query = engine._planner.lexicon, query

    def unknown(self, words: Sequence[str]) -> list[str]:
        return [word for word in words if not self._query.having(self._lexicon.token(word))]

    def similar(self, words: Sequence[str]) -> dict[str, list[tuple[str, int]]]:
        found: dict[str, list[tuple[str, int]]] = {}
        for word in words:
            counts: dict[str, int] = {}
            for text in self._query.like(word):
                for other in words_of(text):
                    counts[other] = counts.get(other, 0) + 1
            found[word] = list(counts.items())
        return found


def _grouped(names: Sequence[str], rows: list[tuple[Any, ...]]) -> dict[str, list[FacetValue]]:
    """Counted "name=value" as facets, the most frequent value first."""
    facets: dict[str, list[FacetValue]] = {name: [] for name in names}
    for joined, count in sorted(rows, key=lambda row: (-row[1], row[0] or "")):
        name, _, value = (joined or "").partition("=")
        if name in facets:
            facets[name].append(FacetValue(value, count))
    return facets


def _hit(row: IndexedDocument, score: float, marker: Highlighter) -> Hit:
    facets: dict[str, tuple[str, ...]] = {}
    for joined in row.facets:
        name, _, value = joined.partition("=")
        facets[name] = (*facets.get(name, ()), value)
    return Hit(
        id=row.document_id,
        type=row.type,
        title=row.title,
        url=row.url,
        score=score,
        title_html=marker.title(row.title),
        snippet_html=marker.snippet(row.body),
        facets=facets,
        published=row.published,
    )


def _upsert(count: int) -> str:
    """Insert `count` rows; a row that is there is replaced by a newer version only."""
    columns = ", ".join(pg_rows.COLUMNS)
    values = ", ".join(
        "(" + ", ".join(_PLACES.get(name, "%s") for name in pg_rows.COLUMNS) + ", now())"
        for _ in range(count)
    )
    changes = ", ".join(f"{name} = EXCLUDED.{name}" for name in (*pg_rows.COLUMNS[2:], "written"))
    return (
        f"INSERT INTO {TABLE} ({columns}, written) VALUES {values}"
        f" ON CONFLICT (namespace, document_id) DO UPDATE SET {changes}"
        f" WHERE {TABLE}.version < EXCLUDED.version"
    )


_PLACES = {
    "facets": "%s::varchar[]",
    "acl": "%s::varchar[]",
    "published": "%s::date",
    "vector": "%s::tsvector",
    "suggest": "%s::tsvector",
}
