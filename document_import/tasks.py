"""Jobs of documents read in."""

from __future__ import annotations

from procrastinate.contrib.django import app

from document_import.domain import reading


@app.periodic(cron="20 3 * * *")
@app.task(
    name="document_import.discard_waiting",
    queueing_lock="document_import.discard_waiting",
    pass_context=False,
)
def discard_waiting(timestamp: int) -> int:
    """Forget documents that waited a week; run twice, nothing more. Returns how many."""
    return reading.discard_waiting()
