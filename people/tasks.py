"""Jobs of the people's room: messages; the worker finds them here."""

from __future__ import annotations

import contextlib
from typing import Any

from django.db import transaction
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from people import delivery

RETRY = RetryStrategy(max_attempts=12, exponential_wait=4)


@app.task(name="people.send_notice", retry=RETRY)
def send_notice(*, notice_id: int) -> None:
    """Send one message at once; run twice, it is sent once."""
    delivery.send_one(notice_id)


@app.task(name="people.send_digest", retry=RETRY)
def send_digest(*, employee_id: int) -> None:
    """Send one person's messages from before 7 together; run twice, they are sent once."""
    delivery.send_digest(employee_id, delivery.digest_moment(timezone.now()))


# Every ten minutes: a worker that was away at 7 makes up for it, and who has had theirs is left.
@app.periodic(cron="*/10 * * * *")
@app.task(name="people.digests", queueing_lock="people.digests", pass_context=False)
def digests(timestamp: int) -> int:
    """Enqueue the digest of everybody for whom something waits; return how many."""
    waiting = delivery.people_waiting(delivery.digest_moment(timezone.now()))
    for employee_id in waiting:
        _enqueue_once(send_digest, f"people.digest.{employee_id}", employee_id=employee_id)
    return len(waiting)


def _enqueue_once(task: Any, lock: str, **arguments: int) -> None:
    """Enqueue a job unless the same one waits already."""
    with contextlib.suppress(AlreadyEnqueued), transaction.atomic():
        task.configure(queueing_lock=lock).defer(**arguments)
