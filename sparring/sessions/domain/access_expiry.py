"""Access that ended by itself: search is told, so that what it counts is right the next day."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from search.outbox import enqueue_many
from sparring.models import Participation
from sparring.shared import guards


@transaction.atomic
def reindex_expired_access(*, at: datetime | None = None) -> int:
    """Tell search about each case whose partner's access has ended since it was last told.

    The 14 days after a session run out without anybody doing anything. Pages and results ask anew
    each time; the index would go on counting the case for the partner. Returns how many cases; run
    twice, the second finds none.
    """
    ended = Participation.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        access_until__lte=guards.moment(at), access_end_indexed=False
    )
    rows = list(ended.values_list("pk", "session__case"))
    cases = {case for _pk, case in rows}
    enqueue_many("case", sorted(cases))
    Participation.objects.filter(pk__in=[pk for pk, _case in rows]).update(access_end_indexed=True)
    return len(cases)
