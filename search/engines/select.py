"""Which engines this site has, by its settings, with the words of this moment."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from django.conf import settings

from search.editing.vocabulary import Planners, planners
from search.engines.postgres import PostgresEngine

if TYPE_CHECKING:
    from search.analysis.planner import Planner
    from search.engines.elasticsearch import ElasticsearchEngine


def planner() -> Planner:
    """How queries are read now."""
    return planners().queries


def postgres(known: Planners | None = None) -> PostgresEngine:
    """Always there, always kept up to date: the default and the fallback."""
    known = known or planners()
    return PostgresEngine(known.queries, documents=known.documents)


def elasticsearch(known: Planners | None = None) -> ElasticsearchEngine | None:
    """The main engine when ELASTICSEARCH_URL is set."""
    if not settings.ELASTICSEARCH_URL:
        return None
    return _elasticsearch(
        settings.ELASTICSEARCH_URL, settings.SEARCH_INDEX_PREFIX, known or planners()
    )


@lru_cache(maxsize=4)
def _elasticsearch(url: str, prefix: str, known: Planners) -> ElasticsearchEngine:
    # Importing the client takes a second, which sites without Elasticsearch need not spend.
    from search.engines.elasticsearch import ElasticsearchEngine  # noqa: PLC0415 - see above

    return ElasticsearchEngine(
        url,
        known.queries,
        documents=known.documents,
        prefix=prefix,
        shards=settings.SEARCH_SHARDS,
        replicas=settings.SEARCH_REPLICAS,
    )
