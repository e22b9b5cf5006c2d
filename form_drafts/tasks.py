"""Jobs of the drafts of forms."""

from __future__ import annotations

from procrastinate.contrib.django import app

from form_drafts.domain.drafts import forget_old_drafts


@app.periodic(cron="20 3 * * *")
@app.task(name="form_drafts.forget", queueing_lock="form_drafts.forget", pass_context=False)
def forget(timestamp: int) -> int:
    """Forget drafts that nobody has touched for seven days; return how many."""
    return forget_old_drafts()
