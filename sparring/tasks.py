"""Jobs of the sparring room; the worker finds them here."""

from __future__ import annotations

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from sparring.domain.needs import recompute_all
from sparring.imports.uploads import forget_old
from sparring.mail import send_one


# 23:10 UTC is shortly after midnight in Denmark, in winter and in summer.
@app.periodic(cron="10 23 * * *")
@app.task(name="sparring.nightly_needs", queueing_lock="sparring.nightly_needs", pass_context=False)
def nightly_needs(timestamp: int) -> int:
    """Compute every open case's need for the new day; return how many. Forget old uploads."""
    forget_old()
    return recompute_all()


@app.task(name="sparring.send_mail", retry=RetryStrategy(max_attempts=12, exponential_wait=4))
def send_mail(*, mail_id: int) -> None:
    """Send one mail about a talk; run twice, it is sent once."""
    send_one(mail_id)
