"""The outbox delivers changes to the engines, none lost and in order (docs/search.md).

`enqueue` writes an event in the change's own transaction and defers the job that delivers it, also
in that transaction. A delivery takes its version from a sequence *before* it reads the object, so
whoever writes the higher version has seen every change the lower one saw: a late delivery is
refused by the engine, and a deletion leaves a tombstone. Delivering twice changes nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import connection, models, transaction
from django.db.models import F
from django.utils import timezone

from privacy.jobs import defer
from search import registry
from search.engines import select
from search.engines.base import INDEXES, Document, Engine, EngineUnavailable
from search.models import IndexedDocument, OutboxEvent

log = logging.getLogger(__name__)
BATCH = 200
LONGEST_ERROR = 200
TOMBSTONE_KEPT = timedelta(days=30)


def enqueue(source: str, pk: object) -> None:
    """Tell search that an object of a declared type was made, changed, withdrawn or deleted."""
    enqueue_many(source, [pk])


def enqueue_many(source: str, pks: Iterable[object]) -> None:
    """The same for many objects, e.g. all that a changed access rule touches."""
    with transaction.atomic():
        events = [OutboxEvent(source=source, object_id=str(pk)) for pk in pks]
        OutboxEvent.objects.bulk_create(events, batch_size=1000)
        if events:
            _defer_once()


def _defer_once() -> None:
    """One job per transaction is enough, however many events it writes.

    The mark goes where Django keeps what is to run at commit: it is forgotten with the same
    rollback, of the transaction or of a savepoint, that takes the job back.
    """
    if not any(waiting[1] is _delivery_deferred for waiting in connection.run_on_commit):
        defer("search.deliver")
        transaction.on_commit(_delivery_deferred)


def _delivery_deferred() -> None:
    """Marks the transaction: its delivery job is deferred already. Does nothing itself."""


def enqueue_instance(instance: models.Model) -> None:
    """Enqueue an instance under every type its model is declared with."""
    for source in registry.sources_of(type(instance)):
        enqueue(source.type, instance.pk)


@dataclass
class Changes:
    """Changes for one index: documents to write, and versions of deleted ones."""

    documents: dict[str, Document] = field(default_factory=dict)
    gone: dict[str, int] = field(default_factory=dict)


def next_version() -> int:
    """A number higher than every one given before."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('search_version')")
        return int(cursor.fetchone()[0])


def deliver_batch(limit: int = BATCH) -> tuple[int, int]:
    """Deliver the oldest waiting events; returns (delivered, still waiting of this batch).

    PostgreSQL learns in this transaction. When Elasticsearch is away its events stay.
    """
    with transaction.atomic():
        events = list(
            OutboxEvent.objects.select_for_update(skip_locked=True).order_by("id")[:limit]
        )
        if not events:
            return 0, 0
        changes, failed = _changes(events)
        _apply(select.postgres(), changes)
        error = _apply_to_elasticsearch(changes)
        kept = events if error else [event for event in events if _object_of(event) in failed]
        _postpone(kept, error or "The document could not be built.")
        kept_ids = {event.pk for event in kept}
        done = [event.pk for event in events if event.pk not in kept_ids]
        OutboxEvent.objects.filter(pk__in=done).delete()
        return len(done), len(kept)


def _object_of(event: OutboxEvent) -> tuple[str, str]:
    return event.source, event.object_id


def _changes(events: list[OutboxEvent]) -> tuple[dict[str, Changes], set[tuple[str, str]]]:
    """The present state of every object the events name; objects that could not be built."""
    version = next_version()
    changes = {index: Changes() for index in INDEXES}
    failed: set[tuple[str, str]] = set()
    by_source: dict[str, set[str]] = {}
    for event in events:
        by_source.setdefault(event.source, set()).add(event.object_id)
    for type_, pks in sorted(by_source.items()):
        failed |= {(type_, pk) for pk in collect_changes(type_, pks, version, changes)}
    return changes, failed


def collect_changes(
    type_: str, pks: set[str], version: int, changes: dict[str, Changes]
) -> set[str]:
    """Read objects and put them into `changes`; returns those that could not be built."""
    source = registry.source(type_)
    if source is None:
        for index in INDEXES:
            changes[index].gone.update({f"{type_}:{pk}": version for pk in pks})
        return set()
    target = changes[source.index]
    failed: set[str] = set()
    missing = set(pks)
    for instance in source.queryset().filter(pk__in=pks).order_by("pk"):
        missing.discard(str(instance.pk))
        try:
            document = source.document(instance, version)
        except Exception:
            log.exception("search: %s could not be built", source.document_id(instance.pk))
            failed.add(str(instance.pk))
            continue
        if document is None:
            missing.add(str(instance.pk))
        else:
            target.documents[document.id] = document
    target.gone.update({source.document_id(pk): version for pk in missing})
    return failed


def _apply(engine: Engine, changes: dict[str, Changes]) -> None:
    for index, change in changes.items():
        if change.documents:
            ordered = sorted(change.documents.values(), key=lambda document: document.id)
            engine.index(ordered, index=index)
        if change.gone:
            engine.delete(dict(sorted(change.gone.items())), index=index)


def _apply_to_elasticsearch(changes: dict[str, Changes]) -> str:
    """Apply the changes to Elasticsearch; returns the error, or an empty string."""
    engine = select.elasticsearch()
    if engine is None:
        return ""
    try:
        _apply(engine, changes)
    except EngineUnavailable as error:
        log.warning("search: %s Changes wait in the outbox.", error)
        return str(error)
    return ""


def _postpone(events: list[OutboxEvent], error: str) -> None:
    OutboxEvent.objects.filter(pk__in=[event.pk for event in events]).update(
        attempts=F("attempts") + 1, last_error=error[:LONGEST_ERROR]
    )


def purge_tombstones() -> int:
    """Forget what was deleted 30 days ago: no event is that late. Returns how many."""
    oldest = timezone.now() - TOMBSTONE_KEPT
    return IndexedDocument.objects.filter(deleted=True, written__lt=oldest).delete()[0]
