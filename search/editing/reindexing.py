"""Puts the editors' changed words into use: every document is analysed again (docs/search.md)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from procrastinate.exceptions import AlreadyEnqueued

from privacy.jobs import defer
from search.engines.base import EngineUnavailable
from search.models import Rebuild, Vocabulary, Word
from search.rebuild import AlreadyRunning, rebuild_all

WAIT_SECONDS = 60  # for more edits
KEPT = 5  # vocabularies


def request_reindex() -> None:
    """Defer the job that applies the changed words; many edits in a minute are one job."""
    try:
        with transaction.atomic():
            defer("search.words", wait_seconds=WAIT_SECONDS)
    except AlreadyEnqueued:
        return


def apply_word_changes() -> bool:
    """Analyse every document with the editors' present words; False when nothing has changed.

    Raises EngineUnavailable when an engine does not answer, AlreadyRunning while another process
    builds the indexes: the previous words stay in use, and the job tries again.
    """
    words = sorted(Word.objects.values_list("word", flat=True))
    newest = Vocabulary.objects.first()
    if (newest.words if newest else []) == words and (newest is None or newest.live_at):
        return False
    if newest is None or newest.words != words:
        newest = Vocabulary.objects.create(words=words)
        # An interrupted rebuild used other words, so it cannot be resumed.
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


def resume_reindex() -> None:
    """Request the job again where it gave up, for example after a night without Elasticsearch."""
    found = status()
    if found.waiting or found.percent is not None:
        request_reindex()


@dataclass(frozen=True)
class ReindexStatus:
    """`waiting`: a job is due; `percent`: how far a running one is; `error`: the last failure."""

    waiting: bool
    percent: int | None
    error: str


def status() -> ReindexStatus:
    """The state of the reindexing, for the editors' list of words."""
    newest = Vocabulary.objects.first()
    words = sorted(Word.objects.values_list("word", flat=True))
    waiting = (newest.words if newest else []) != words
    if newest is None or newest.live_at:
        return ReindexStatus(waiting, None, "")
    done = expected = 0
    for rebuild in Rebuild.objects.all():
        expected += rebuild.expected
        done += rebuild.documents if rebuild.started >= newest.made_at else 0
    return ReindexStatus(waiting, min(100 * done // max(expected, 1), 100), newest.error)
