"""Jobs of the search app."""

from __future__ import annotations

from time import monotonic, sleep

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from search import outbox, querylog, reconcile
from search.domain import saved
from search.editing import reindexing

PAUSE_SECONDS = 5.0  # between two tries while an engine is away
SWEEP_SECONDS = 45.0  # of one sweep; the next one starts a minute after it


@app.task(name="search.deliver", retry=RetryStrategy(max_attempts=5, wait=2, linear_wait=5))
def deliver() -> bool:
    """Deliver what waits in the outbox; False when an engine is away and something stays."""
    while True:
        delivered, waiting = outbox.deliver_batch()
        if waiting:
            return False
        if not delivered:
            return True


@app.periodic(cron="* * * * *")
@app.task(name="search.sweep", queueing_lock="search.sweep", pass_context=False)
def sweep(timestamp: int) -> None:
    """Deliver what an outage left behind, seconds after the engine is back."""
    deadline = monotonic() + SWEEP_SECONDS
    while not deliver.func() and monotonic() < deadline:
        sleep(PAUSE_SECONDS)


@app.periodic(cron="40 2 * * *")
@app.task(name="search.reconcile", queueing_lock="search.reconcile", pass_context=False)
def nightly_reconcile(timestamp: int) -> int:
    """Find what the engines hold wrongly, repair it, and return how many documents it was."""
    return reconcile.reconcile(repair=True).repaired


@app.task(
    name="search.words",
    queueing_lock="search.words",
    lock="search.words",
    retry=RetryStrategy(max_attempts=20, wait=30, linear_wait=30),
)
def apply_word_changes() -> bool:
    """Analyse every document with the words that editors changed; a second run changes nothing."""
    return reindexing.apply_word_changes()


# Times are UTC: 5.15 in Denmark in winter, 6.15 in summer, both before the day's mail.
@app.periodic(cron="15 4 * * *")
@app.task(name="search.saved", queueing_lock="search.saved", pass_context=False)
def check_saved_searches(timestamp: int) -> int:
    """Look at the saved searches before the day's mail at 7; a second run finds nothing new."""
    return saved.check_saved_searches()


@app.periodic(cron="20 3 * * *")
@app.task(name="search.purge", queueing_lock="search.purge", pass_context=False)
def purge(timestamp: int) -> None:
    """Forget queries after 90 days and tombstones after 30; words that a long outage left."""
    querylog.purge()
    outbox.purge_tombstones()
    reindexing.resume_reindex()
