"""Jobs of the stories: what happens every night, and what a restore must not bring back."""

from __future__ import annotations

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from stories.content_review.causes import remind_authors, send_back_outdated
from stories.content_review.decisions import mark_due_stories
from stories.domain.consents import end_expired_consents, remind_of_expiring_consents
from stories.domain.withdrawal import reapply_tombstones
from stories.tombstone_file import write_missing


@app.periodic(cron="20 4 * * *")
@app.task(name="stories.nightly", retry=RetryStrategy(max_attempts=5, wait=60))
def nightly(timestamp: int) -> None:
    """End consents that have run out, remind of those that will. Run twice, it changes nothing."""
    end_expired_consents()
    remind_of_expiring_consents()
    remind_authors()
    send_back_outdated()
    mark_due_stories()


@app.task(name="stories.reread_outdated", retry=RetryStrategy(max_attempts=5, wait=60))
def reread_outdated() -> None:
    """Mark stories that depend on a closed offer or a retired term; safe to run twice."""
    send_back_outdated()


@app.periodic(cron="*/10 * * * *")
@app.task(name="stories.reapply_tombstones")
def keep_withdrawn_away(timestamp: int) -> None:
    """Withdraw stories again that a restore brought back; complete the tombstone file."""
    reapply_tombstones()
    write_missing()
