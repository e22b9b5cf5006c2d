"""Calendar-aware month arithmetic for the renewal rules.

"6 mdr." in docs/domain is six calendar months, never 180 days. Everything here is about whole
dates in Europe/Copenhagen; a day that the target month lacks becomes that month's last day.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date

_LAST_SAFE_DAY = 28


def add_months(start: date, months: int) -> date:
    """The same day of the month, `months` later (or earlier), cut to the month's last day.

    31 August + 6 months = 28 (or 29) February. Never decreases when `start` increases.
    Raises OverflowError or ValueError outside the years 1 to 9999.
    """
    years, month_index = divmod(start.month - 1 + months, 12)
    year, month = start.year + years, month_index + 1
    if start.day <= _LAST_SAFE_DAY:
        return date(year, month, start.day)
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def months_passed(since: date, months: int, today: date) -> bool:
    """Whether `months` whole calendar months have gone by: from that very day on it is true."""
    return today >= add_months(since, months)


def whole_months(since: date, today: date) -> int:
    """The largest n for which `months_passed(since, n, today)`; 0 when `since` is in the future."""
    if since >= today:
        return 0
    count = (today.year - since.year) * 12 + today.month - since.month
    return count if add_months(since, count) <= today else count - 1
