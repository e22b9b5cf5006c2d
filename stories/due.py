"""When a reading is due. Pure."""

from __future__ import annotations

from datetime import date, timedelta

WORKDAYS = 5
SATURDAY = 5


def due_after(day: date, workdays: int = WORKDAYS) -> date:
    """The day that many working days later; Saturdays and Sundays are none."""
    left = workdays
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < SATURDAY
    return day
