"""What is searched for, and what finds nothing; never who searched (docs/search.md)."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from django.core import signing
from django.utils import timezone

from privacy.anonymity import check
from search.analysis.literals import CODE
from search.models import ClickLogEntry, QueryLogEntry

if TYPE_CHECKING:
    from search.engines.base import SearchResult

KEPT_DAYS = 90
LONGEST_QUERY = 200
SALT = "search.opened"
# A CPR, phone or case number, however it is grouped, has six digits or more.
_NUMBER = re.compile(r"\d(?:[\s.\-/_]{0,2}\d){5,}")


def without_numbers(query: str) -> str:
    """The query without case codes and digit runs of six or more, in one spacing and lower case."""
    return " ".join(_NUMBER.sub(" ", CODE.sub(" ", query)).lower().split())[:LONGEST_QUERY]


def loggable(query: str) -> str:
    """What of a query may be remembered: nothing where the anonymity check finds somebody in it.

    Names are typed in small letters, so the query is looked at with capitals too.
    """
    text = without_numbers(query)
    if check(query).findings or check(text.title()).findings:
        return ""
    return text


def log_query(query: str, index: str, result: SearchResult) -> None:
    """Remember a query; one with a name or nothing but a number in it is not remembered."""
    text = loggable(query)
    if text:
        QueryLogEntry.objects.create(
            query=text, hits=result.total, index=index, engine=result.engine
        )


def signed_reference(text: str, document: str, position: int) -> str:
    """A signed reference to an answer, for the page; `text` is what `kept` left of the query."""
    return signing.dumps([text, document, position], salt=SALT) if text else ""


def log_opened(given: str) -> ClickLogEntry | None:
    """Remember that an answer was opened; None for a reference that is too old or not ours."""
    try:
        query, document, position = signing.loads(given, salt=SALT, max_age=timedelta(days=1))
    except signing.BadSignature:
        return None
    return ClickLogEntry.objects.create(query=query, document=document, position=position)


def purge() -> int:
    """Delete what is older than 90 days; returns how many."""
    oldest = timezone.localdate() - timedelta(days=KEPT_DAYS)
    logs: tuple[type[QueryLogEntry | ClickLogEntry], ...] = (QueryLogEntry, ClickLogEntry)
    return sum(model.objects.filter(day__lt=oldest).delete()[0] for model in logs)
