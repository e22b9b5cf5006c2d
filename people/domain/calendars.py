"""Domain functions for external calendars: upload, subscribe, refresh, remove.

Only busy times are stored. A fetched calendar replaces the earlier times; until it
can be fetched, that stays.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.calendars.addresses import target_of
from people.calendars.fetching import PUBLIC, Fetched, FetchPolicy, fetch
from people.calendars.ics_parser import CalendarError, ParsedCalendar
from people.calendars.isolated_parser import PATIENCE, parse_in_child
from people.mails import host
from people.models import BusyCalendar, BusyTime, Employee
from privacy import audit
from privacy.jobs import defer

if TYPE_CHECKING:
    from people.enums import CalendarProblem

DAYS_AHEAD = 90
MOST_CALENDARS = 5
TELL_AFTER = 3  # failures in a row
JOB_PATIENCE = 600  # seconds that a job waits for a place to read in


@transaction.atomic
def upload_calendar(*, actor: Employee, employee: Employee, content: bytes) -> BusyCalendar:
    """Store the busy times of an .ics file for the next 90 days; the file itself is not stored.

    Raises ValidationError on "file", PermissionDenied for another person's calendar.
    """
    _require_own(actor, employee, "file")
    try:
        reading, closes = _read(content)
    except CalendarError as error:
        raise ValidationError({"file": error.problem.label}, code=error.problem) from error
    calendar = BusyCalendar.objects.create(employee=employee)
    _take(calendar, reading, closes)
    calendar.save()
    audit.record(
        actor=actor,
        action="calendar.upload",
        target=calendar,
        municipality_id=employee.municipality_id,
        times=len(reading.times),
    )
    return calendar


@transaction.atomic
def subscribe_calendar(*, actor: Employee, employee: Employee, address: str) -> BusyCalendar:
    """Have a calendar fetched now and every hour. Raises ValidationError on "address"."""
    _require_own(actor, employee, "address")
    try:
        target = target_of(address)
    except CalendarError as error:
        raise ValidationError({"address": error.problem.label}, code=error.problem) from error
    if employee.busy_calendars.filter(address=target.address).exists():
        raise ValidationError({"address": _("You have that calendar already.")}, code="known")
    calendar = BusyCalendar.objects.create(employee=employee, address=target.address)
    audit.record(
        actor=actor,
        action="calendar.subscribe",
        target=calendar,
        municipality_id=employee.municipality_id,
    )
    defer("people.refresh_calendar", calendar_id=calendar.pk)
    return calendar


@transaction.atomic
def remove_calendar(*, actor: Employee, calendar: BusyCalendar) -> None:
    """Forget a calendar and all the time it took."""
    if actor.pk != calendar.employee_id:
        raise PermissionDenied("Only one's own calendar.")
    audit.record(
        actor=actor,
        action="calendar.remove",
        target=calendar,
        municipality_id=actor.municipality_id,
    )
    _busy_times(calendar).delete()
    calendar.delete()


def refresh_calendar(*, calendar_id: int, gate: FetchPolicy = PUBLIC) -> BusyCalendar | None:
    """Fetch a subscribed calendar; None if it was removed or its owner has left.

    No row is locked during the request. A failure is counted and changes nothing else.
    """
    calendar = BusyCalendar.objects.filter(pk=calendar_id, employee__is_active=True).first()
    if calendar is None or not calendar.address:
        return None
    try:
        fetched = _fetch(calendar, gate)
        reading = None if fetched.content is None else _read(fetched.content, patience=JOB_PATIENCE)
    except CalendarError as error:
        return _failed(calendar_id, error.problem)
    return _fetched(calendar_id, fetched, reading)


def _fetch(calendar: BusyCalendar, gate: FetchPolicy) -> Fetched:
    """Ask whether it has changed since today's reading; a new day's window needs all of it."""
    today = timezone.localdate()
    known = calendar.read_at is not None and timezone.localdate(calendar.read_at) == today
    return fetch(
        calendar.address,
        etag=calendar.etag if known else "",
        last_modified=calendar.last_modified if known else "",
        gate=gate,
    )


@transaction.atomic
def _fetched(
    calendar_id: int, fetched: Fetched, reading: tuple[ParsedCalendar, datetime] | None
) -> BusyCalendar | None:
    calendar = _locked(calendar_id)
    if calendar is None:
        return None
    if reading is not None:
        _take(calendar, *reading)
        calendar.etag, calendar.last_modified = fetched.etag, fetched.last_modified
    calendar.tried_at, calendar.failures, calendar.problem = timezone.now(), 0, ""
    calendar.save()
    return calendar


@transaction.atomic
def _failed(calendar_id: int, problem: CalendarProblem) -> BusyCalendar | None:
    calendar = _locked(calendar_id)
    if calendar is None:
        return None
    calendar.tried_at, calendar.problem = timezone.now(), problem
    calendar.failures = min(calendar.failures + 1, 1000)
    calendar.save(update_fields=["tried_at", "problem", "failures"])
    return calendar


def _locked(calendar_id: int) -> BusyCalendar | None:
    return BusyCalendar.objects.select_for_update(of=("self",)).filter(pk=calendar_id).first()


def _require_own(actor: Employee, employee: Employee, field: str) -> None:
    if actor != employee:
        raise PermissionDenied("Only one's own calendar.")
    if employee.busy_calendars.count() >= MOST_CALENDARS:
        text = _("You have %(most)d calendars already. Remove one first.")
        raise ValidationError({field: text % {"most": MOST_CALENDARS}}, code="most")


def _read(content: bytes, *, patience: float = PATIENCE) -> tuple[ParsedCalendar, datetime]:
    """The busy times from now on, and the end of the period that was read."""
    now = timezone.now()
    last_day = timezone.localdate(now) + timedelta(days=DAYS_AHEAD)
    closes = timezone.make_aware(datetime.combine(last_day + timedelta(days=1), time.min))
    return parse_in_child(content, now, closes, own_host=host(), patience=patience), closes


def _take(calendar: BusyCalendar, reading: ParsedCalendar, closes: datetime) -> None:
    """Put the reading in the place of what the calendar took before."""
    _busy_times(calendar).delete()
    BusyTime.objects.bulk_create(
        BusyTime(employee_id=calendar.employee_id, during=times, source=calendar.source)
        for times in reading.times
    )
    calendar.read_at = timezone.now()
    calendar.skipped = reading.skipped
    calendar.covers_until = timezone.localdate(closes) - timedelta(days=1)


def _busy_times(calendar: BusyCalendar) -> models.QuerySet[BusyTime]:
    return BusyTime.objects.filter(employee=calendar.employee_id, source=calendar.source)
