"""Jobs of the privacy app."""

from __future__ import annotations

from procrastinate.contrib.django import app

from .limits import forget_ended


@app.periodic(cron="50 * * * *")
@app.task(name="privacy.forget_tallies", queueing_lock="privacy.tallies", pass_context=False)
def forget_tallies(timestamp: int) -> int:
    """Forget the counts of tries that have ended; return how many."""
    return forget_ended()
