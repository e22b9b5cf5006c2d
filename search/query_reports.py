"""What editors learn from the query log: what finds nothing, and what nobody opens.

A query is shown when it was asked on three different days or more, and names and numbers are never
kept (search/querylog.py): what one person searched for once is nobody's business.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet

from search.engines.base import CONTENT
from search.models import ClickLogEntry, QueryLogEntry

FEWEST_DAYS = 3
Rows = QuerySet[QueryLogEntry, Any]


def unanswered() -> Rows:
    """Queries that find nothing: how often, on how many days, and when last.

    One that has found something since is left out: somebody has helped it already.
    """
    nothing = Q(hits=0)
    return (
        QueryLogEntry.objects.filter(index=CONTENT)
        .values("query")
        .annotate(
            asked=Count("id", filter=nothing),
            days=Count("day", distinct=True, filter=nothing),
            last=Max("day", filter=nothing),
            found=Max("day", filter=~nothing),
        )
        .filter(Q(found__isnull=True) | Q(found__lt=F("last")), days__gte=FEWEST_DAYS)
        .order_by("-asked", "query")
    )


def unopened() -> Rows:
    """Queries that find something, but nothing that anybody opens."""
    opened = ClickLogEntry.objects.values("query")
    return (
        QueryLogEntry.objects.filter(index=CONTENT, hits__gt=0)
        .exclude(query__in=opened)
        .values("query")
        .annotate(asked=Count("id"), days=Count("day", distinct=True), last=Max("day"))
        .filter(days__gte=FEWEST_DAYS)
        .order_by("-asked", "query")
    )


def held_back() -> int:
    """How many unanswered queries are not shown because they were asked on too few days."""
    few = (
        QueryLogEntry.objects.filter(index=CONTENT, hits=0)
        .values("query")
        .annotate(days=Count("day", distinct=True))
        .filter(days__lt=FEWEST_DAYS)
    )
    return few.count()
