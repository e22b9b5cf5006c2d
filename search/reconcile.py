"""Does every engine hold what the database says? Nightly, and on demand (docs/search.md).

Three kinds of drift: a document is missing, says something else than the object does now, or has
no object any more. What is put right goes through the outbox, so it obeys the same order as every
change.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from search import registry
from search.engines.base import INDEXES, Engine, EngineUnavailable
from search.models import OutboxEvent
from search.outbox import BATCH, Changes, collect_changes, deliver_batch, enqueue_many
from search.rebuild import batches, engines

log = logging.getLogger(__name__)
MISSING, STALE, ORPHANED = "missing", "stale", "orphaned"
Drift = dict[str, list[str]]


@dataclass
class ReconcileReport:
    """The result: engine -> index -> kind of drift -> ids of documents."""

    documents: int = 0
    drift: dict[str, dict[str, Drift]] = field(default_factory=dict)
    away: list[str] = field(default_factory=list)
    repaired: int = 0

    @property
    def found(self) -> set[str]:
        """Ids of every document that some engine holds wrongly."""
        return {
            document_id
            for indexes in self.drift.values()
            for kinds in indexes.values()
            for ids in kinds.values()
            for document_id in ids
        }


def reconcile(*, repair: bool) -> ReconcileReport:
    """Compare both indexes of every engine with the database; `repair` tells the outbox.

    What waits in the outbox is no drift. An engine that is away is named and left out.
    """
    report = ReconcileReport()
    for engine in engines():
        try:
            report.drift[engine.name] = {index: _drift(engine, index) for index in INDEXES}
        except EngineUnavailable as error:
            log.warning("search: %s Not compared.", error)
            report.away.append(engine.name)
    report.documents = sum(s.queryset().count() for s in registry.sources())
    if found := report.found:
        log.error("search: %s documents differ from the database.", len(found))
        if repair:
            report.repaired = _repair(found)
    return report


def _drift(engine: Engine, index: str) -> Drift:
    """Looked at twice: what changed between reading the object and the index is right by then."""
    engine.refresh(index)
    found = _compare(engine, index, None)
    suspects = {document_id for ids in found.values() for document_id in ids}
    if not suspects:
        return found
    engine.refresh(index)
    waiting = {f"{event.source}:{event.object_id}" for event in OutboxEvent.objects.all()}
    again = _compare(engine, index, suspects)
    return {kind: [key for key in ids if key not in waiting] for kind, ids in again.items()}


def _compare(engine: Engine, index: str, only: set[str] | None) -> Drift:
    """Drift of one index; `only` these documents, or all."""
    drift: Drift = {MISSING: [], STALE: [], ORPHANED: []}
    expected: set[str] = set()
    for wanted in _documents(index, only):
        held = engine.digests(list(wanted), index=index)
        expected |= wanted.keys()
        for document_id, digest in wanted.items():
            if document_id not in held:
                drift[MISSING].append(document_id)
            elif held[document_id] != digest:
                drift[STALE].append(document_id)
    stored = set(engine.versions(index=index))
    drift[ORPHANED] = sorted((stored if only is None else stored & only) - expected)
    return drift


def _documents(index: str, only: set[str] | None) -> Iterator[dict[str, str]]:
    """What an index should hold, a batch at a time: id -> digest."""
    for source in sorted(registry.sources(index), key=lambda source: source.type):
        for pks in _keys(source, only):
            changes = {name: Changes() for name in INDEXES}
            collect_changes(source.type, pks, 0, changes)
            yield {d.id: d.digest for d in changes[index].documents.values()}


def _keys(source: registry.DocumentSource, only: set[str] | None) -> Iterable[set[str]]:
    if only is None:
        return (pks for pks, _ in batches(source.queryset(), ""))
    asked = sorted(key.partition(":")[2] for key in only if key.startswith(f"{source.type}:"))
    return (set(asked[start : start + BATCH]) for start in range(0, len(asked), BATCH))


def _repair(found: set[str]) -> int:
    """Tell the outbox about every differing object, and deliver; returns how many."""
    by_type: dict[str, list[str]] = {}
    for document_id in sorted(found):
        type_, _, pk = document_id.partition(":")
        by_type.setdefault(type_, []).append(pk)
    for type_, pks in by_type.items():
        enqueue_many(type_, pks)
    while True:
        delivered, waiting = deliver_batch()
        if waiting or not delivered:
            return len(found)
