"""Jobs of the sparring room; the worker finds them here."""

from __future__ import annotations

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from sparring.beliefs.domain.needs import recompute_all, recompute_due
from sparring.beliefs.domain.thresholds import recompute_stale
from sparring.cases.domain.lifecycle import end_pauses
from sparring.cases.imports import uploads
from sparring.feedback.domain.colleague_answers import forget_old_answers
from sparring.handovers.domain.meetings import propose_waiting
from sparring.notes.domain.notes import forget_earlier
from sparring.reminders.domain.reminders import remind
from sparring.sessions.domain.access_expiry import reindex_expired_access
from sparring.sessions.domain.overdue import mark_overdue_sessions
from sparring.texts.domain.rescan import rescan

SUNDAY = 6


# 23:10 UTC is shortly after midnight in Denmark, in winter and in summer.
@app.periodic(cron="10 23 * * *")
@app.task(name="sparring.nightly_needs", queueing_lock="sparring.nightly_needs", pass_context=False)
def nightly_needs(timestamp: int) -> int:
    """End the pauses that are over and compute the needs that the new day can have changed.

    On Sundays all are computed. Returns how many were.

    The whole run heals what a change outside the system's own functions left. Old uploads and
    answers about colleagues go too.
    """
    uploads.forget_old()
    forget_old_answers()
    end_pauses()
    sunday = timezone.localdate().weekday() == SUNDAY
    return recompute_all() if sunday else recompute_due()


@app.periodic(cron="20 23 * * *")
@app.task(
    name="sparring.nightly_access", queueing_lock="sparring.nightly_access", pass_context=False
)
def nightly_access(timestamp: int) -> int:
    """Tell search about the cases whose partners' access ended today; return how many."""
    return reindex_expired_access()


@app.periodic(cron="40 3 * * *")
@app.task(
    name="sparring.propose_handover_meetings",
    queueing_lock="sparring.propose_handover_meetings",
    pass_context=False,
)
def propose_handover_meetings(timestamp: int) -> int:
    """Look for a time for the handover meetings that have none; return how many got one."""
    return propose_waiting()


@app.periodic(cron="40 0 * * *")
@app.task(name="sparring.rescan_texts", queueing_lock="sparring.rescan_texts", pass_context=False)
def nightly_rescan(timestamp: int) -> int:
    """Look at what is stored about citizens; return how many texts their owners are told of now."""
    return rescan().new


@app.task(name="sparring.recompute_municipality", retry=RetryStrategy(max_attempts=5))
def recompute_municipality(*, municipality_id: int) -> int:
    """Work a municipality's cases out by its new thresholds; run twice, the second finds none."""
    return recompute_stale(municipality_id)


@app.periodic(cron="7 * * * *")
@app.task(name="sparring.reminders", queueing_lock="sparring.reminders", pass_context=False)
def hourly_reminders(timestamp: int) -> int:
    """Let sessions pass whose time has gone by, and hand in what is due. Old notes are forgotten.

    Running it twice does nothing more.
    """
    forget_earlier()
    mark_overdue_sessions()
    return remind()
