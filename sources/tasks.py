"""Jobs of the sources' room: links are asked once a week."""

from __future__ import annotations

import contextlib

from django.db import transaction
from django.db.models import Q
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from sources.domain import links
from sources.domain.unsourced import note_all
from sources.models import Source


# Slow servers of others must not keep mail waiting: these come after everything else.
@app.task(name="sources.check_links_of", priority=-20)
def check_links_of(*, source_id: int) -> int:
    """Ask for the addresses of one source; run twice, the later answer stands."""
    return len(links.check_links(source_id=source_id))


# Monday at night, so that editors have the report when the week begins.
@app.periodic(cron="15 2 * * 1")
@app.task(name="sources.check_links", queueing_lock="sources.check_links", pass_context=False)
def check_links(timestamp: int) -> int:
    """Enqueue a job for every source with an address; return how many.

    In the same night every page is looked at for numbers without a source.
    """
    note_all()
    linked = Source.objects.exclude(Q(url="") & Q(doi=""))
    ids = list(linked.order_by("pk").values_list("pk", flat=True))
    for source_id in ids:
        lock = f"sources.check_links.{source_id}"
        with contextlib.suppress(AlreadyEnqueued), transaction.atomic():
            check_links_of.configure(queueing_lock=lock).defer(source_id=source_id)
    return len(ids)
