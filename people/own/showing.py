"""A calendar as its owner's page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlsplit

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from people.domain.calendars import TELL_AFTER
from people.models import BusyCalendar, BusyTime, Employee

OLD_BEFORE = timedelta(days=14)


@dataclass(frozen=True)
class CalendarRow:
    """`name` hides the address: who looks over a shoulder learns where, not how to get in."""

    calendar: BusyCalendar
    name: str
    times: int
    problem: str
    runs_out: bool


def calendar_rows(employee: Employee) -> list[CalendarRow]:
    """The person's calendars; two queries."""
    ahead = BusyTime.objects.filter(employee=employee, during__endswith__gt=timezone.now())
    times = dict(ahead.values_list("source").annotate(Count("pk")))
    today = timezone.localdate()
    return [
        CalendarRow(
            calendar=calendar,
            name=masked(calendar.address) if calendar.address else _("Uploaded file"),
            times=times.get(calendar.source, 0),
            problem=_problem(calendar),
            runs_out=not calendar.address and _soon(calendar.covers_until, today),
        )
        for calendar in employee.busy_calendars.all()
    ]


def masked(address: str) -> str:
    """The server's name alone."""
    return f"{urlsplit(address).hostname}/…"


def _soon(day: date | None, today: date) -> bool:
    return day is not None and day < today + OLD_BEFORE


def _problem(calendar: BusyCalendar) -> str:
    """The problem, after three failures in a row or if the calendar never worked."""
    if calendar.failures >= TELL_AFTER or (calendar.failures and calendar.read_at is None):
        return str(calendar.get_problem_display())
    return ""
