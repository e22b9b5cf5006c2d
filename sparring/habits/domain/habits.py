"""Putting the month's habit away."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sparring.models import HabitDismissal

if TYPE_CHECKING:
    from people.models import Employee


def put_away(*, actor: Employee, today: date) -> HabitDismissal:
    """One's own card, until the next month; a second time changes nothing.

    No audit: it is a choice about one's own screen, which nobody is to look up.
    """
    row, _new = HabitDismissal.objects.get_or_create(employee=actor, month=today.replace(day=1))
    return row
