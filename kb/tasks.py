"""Jobs of the knowledge base."""

from __future__ import annotations

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from kb.domain import files, schedule


@app.task(name="kb.read_file", retry=RetryStrategy(max_attempts=4, wait=30))
def read_file(*, document_id: int) -> None:
    """Read an uploaded file for search; run twice, it is read once."""
    files.read_file(document_id=document_id)


@app.periodic(cron="* * * * *")
@app.task(name="kb.follow_the_clock", queueing_lock="kb.follow_the_clock", pass_context=False)
def follow_the_clock(timestamp: int) -> int:
    """Publish and end what an editor set a time for; run twice, nothing more. Returns how many."""
    return sum(schedule.apply_schedule())
