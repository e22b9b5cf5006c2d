"""Jobs of the room."""

from __future__ import annotations

from procrastinate.contrib.django import app

from learning.domain import certificates, ethics


@app.periodic(cron="20 4 * * *")
@app.task(name="learning.remind_of_expiry", queueing_lock="learning.expiry", pass_context=False)
def remind_of_expiry(timestamp: int) -> int:
    """Remind of certificates that run out; run twice, nobody hears twice. Returns how many."""
    return certificates.remind_of_expiry()


@app.periodic(cron="40 4 * * *")
@app.task(name="learning.ask_to_confirm", queueing_lock="learning.ethics", pass_context=False)
def ask_to_confirm(timestamp: int) -> int:
    """Ask for the ethics statement once a year; run twice, nobody hears twice. Returns how many."""
    return ethics.ask_to_confirm()
