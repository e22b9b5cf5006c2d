"""The editors' words and synonyms on their way into use (docs/search.md).

Synonyms and bets only concern queries: they work at the next search. Words change what documents
are made of, so a job analyses every document anew: ten edits in a minute are one job. Meanwhile
documents are written with the newest words and queries read with those in use.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.db import connection, transaction
from django.utils import timezone
from procrastinate.exceptions import AlreadyEnqueued

from search.analysis.lexicon import default_lexicon
from search.analysis.planner import Planner
from search.models import Rebuild, Synonym, Vocabulary, Word

WAIT_SECONDS = 60  # for more edits
KEPT = 5  # vocabularies
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
    """Those of this moment; made anew only when an editor changed something."""
    with connection.cursor() as cursor:
        cursor.execute(STATE)
        newest, live, synonyms = cursor.fetchone()
    queries = _planner(live, synonyms)
    return Planners(queries if newest == live else _planner(newest, synonyms), queries)


@lru_cache(maxsize=4)
def _planner(vocabulary: int | None, synonyms: str) -> Planner:
    """`synonyms` names their state, so that another one makes another planner."""
    taken = Vocabulary.objects.filter(pk=vocabulary).first() if vocabulary else None
    lexicon = default_lexicon().extended(
        parts=taken.words if taken else [],
        synonyms=[synonym.line for synonym in Synonym.objects.all()],
    )
    return Planner(lexicon)


def request_reindex() -> None:
    """Ask for the job that takes the words into use; one is enough for many edits."""
    from search.tasks import take_words_into_use

    try:
        with transaction.atomic():
            take_words_into_use.configure(schedule_in={"seconds": WAIT_SECONDS}).defer()
    except AlreadyEnqueued:
        return


def take_into_use() -> bool:
    """Analyse every document with the editors' present words; whether there was anything to do.

    Raises EngineUnavailable when an engine does not answer, AlreadyRunning while somebody else
    builds the indexes: the words in use then stay, and the job tries again.
    """
    from search.engines.base import EngineUnavailable
    from search.rebuild import AlreadyRunning, rebuild_all

    words = sorted(Word.objects.values_list("word", flat=True))
    newest = Vocabulary.objects.first()
    if (newest.words if newest else []) == words and (newest is None or newest.live_at):
        return False
    if newest is None or newest.words != words:
        newest = Vocabulary.objects.create(words=words)
        # A building that was cut off began with other words: nothing to go on with.
        Rebuild.objects.filter(finished=None).delete()
    try:
        rebuild_all()
    except (EngineUnavailable, AlreadyRunning) as error:
        Vocabulary.objects.filter(pk=newest.pk).update(error=str(error)[:200])
        raise
    Vocabulary.objects.filter(pk=newest.pk).update(live_at=timezone.now(), error="")
    kept = Vocabulary.objects.values_list("pk", flat=True)[:KEPT]
    Vocabulary.objects.exclude(pk__in=list(kept)).delete()
    return True


def take_up_what_was_left() -> None:
    """Ask for the job again where it gave up, e.g. over a night without Elasticsearch."""
    found = status()
    if found.waiting or found.percent is not None:
        request_reindex()


@dataclass(frozen=True)
class Status:
    """Where the words are: waiting for the job, under way (how far, in percent), in use."""

    waiting: bool
    percent: int | None
    error: str


def status() -> Status:
    """For the editors' list."""
    newest = Vocabulary.objects.first()
    words = sorted(Word.objects.values_list("word", flat=True))
    waiting = (newest.words if newest else []) != words
    if newest is None or newest.live_at:
        return Status(waiting, None, "")
    done = expected = 0
    for building in Rebuild.objects.all():
        expected += building.expected
        done += building.documents if building.started >= newest.made_at else 0
    return Status(waiting, min(100 * done // max(expected, 1), 100), newest.error)
