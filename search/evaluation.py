"""How good search is, measured by judged queries (docs/search.md): nDCG@10, recall@20, first hit.

The file is `{"documents": [{id, type, title, body}], "queries": [{id, category, text,
relevance: {document: grade}}]}`. A scratch index is filled and every query is asked through the
engine's own query builder, or, as the baseline, through plain Danish full-text search.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import ir_measures
from django.db import connection
from elasticsearch import Elasticsearch
from ir_measures import RR, R, nDCG

from search.engines.base import CONTENT, Document, Engine, SearchRequest
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.postgres import PostgresEngine

if TYPE_CHECKING:
    from search.analysis.planner import Planner

DEPTH = 20  # hits looked at
ACL = frozenset({"open"})
MEASURES = {"ndcg@10": nDCG @ 10, "recall@20": R @ 20, "rr": RR}
Judged = Mapping[str, Any]


def evaluate(
    judged: Judged, engine: str, planner: Planner, elasticsearch_url: str
) -> dict[str, Any]:
    """Measure one engine: "elasticsearch", "postgres" or "baseline" (built-in Danish).

    The baseline is Elasticsearch's `danish` analyser, or PostgreSQL's without a server. Raises
    EngineUnavailable when the engine does not answer, KeyError for a file of another shape.
    """
    prefix = f"scratch-{uuid4().hex[:12]}"
    if engine == "baseline" and elasticsearch_url:
        runs = _ask_builtin_elasticsearch(judged, elasticsearch_url, prefix)
    elif engine == "baseline":
        runs = _ask_builtin_postgres(judged)
    elif engine == "elasticsearch":
        runs = _ask_elasticsearch(judged, elasticsearch_url, planner, prefix)
    else:
        scratch = PostgresEngine(planner, prefix=f"{prefix}-")
        try:
            runs = _ask_engine(judged, scratch)
        finally:
            scratch.reset(CONTENT)
    return {"engine": engine, **measure(judged["queries"], runs)}


def measure(queries: list[Judged], runs: Mapping[str, list[str]]) -> dict[str, Any]:
    """Means over all queries; one without a hit counts as 0."""
    judgments = [
        ir_measures.Qrel(query["id"], document, grade)
        for query in queries
        for document, grade in query["relevance"].items()
    ]
    answers = [
        ir_measures.ScoredDoc(query, document, -place)
        for query, documents in runs.items()
        for place, document in enumerate(documents)
    ]
    values: dict[tuple[str, str], float] = {}
    for metric in ir_measures.iter_calc(list(MEASURES.values()), judgments, answers):
        values[metric.query_id, str(metric.measure)] = metric.value
    categories: dict[str, list[str]] = {}
    for query in queries:
        categories.setdefault(query["category"], []).append(query["id"])

    def mean(ids: list[str], name: str) -> float:
        found = [values.get((key, str(MEASURES[name])), 0.0) for key in ids]
        return round(sum(found) / len(found), 4) if found else 0.0

    everything = [query["id"] for query in queries]
    return {
        "queries": len(queries),
        **{name: mean(everything, name) for name in MEASURES},
        "zero_hits": sum(not runs[key] for key in everything),
        "by_category": {name: mean(ids, "ndcg@10") for name, ids in sorted(categories.items())},
    }


def _documents(judged: Judged) -> list[Document]:
    return [
        Document(id=d["id"], type=d["type"], title=d["title"], body=d["body"], acl=ACL, version=1)
        for d in judged["documents"]
    ]


def _ask_engine(judged: Judged, engine: Engine) -> dict[str, list[str]]:
    engine.index(_documents(judged))
    engine.refresh()
    return {
        query["id"]: [
            hit.id for hit in engine.search(SearchRequest(query["text"], ACL, size=DEPTH)).hits
        ]
        for query in judged["queries"]
    }


def _ask_elasticsearch(
    judged: Judged, url: str, planner: Planner, prefix: str
) -> dict[str, list[str]]:
    engine = ElasticsearchEngine(url, planner, prefix=prefix, seconds=30)
    try:
        return _ask_engine(judged, engine)
    finally:
        engine.names.drop(CONTENT)


def _ask_builtin_elasticsearch(judged: Judged, url: str, prefix: str) -> dict[str, list[str]]:
    client = Elasticsearch(url, request_timeout=30)
    danish = {"type": "text", "analyzer": "danish"}
    client.indices.create(index=prefix, mappings={"properties": {"title": danish, "body": danish}})
    try:
        for document in judged["documents"]:
            text = {"title": document["title"], "body": document["body"]}
            client.index(index=prefix, id=document["id"], document=text)
        client.indices.refresh(index=prefix)
        runs = {}
        for query in judged["queries"]:
            match = {"query": query["text"], "fields": ["title^1.5", "body"]}
            answer = client.search(index=prefix, query={"multi_match": match}, size=DEPTH)
            runs[query["id"]] = [hit["_id"] for hit in answer["hits"]["hits"]]
        return runs
    finally:
        client.indices.delete(index=prefix)


def _ask_builtin_postgres(judged: Judged) -> dict[str, list[str]]:
    """Every word is optional, ranked by `ts_rank` with the title first."""
    sql = (
        "WITH asked AS (SELECT replace(plainto_tsquery('danish', %s)::text, '&', '|')::tsquery q),"
        " held AS (SELECT id, setweight(to_tsvector('danish', title), 'A')"
        " || setweight(to_tsvector('danish', body), 'B') AS v"
        " FROM jsonb_to_recordset(%s::jsonb) AS d(id text, title text, body text))"
        " SELECT id FROM held, asked WHERE v @@ q ORDER BY ts_rank(v, q, 1) DESC, id LIMIT %s"
    )
    documents = json.dumps(judged["documents"])
    runs = {}
    with connection.cursor() as cursor:
        for query in judged["queries"]:
            cursor.execute(sql, [query["text"], documents, DEPTH])
            runs[query["id"]] = [row[0] for row in cursor.fetchall()]
    return runs
