"""Search for a user: access tokens, the engine, and a permission check of the hits."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

from people.access import acl_tokens
from search import registry
from search.editing.promotions import promotions_for
from search.editing.vocabulary import Planners, planners
from search.engines import select
from search.engines.base import (
    CONTENT,
    FACETS,
    RELEVANCE,
    Engine,
    EngineUnavailable,
    SearchHit,
    SearchRequest,
    SearchResult,
    Suggestion,
)

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from people.models import Employee

log = logging.getLogger(__name__)
Answer = TypeVar("Answer")
Found = TypeVar("Found", SearchHit, Suggestion)
REST_SECONDS = 5.0  # how long an engine that was away is not asked again


class _Outage:
    """Remembers that Elasticsearch was down, so that not every page waits for it."""

    until = 0.0


def reset_outage() -> None:
    """Try Elasticsearch again at the next search."""
    _Outage.until = 0.0


def search_for(
    user: Employee | AnonymousUser,
    query: str,
    *,
    index: str = CONTENT,
    filters: Mapping[str, tuple[str, ...]] | None = None,
    sort: str = RELEVANCE,
    page: int = 1,
    size: int = 10,
    facets: tuple[str, ...] = FACETS,
) -> SearchResult:
    """What `user` finds. Raises ValueError for a facet, sorting or page that does not exist.

    Who may read what is asked first: when that fails, nothing is searched (SEC-05).
    """
    acl, known = acl_tokens(user), planners()
    promotions = promotions_for(known.queries, query, index)
    request = SearchRequest(
        query,
        acl,
        index,
        filters or {},
        sort,
        page,
        size,
        facets,
        promotions.first,
        promotions.hidden,
    )
    result, fallback = _query_engine(lambda engine: engine.search(request), known)
    kept = _readable_hits(user, result.hits)
    return replace(
        result,
        hits=kept,
        total=result.total - (len(result.hits) - len(kept)),
        fallback=fallback,
        recommended=frozenset(promotions.first),
    )


def suggest_for(
    user: Employee | AnonymousUser, prefix: str, *, index: str = CONTENT, size: int = 8
) -> list[Suggestion]:
    """Titles for what `user` is typing; nothing for an empty prefix."""
    if not prefix.strip():
        return []
    acl = acl_tokens(user)
    found, _ = _query_engine(lambda engine: engine.suggest(prefix, acl, index=index, size=size))
    return _readable_hits(user, found)


def related_for(
    user: Employee | AnonymousUser, doc_id: str, *, index: str = CONTENT, size: int = 5
) -> list[SearchHit]:
    """Documents like `doc_id` that `user` may read."""
    acl = acl_tokens(user)
    found, _ = _query_engine(lambda engine: engine.related(doc_id, acl, index=index, size=size))
    return _readable_hits(user, found)


def _query_engine(
    question: Callable[[Engine], Answer], known: Planners | None = None
) -> tuple[Answer, bool]:
    """The answer of Elasticsearch or PostgreSQL, and whether it is the fallback."""
    known = known or planners()
    engine = select.elasticsearch(known)
    if engine is None:
        return question(select.postgres(known)), False
    if monotonic() >= _Outage.until:
        try:
            return question(engine), False
        except EngineUnavailable as error:
            _Outage.until = monotonic() + REST_SECONDS
            log.warning("search: %s PostgreSQL answers instead.", error)
    return question(select.postgres(known)), True


def readable_ids(user: Employee | AnonymousUser, ids: Iterable[str]) -> set[str]:
    """The documents that this user may read now, by the database."""
    asked: dict[str, list[str]] = {}
    for doc_id in ids:
        type_, _, pk = doc_id.partition(":")
        asked.setdefault(type_, []).append(pk)
    allowed: set[str] = set()
    for type_, pks in asked.items():
        source = registry.source(type_)
        readable: Iterable[object] = source.visible(user, pks) if source else ()
        allowed |= {f"{type_}:{pk}" for pk in readable}
    return allowed


def _readable_hits(user: Employee | AnonymousUser, found: Sequence[Found]) -> list[Found]:
    """The hits this user may read now, by the database; a dropped hit is logged as an error."""
    allowed = readable_ids(user, [hit.id for hit in found])
    for hit in found:
        if hit.id not in allowed:
            log.error("search: %s was found but is not readable for user %s", hit.id, user.pk)
    return [hit for hit in found if hit.id in allowed]
