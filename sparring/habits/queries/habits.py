"""The habit of the month: the same for everybody, by the calendar alone."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sparring.models import HabitDismissal

if TYPE_CHECKING:
    from people.models import Employee

FILE = Path(__file__).parent.parent / "habits.json"
MONTHS_A_YEAR = 12


@dataclass(frozen=True)
class Habit:
    """One of the five, with one exercise for the team. `name` goes on after "this month:"."""

    slug: str
    name: str
    title: str
    text: str
    exercise: str


@cache
def habits() -> tuple[Habit, ...]:
    """The five, in their order."""
    rows = json.loads(FILE.read_text(encoding="utf-8"))["habits"]
    return tuple(Habit(**row) for row in rows)


def habit_of_month(today: date) -> Habit:
    """Each in turn, month by month, without regard to the year."""
    months = today.year * MONTHS_A_YEAR + today.month
    return habits()[months % len(habits())]


def habit_for(employee: Employee, today: date) -> Habit | None:
    """The month's habit for somebody who is in a team; None once they have put it away."""
    if employee.unit_id is None:
        return None
    put_away = HabitDismissal.objects.filter(employee=employee, month=today.replace(day=1))
    return None if put_away.exists() else habit_of_month(today)
