"""What is searched for, and what finds nothing; never who searched (docs/search.md)."""

from __future__ import annotations

import re
from datetime import timedelta

from django.utils import timezone

from search.engines.base import SearchResult
from search.models import QueryLogEntry

KEPT_DAYS = 90
LONGEST_QUERY = 200
# A CPR, phone or case number, however it is grouped, has six digits or more.
_NUMBER = re.compile(r"\d(?:[\s.\-/_]{0,2}\d){5,}")


def cleaned(query: str) -> str:
    """The query without digit runs of six or more, in one spacing and lower case."""
    return " ".join(_NUMBER.sub(" ", query).lower().split())[:LONGEST_QUERY]


def log_query(query: str, index: str, result: SearchResult) -> None:
    """Remember a query; one that was nothing but a number is not remembered."""
    text = cleaned(query)
    if text:
        QueryLogEntry.objects.create(
            query=text, hits=result.total, index=index, engine=result.engine
        )


def purge() -> int:
    """Delete what is older than 90 days; returns how many."""
    oldest = timezone.localdate() - timedelta(days=KEPT_DAYS)
    return QueryLogEntry.objects.filter(day__lt=oldest).delete()[0]
