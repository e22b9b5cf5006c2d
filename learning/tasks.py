"""Jobs of the room."""

from __future__ import annotations

from procrastinate.contrib.django import app

from learning.domain import certificates


@app.periodic(cron="20 4 * * *")
@app.task(name="learning.remind_of_expiry", queueing_lock="learning.expiry", pass_context=False)
def remind_of_expiry(timestamp: int) -> int:
    """Remind of certificates that run out; run twice, nobody hears twice. Returns how many."""
    return certificates.remind_of_expiry()
