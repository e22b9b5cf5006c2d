"""The one query builder of the PostgreSQL engine. Every question holds READABLE."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from time import monotonic
from typing import Any

from django.db import connection
from psycopg import sql

from search.analysis.planner import QueryPlan
from search.engines import pg_ranking, pg_rows
from search.engines.base import NEWEST, RELEVANCE, TITLE, FacetValue, SearchRequest

RANKED = 300  # documents that are scored exactly
SAMPLED = 500  # documents whose tokens are counted
COUNTED = 20_000  # documents that are counted to know how many there are
MOST_SIZES = 5_000  # remembered per access filter
REMEMBERED_SECONDS = 60.0  # how long that number is used; it only weighs rare words
SIMILAR_WORDS = 15  # near spellings that are looked at
PINNED_BOOST = 100_000.0  # far above what words can score
SAME_TOPIC = 1.2  # what a shared topic multiplies the likeness by
# The filter of every query: this index, and only documents the user has a token for.
READABLE = sql.SQL("namespace = %s AND acl && %s::varchar[]")
MATCHING = sql.SQL(" AND vector @@ %s::tsquery")
OR_PINNED = sql.SQL(" AND (vector @@ %s::tsquery OR document_id = ANY(%s::varchar[]))")
NOT_HIDDEN = sql.SQL(" AND document_id <> ALL(%s::varchar[])")
CHOSEN = sql.SQL(" AND facets && %s::varchar[]")
NEWEST_FIRST = sql.SQL("published DESC NULLS LAST, title_sort, version, id")
ORDERS = {
    TITLE: sql.SQL("title_sort, version, id"),
    NEWEST: NEWEST_FIRST,
    RELEVANCE: NEWEST_FIRST,
}
COUNTS = sql.SQL(
    "WITH hits AS MATERIALIZED"
    " (SELECT facets {flags} FROM search_indexeddocument WHERE {where})"
    " SELECT NULL, count(*) FROM hits WHERE TRUE {fits} UNION ALL"
    " SELECT v, count(*) FROM hits, unnest(facets) AS v WHERE TRUE {others} GROUP BY v"
)
PAGE = sql.SQL(
    "SELECT id FROM search_indexeddocument WHERE {where} ORDER BY {order} LIMIT %s OFFSET %s"
)
SAMPLE = sql.SQL(
    "SELECT count(*) {counts} FROM"
    " (SELECT vector FROM search_indexeddocument WHERE {where} LIMIT %s) AS sample"
)
SIZE = sql.SQL(
    "SELECT count(*) FROM (SELECT 1 FROM search_indexeddocument WHERE {where} LIMIT %s) AS found"
)
TOKEN_RANKS = sql.SQL(
    "ARRAY(SELECT ts_rank(%s::real[], vector, q, %s)"
    " FROM unnest(%s::tsquery[]) WITH ORDINALITY AS asked(q, n) ORDER BY n)"
)
CANDIDATES = sql.SQL(
    "SELECT id, facets, pinned, {ranks}, {ranks} FROM"
    " (SELECT id, facets, vector, published, title_sort, version,"
    " array_position(%s::varchar[], document_id) AS pinned,"
    " {held} AS held, ts_rank(vector, %s::tsquery, %s) AS rough"
    " FROM search_indexeddocument WHERE {where}"
    " ORDER BY pinned NULLS LAST, held DESC, rough DESC, id LIMIT %s)"
    " AS best ORDER BY {order}"
)
HAVING = sql.SQL("SELECT 1 FROM search_indexeddocument WHERE {where} LIMIT 1")
# Word counts ignore access, so each word is counted again over the readable documents.
SIMILAR = sql.SQL(
    "SELECT word, (SELECT count(*) FROM (SELECT 1 FROM search_indexeddocument"
    " WHERE {where} AND words @> ARRAY[near.word::text] LIMIT %s) AS found)"
    " FROM (SELECT word FROM search_indexedword WHERE namespace = %s AND word %% %s"
    " ORDER BY similarity(word, %s) DESC, word LIMIT %s) AS near"
)
BEGINNING = sql.SQL(
    "SELECT document_id, type, title, url FROM search_indexeddocument"
    " WHERE {where} AND suggest @@ %s::tsquery"
    " ORDER BY length(title), title, document_id LIMIT %s"
)
OWN = sql.SQL(
    "SELECT title, body, facets FROM search_indexeddocument WHERE {where} AND document_id = %s"
)
NEARNESS = "SELECT set_config('pg_trgm.similarity_threshold', '0.25', true)"


_sizes: dict[tuple[str, frozenset[str]], tuple[int, float]] = {}


def rows(statement: sql.Composable | str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    """What a statement answers."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall())


class PostgresQuery:
    """A user's query in SQL."""

    def __init__(self, namespace: str, request: SearchRequest) -> None:
        self.request = request
        self.plan = QueryPlan((), (), ())
        self._access: list[Any] = [namespace, sorted(request.acl)]
        self._chosen = {
            name: [f"{name}={value}" for value in values]
            for name, values in request.filters.items()
            if values
        }

    def _matching(self) -> tuple[sql.Composable, list[Any]]:
        """The condition of a hit, before chosen facets."""
        where: sql.Composable = READABLE
        parameters = list(self._access)
        if self.request.hidden:
            where, parameters = where + NOT_HIDDEN, [*parameters, list(self.request.hidden)]
        if not self.plan.concepts:
            return where, parameters
        wanted = pg_rows.any_concept(self.plan.concepts)
        if not self.request.pinned:
            return where + MATCHING, [*parameters, wanted]
        return where + OR_PINNED, [*parameters, wanted, list(self.request.pinned)]

    def _chosen_only(self) -> tuple[sql.Composable, list[Any]]:
        where, parameters = self._matching()
        return where + CHOSEN * len(self._chosen), [*parameters, *self._chosen.values()]

    def counts(self) -> tuple[int, dict[str, list[FacetValue]]]:
        """The total, and each facet's values counted with the choices in the other facets."""
        where, parameters = self._matching()
        flags = [sql.Identifier(f"fits_{name}") for name in self._chosen]
        flagged = sql.SQL(", facets && %s::varchar[] AS {}")
        fitting = sql.SQL(" AND {}")
        other = sql.SQL(" AND ({} OR split_part(v, '=', 1) = %s)")
        statement = COUNTS.format(
            flags=sql.Composed([flagged.format(flag) for flag in flags]),
            where=where,
            fits=sql.Composed([fitting.format(flag) for flag in flags]),
            others=sql.Composed([other.format(flag) for flag in flags]),
        )
        found = rows(statement, [*self._chosen.values(), *parameters, *self._chosen])
        total = next(count for value, count in found if value is None)
        return total, _grouped(self.request.facets, found)

    def page(self, total: int) -> list[tuple[int, float]]:
        """Ids and scores of the page, in order."""
        request = self.request
        if request.sort == RELEVANCE and self.plan.concepts:
            wanted = min(total, request.offset + request.size)
            return self.best(wanted)[request.offset : wanted]
        where, parameters = self._chosen_only()
        statement = PAGE.format(where=where, order=ORDERS[request.sort])
        found = rows(statement, [*parameters, request.size, request.offset])
        return [(key, 0.0) for (key,) in found]

    def best(self, wanted: int, topics: Sequence[str] = ()) -> list[tuple[int, float]]:
        """The `wanted` best ids with their scores; `topics` push those that share one."""
        idf = self._rarities()
        found: list[tuple[int, float]] = []
        last = len(self.request.pinned) + 1
        for key, facets, pinned, whole, part in self._candidates(idf, max(wanted, RANKED)):
            as_word = dict(zip(idf, whole, strict=True))
            as_part = dict(zip(idf, part, strict=True))
            value = pg_ranking.score(self.plan, idf, as_word, as_part)
            value *= SAME_TOPIC if set(topics) & set(facets) else 1.0
            found.append((key, value + PINNED_BOOST * (last - (pinned or last))))
        # Python's sort is stable: equal scores keep the candidates' order (newest first).
        return sorted(found, key=lambda pair: -pair[1])[:wanted]

    def _rarities(self) -> dict[str, float]:
        """How rare each token is among the readable documents."""
        tokens = pg_ranking.tokens_of(self.plan)
        where, parameters = self._matching()
        count = sql.SQL(", count(*) FILTER (WHERE vector @@ %s::tsquery)")
        statement = SAMPLE.format(counts=count * len(tokens), where=where)
        asked = [pg_rows.all_of([token]) for token in tokens]
        sampled, *having = rows(statement, [*asked, *parameters, SAMPLED])[0]
        readable = self._readable()
        hits = sampled
        if sampled == SAMPLED:
            hits = rows(SIZE.format(where=where), [*parameters, None])[0][0]
        scale, documents = hits / max(sampled, 1), max(readable, hits)
        return {
            token: pg_ranking.rarity(documents, round(count * scale))
            for token, count in zip(tokens, having, strict=True)
        }

    def _readable(self) -> int:
        """An estimate of how many documents the user may read."""
        key = (self._access[0], self.request.acl)
        known, until = _sizes.get(key, (0, 0.0))
        if monotonic() < until:
            return known
        found = int(rows(SIZE.format(where=READABLE), [*self._access, COUNTED])[0][0])
        if len(_sizes) >= MOST_SIZES:
            _sizes.clear()
        _sizes[key] = (found, monotonic() + REMEMBERED_SECONDS)
        return found

    def _candidates(self, idf: Mapping[str, float], most: int) -> list[tuple[Any, ...]]:
        """The rows that hold the most telling concepts, with the rank of every token in them."""
        where, parameters = self._chosen_only()
        concepts = [pg_rows.any_of(concept.alternatives) for concept in self.plan.concepts]
        worth = pg_ranking.concept_rarity(self.plan.concepts, idf)
        held = sql.SQL(" + ").join([sql.SQL("%s * (vector @@ %s::tsquery)::int")] * len(concepts))
        statement = CANDIDATES.format(ranks=TOKEN_RANKS, held=held, where=where, order=NEWEST_FIRST)
        asked = [pg_rows.all_of([token]) for token in idf]
        ranking: list[Any] = []
        for weights in (pg_ranking.WHOLE_WEIGHTS, pg_ranking.PART_WEIGHTS):
            ranking += [weights, pg_ranking.BY_LENGTH, asked]
        pairs = [value for pair in zip(worth, concepts, strict=True) for value in pair]
        typed = pg_rows.any_of(concept.alternatives[0] for concept in self.plan.concepts)
        rough = [typed, pg_ranking.BY_LENGTH]
        pinned = list(self.request.pinned)
        return rows(statement, [*ranking, pinned, *pairs, *rough, *parameters, most])

    def own(self, doc_id: str) -> tuple[str, str, list[str]] | None:
        """Title, body and facets of one readable document."""
        found = rows(OWN.format(where=READABLE), [*self._access, doc_id])
        return (found[0][0], found[0][1], found[0][2]) if found else None

    def beginning(self, typed: str, size: int) -> list[tuple[Any, ...]]:
        """Readable documents in whose title every typed word begins a word."""
        return rows(BEGINNING.format(where=READABLE), [*self._access, typed, size])

    def has(self, token: str) -> bool:
        """Whether a readable document has a token."""
        parameters = [*self._access, pg_rows.all_of([token])]
        return bool(rows(HAVING.format(where=READABLE + MATCHING), parameters))

    def like(self, word: str) -> list[tuple[str, int]]:
        """Near spellings, with the number of readable documents that have them."""
        rows(NEARNESS, [])
        near = [self._access[0], word.lower(), word.lower(), SIMILAR_WORDS]
        found = rows(SIMILAR.format(where=READABLE), [*self._access, SAMPLED, *near])
        return [(other, count) for other, count in found if count]


def _grouped(names: Sequence[str], found: list[tuple[Any, ...]]) -> dict[str, list[FacetValue]]:
    """Counted "name=value" as facets, the most frequent value first."""
    facets: dict[str, list[FacetValue]] = {name: [] for name in names}
    for joined, count in sorted(found, key=lambda row: (-row[1], row[0] or "")):
        name, _, value = (joined or "").partition("=")
        if name in facets:
            facets[name].append(FacetValue(value, count))
    return facets
