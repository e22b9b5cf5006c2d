"""Rebuild an index while search goes on: new index, catch up, compare, swap.

The progress is stored with every batch, so an interrupted rebuild is resumed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeAlias

from django.db import connection, models, transaction
from django.utils import timezone

from search import registry
from search.engines import select
from search.engines.base import INDEXES, Document, EngineUnavailable
from search.engines.postgres import PostgresEngine
from search.models import Rebuild
from search.outbox import BATCH, Changes, collect_changes, next_version

if TYPE_CHECKING:
    from search.engines.elasticsearch import ElasticsearchEngine
    from search.registry import DocumentSource

Report = dict[str, int]
Own: TypeAlias = "PostgresEngine | ElasticsearchEngine"
Progress = Callable[[Rebuild], None]
LOCK = 7_302_613  # one building at a time


class AlreadyRunning(Exception):
    """Another process is rebuilding the indexes."""


def rebuild_all(
    *, resume: bool = True, progress: Progress | None = None
) -> dict[str, dict[str, Report]]:
    """Rebuild both indexes of every engine; returns documents and failures by engine and index.

    `resume`: continue an interrupted rebuild. `progress` is called after every batch.
    Raises EngineUnavailable when Elasticsearch is configured and away (the live index then
    stays), AlreadyRunning when another process builds.
    """
    with _exclusively():
        return {
            engine.name: {index: _rebuild(engine, index, resume, progress) for index in INDEXES}
            for engine in engines()
        }


def engines() -> list[Own]:
    """The engines of this site: PostgreSQL, and Elasticsearch where it is configured."""
    elasticsearch = select.elasticsearch()
    return [select.postgres(), *([elasticsearch] if elasticsearch is not None else [])]


def roll_back() -> list[str]:
    """Search the index before the newest one again; returns the indexes that were swapped.

    Raises EngineUnavailable when Elasticsearch is not there or keeps no index to go back to.
    What changed since is repaired by `search.reconcile`.
    """
    elasticsearch = select.elasticsearch()
    if elasticsearch is None:
        raise EngineUnavailable("PostgreSQL's index is rebuilt in place: nothing to go back to.")
    with _exclusively():
        return [elasticsearch.roll_back(index) for index in INDEXES]


@contextmanager
def _exclusively() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            raise AlreadyRunning("The search indexes are being built by another process.")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def _rebuild(engine: Own, index: str, resume: bool, progress: Progress | None) -> Report:
    state = _start_or_resume(engine, index, resume)
    _store_all(engine, state, progress)
    removed = _finish(engine, state)
    state.finished = timezone.now()
    state.save()
    report = {"documents": state.documents, "failed": state.failed}
    return {**report, **({"removed": removed} if isinstance(engine, PostgresEngine) else {})}


def _start_or_resume(engine: Own, index: str, resume: bool) -> Rebuild:
    """The state of the rebuild to resume, or of a new one."""
    state = Rebuild.objects.filter(engine=engine.name, index=index).first()
    if resume and state is not None and state.finished is None and _still_building(engine, state):
        return state
    if state is None:
        state = Rebuild(engine=engine.name, index=index)
    # Writers fill the new index too from the start, so no change is missed.
    target = "" if isinstance(engine, PostgresEngine) else engine.start_building(index)
    state.target, state.floor = target, next_version()
    state.source, state.last_pk, state.documents, state.failed = "", "", 0, 0
    state.expected = sum(source.queryset().count() for source in _sources(index))
    state.started, state.finished = timezone.now(), None
    state.save()
    return state


def _still_building(engine: Own, state: Rebuild) -> bool:
    return isinstance(engine, PostgresEngine) or engine.is_building(state.index, state.target)


def _sources(index: str) -> list[DocumentSource]:
    return sorted(registry.sources(index), key=lambda source: source.type)


def _store_all(engine: Own, state: Rebuild, progress: Progress | None) -> None:
    for source in _sources(state.index):
        if source.type < state.source:
            continue
        after = state.last_pk if source.type == state.source else ""
        for pks, last in batches(source.queryset(), after):
            changes = {name: Changes() for name in INDEXES}
            with transaction.atomic():
                state.failed += len(collect_changes(source.type, pks, next_version(), changes))
                documents = list(changes[state.index].documents.values())
                _write(engine, state, documents)
                state.documents += len(documents)
                state.source, state.last_pk = source.type, last
                state.save()
            if progress is not None:
                progress(state)


def _write(engine: Own, state: Rebuild, documents: list[Document]) -> None:
    if isinstance(engine, PostgresEngine):
        engine.index(documents, index=state.index)
    else:
        engine.fill(documents, name=state.target)


def batches(queryset: models.QuerySet[models.Model], after: str) -> Iterator[tuple[set[str], str]]:
    """Primary keys after `after`, a batch at a time, and the last one of each."""
    ordered = queryset.order_by("pk").values_list("pk", flat=True)
    while True:
        page = list((ordered.filter(pk__gt=after) if after else ordered)[:BATCH])
        if not page:
            return
        after = str(page[-1])
        yield {str(pk) for pk in page}, after


def _finish(engine: Own, state: Rebuild) -> int:
    """Swap the new index in, or drop what no source has any more; returns how many went."""
    if not isinstance(engine, PostgresEngine):
        # Documents deleted meanwhile are tombstones there, so nothing may be missing.
        missing = state.documents - engine.count(state.target)
        if missing > 0:
            raise EngineUnavailable(f"The new index lacks {missing} documents: the old one stays.")
        engine.finish_building(state.index, state.target)
        return 0
    stored = engine.versions(index=state.index)
    stale = [key for key, version in stored.items() if version < state.floor]
    with transaction.atomic():
        engine.delete(dict.fromkeys(stale, state.floor), index=state.index)
    return len(stale)
