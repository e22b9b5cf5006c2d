"""Jobs of the knowledge base."""

from __future__ import annotations

from datetime import datetime

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from kb.domain import approvals, files, schedule
from kb.domain.announcements import send_notice


@app.task(name="kb.send_publication_notice", retry=RetryStrategy(max_attempts=8, wait=30))
def send_publication_notice(*, notice_id: int) -> None:
    """Mail one follower about one publication; run twice, it mails once."""
    send_notice(notice_id=notice_id)


@app.task(name="kb.mail_editor", retry=RetryStrategy(max_attempts=8, wait=30))
def mail_editor(*, occasion: str, object_id: int, employee_id: int, at: str) -> None:
    """Mail somebody about an approval or a comment; run twice, a client shows it once."""
    approvals.send(
        occasion=approvals.Occasion(occasion),
        object_id=object_id,
        employee_id=employee_id,
        at=datetime.fromisoformat(at),
    )


@app.task(name="kb.read_file", retry=RetryStrategy(max_attempts=4, wait=30))
def read_file(*, document_id: int) -> None:
    """Read an uploaded file for search; run twice, it is read once."""
    files.read_file(document_id=document_id)


@app.periodic(cron="* * * * *")
@app.task(name="kb.follow_the_clock", queueing_lock="kb.follow_the_clock", pass_context=False)
def follow_the_clock(timestamp: int) -> int:
    """Publish and end what an editor set a time for; run twice, nothing more. Returns how many."""
    return sum(schedule.apply_schedule())
