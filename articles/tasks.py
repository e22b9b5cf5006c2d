"""Jobs of the articles."""

from __future__ import annotations

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from articles.domain import talks
from articles.talk_mail import mail_answer


@app.task(
    name="articles.mail_talk_answer", retry=RetryStrategy(max_attempts=12, exponential_wait=4)
)
def mail_talk_answer(*, talk_id: int) -> bool:
    """Mail the answer to who has no account; tried again under the same Message-ID."""
    return mail_answer(talk_id=talk_id)


@app.periodic(cron="50 2 * * *")
@app.task(name="articles.forget_talks", queueing_lock="articles.forget_talks", pass_context=False)
def forget_talks(timestamp: int) -> int:
    """Delete requests answered half a year ago; run twice, nothing more. Returns how many."""
    return talks.forget_old_requests()
