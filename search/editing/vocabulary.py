"""How texts and queries are analysed with the editors' words and synonyms (docs/search.md).

Synonyms concern only queries, so they apply at the next search. Words change how documents are
analysed, so a job indexes every document again (reindexing.py). Until it has finished, documents
are written with the newest words and queries are read with the words in use.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.db import connection

from search.analysis.lexicon import default_lexicon
from search.analysis.planner import Planner
from search.models import Synonym, Vocabulary

STATE = (
    "SELECT (SELECT max(id) FROM search_vocabulary),"
    " (SELECT max(id) FROM search_vocabulary WHERE live_at IS NOT NULL),"
    " (SELECT concat(count(*), '/', max(changed_at)) FROM search_synonym)"
)


@dataclass(frozen=True)
class Planners:
    """How documents are analysed, and how queries are."""

    documents: Planner
    queries: Planner


def planners() -> Planners:
    """The present planners; built again only when an editor changed something."""
    with connection.cursor() as cursor:
        cursor.execute(STATE)
        newest, live, synonyms = cursor.fetchone()
    queries = _planner(live, synonyms)
    return Planners(queries if newest == live else _planner(newest, synonyms), queries)


@lru_cache(maxsize=4)
def _planner(vocabulary: int | None, synonyms: str) -> Planner:
    """`synonyms` names their state, so that another one makes another planner."""
    applied = Vocabulary.objects.filter(pk=vocabulary).first() if vocabulary else None
    lexicon = default_lexicon().extended(
        parts=applied.words if applied else [],
        synonyms=[synonym.line for synonym in Synonym.objects.all()],
    )
    return Planner(lexicon)
