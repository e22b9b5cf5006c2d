"""When several people are free at once, for a meeting that no plan arranges."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from renewal import local_date
from sparring.colleagues.calendars import read_calendars

if TYPE_CHECKING:
    from people.models import Employee
    from sparring.models import HandoverMeeting

NOTICE = timedelta(hours=2)
"""A time that is nearer than that is not proposed."""


def common_times(
    people: Sequence[Employee],
    first_day: date,
    last_day: date,
    length: timedelta,
    *,
    most: int,
    ignoring: HandoverMeeting | None = None,
) -> list[datetime]:
    """The first `most` moments at which all of them are free for so long; none where there is none.

    Who has not told their week has no free time.
    """
    days = (last_day - first_day).days + 1
    if days < 1:
        return []
    without = ignoring.pk if ignoring else None
    calendars = read_calendars(people, first_day, days, without_meeting=without)
    soonest = timezone.now() + NOTICE
    free = [set(calendar.starts(first_day, days, length)) for calendar in calendars.values()]
    return sorted(start for start in set.intersection(*free) if start >= soonest)[:most]


def is_free(
    people: Sequence[Employee],
    starts_at: datetime,
    ends_at: datetime,
    *,
    ignoring: HandoverMeeting | None = None,
) -> bool:
    """Whether none of them has a session, a meeting, an absence or another appointment then.

    Working hours are theirs to overrule.
    """
    day = local_date(starts_at)
    calendars = read_calendars(people, day, 1, without_meeting=ignoring.pk if ignoring else None)
    occupied = [
        interval
        for calendar in calendars.values()
        for interval in (*calendar.sessions, *calendar.busy, *calendar.away)
    ]
    return not any(begins < ends_at and starts_at < ends for begins, ends in occupied)
