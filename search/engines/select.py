"""Which engines this site has, by its settings."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings

from search.analysis.lexicon import default_lexicon
from search.analysis.planner import Planner
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.postgres import PostgresEngine


@lru_cache(maxsize=1)
def planner() -> Planner:
    """The analysis with the words and synonyms that ship with the program."""
    return Planner(default_lexicon())


def postgres() -> PostgresEngine:
    """Always there, always kept up to date: the default and the fallback."""
    return PostgresEngine(planner())


def elasticsearch() -> ElasticsearchEngine | None:
    """The main engine when ELASTICSEARCH_URL is set."""
    if not settings.ELASTICSEARCH_URL:
        return None
    return _elasticsearch(settings.ELASTICSEARCH_URL, settings.SEARCH_INDEX_PREFIX)


@lru_cache(maxsize=4)
def _elasticsearch(url: str, prefix: str) -> ElasticsearchEngine:
    return ElasticsearchEngine(
        url,
        planner(),
        prefix=prefix,
        shards=settings.SEARCH_SHARDS,
        replicas=settings.SEARCH_REPLICAS,
    )
