"""How often something may be tried: counted in PostgreSQL, for all processes and over restarts.

WRONG_CODES = Limit("letter.wrong", most=10, period=timedelta(hours=1))
until = WRONG_CODES.count(client_address(request))  # None, or when it may be tried again
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.db.models import F, QuerySet
from django.utils import timezone

from .models import Tally

# One statement, so that two at once are two: the second waits for the row. A count that has ended
# starts again.
COUNT = """
INSERT INTO privacy_tally AS tally (key, count, ends_at) VALUES (%(key)s, 1, %(ends)s)
ON CONFLICT (key) DO UPDATE SET
    count = CASE WHEN tally.ends_at <= %(now)s THEN 1 ELSE tally.count + 1 END,
    ends_at = CASE WHEN tally.ends_at <= %(now)s THEN EXCLUDED.ends_at ELSE tally.ends_at END
RETURNING count, ends_at
"""


@dataclass(frozen=True)
class Limit:
    """At most so many within a period that begins with the first.

    Use it outside a transaction: what is rolled back is not counted.
    """

    name: str
    most: int
    period: timedelta

    def count(self, who: object) -> datetime | None:
        """Count one more; None while it is within the limit, else the moment it may go on."""
        now = timezone.now()
        with connection.cursor() as cursor:
            cursor.execute(COUNT, {"key": self._key(who), "now": now, "ends": now + self.period})
            count, ends_at = cursor.fetchone()
        return ends_at if count > self.most else None

    def give_back(self, who: object) -> None:
        """Uncount one try that turned out not to be wrong."""
        self._rows(who).filter(count__gt=0).update(count=F("count") - 1)

    def forget(self, who: object) -> None:
        """Reset the count."""
        self._rows(who).delete()

    def _rows(self, who: object) -> QuerySet[Tally]:
        return Tally.objects.filter(key=self._key(who))

    def _key(self, who: object) -> str:
        """Neither an address nor a name is kept: a hash with the site's key."""
        text = f"limit {self.name} {who}"
        return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


def clock_of(moment: datetime) -> str:
    """The first whole minute at which it may be tried again, as people say it: 8.15."""
    local = timezone.localtime(moment + timedelta(seconds=59))
    return f"{local.hour}.{local.minute:02}"


def forget_ended() -> int:
    """Remove the counts that have ended; return how many."""
    return Tally.objects.filter(ends_at__lt=timezone.now()).delete()[0]
