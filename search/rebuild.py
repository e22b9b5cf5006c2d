"""Every document anew, while people search: new index, catch up, compare, swap."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import models, transaction

from search import registry
from search.engines import select
from search.engines.base import INDEXES, Engine, EngineUnavailable
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.postgres import PostgresEngine
from search.outbox import BATCH, Changes, collect, next_version

Report = dict[str, int]


def rebuild_all() -> dict[str, dict[str, Report]]:
    """Rebuild both indexes of every engine; returns documents and failures by engine and index.

    Raises EngineUnavailable when Elasticsearch is configured and away; the live index then stays.
    """
    engines: list[PostgresEngine | ElasticsearchEngine] = [select.postgres()]
    elasticsearch = select.elasticsearch()
    if elasticsearch is not None:
        engines.append(elasticsearch)
    return {e.name: {index: _rebuild(e, index) for index in INDEXES} for e in engines}


def _rebuild(engine: PostgresEngine | ElasticsearchEngine, index: str) -> Report:
    if isinstance(engine, ElasticsearchEngine):
        return _behind_alias(engine, index)
    return _in_place(engine, index)


def _behind_alias(engine: ElasticsearchEngine, index: str) -> Report:
    """Writers fill the new index too from its first moment, so nothing is missed meanwhile."""
    name = engine.start_building(index)
    report = _store_all(engine, index)
    found = engine.count(name)
    if found < report["documents"]:
        missing = report["documents"] - found
        raise EngineUnavailable(f"The new index lacks {missing} documents: the old one stays.")
    engine.finish_building(index, name)
    return report


def _in_place(engine: PostgresEngine, index: str) -> Report:
    """Newer versions over the rows; what no source has any more becomes a tombstone."""
    start = next_version()
    report = _store_all(engine, index)
    stale = [key for key, version in engine.versions(index=index).items() if version < start]
    with transaction.atomic():
        engine.delete(dict.fromkeys(stale, start), index=index)
    return {**report, "removed": len(stale)}


def _store_all(engine: Engine, index: str) -> Report:
    report = {"documents": 0, "failed": 0}
    for source in registry.sources(index):
        for pks in _batches(source.queryset()):
            changes = {name: Changes() for name in INDEXES}
            report["failed"] += len(collect(source.type, pks, next_version(), changes))
            documents = list(changes[index].documents.values())
            engine.index(documents, index=index)
            report["documents"] += len(documents)
    return report


def _batches(queryset: models.QuerySet[models.Model]) -> Iterator[set[str]]:
    """Primary keys, a batch at a time."""
    last = None
    ordered = queryset.order_by("pk").values_list("pk", flat=True)
    while True:
        page = list((ordered if last is None else ordered.filter(pk__gt=last))[:BATCH])
        if not page:
            return
        last = page[-1]
        yield {str(pk) for pk in page}
