"""People's calendars as a plan sees them: hours, sessions, what else takes their time, limits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Q

from people.enums import AbsenceKind
from people.models import Absence, BusyTime, Employee
from people.models import WorkingHours as Hours
from people.working_days import is_working_day
from renewal import local_date
from sparring.colleagues.calendar_rules import COPENHAGEN, Interval, WorkingHours, slots
from sparring.enums import BROUGHT_THE_CASE, ExclusionReason, SessionState
from sparring.models import Participation

WEEK, FORTNIGHT, MONTH = 7, 14, 30


@dataclass
class Calendar:
    """One person's. Moments are aware; `seats` are the days of sessions they are a partner in."""

    max_per_7_days: int
    max_per_14_days: int | None
    max_per_30_days: int
    hours: WorkingHours = field(default_factory=WorkingHours)
    sessions: list[Interval] = field(default_factory=list)
    busy: list[Interval] = field(default_factory=list)
    away: list[Interval] = field(default_factory=list)
    follow_ups_only: list[Interval] = field(default_factory=list)
    partner_days: list[date] = field(default_factory=list)

    def starts(self, first_day: date, days: int, length: timedelta) -> list[datetime]:
        """When a session of that length can begin in the window, in order."""
        occupied = [*self.sessions, *self.busy, *self.away]
        return slots(first_day, days, self.hours, occupied, length=length)

    def objections(self, start: datetime, end: datetime) -> list[ExclusionReason]:
        """What speaks against a session then, whoever it is about."""
        found = []
        if _meets(self.sessions, start, end):
            found.append(ExclusionReason.IN_A_SESSION)
        if _meets(self.away, start, end):
            found.append(ExclusionReason.AWAY)
        elif not self._within_hours(start, end):
            found.append(ExclusionReason.OUTSIDE_HOURS)
        if _meets(self.busy, start, end):
            found.append(ExclusionReason.BUSY)
        return found

    def partner_objections(
        self, start: datetime, end: datetime, *, follow_up: bool
    ) -> list[ExclusionReason]:
        """What speaks against being a partner then, besides `objections`."""
        found = []
        if not follow_up and _meets(self.follow_ups_only, start, end):
            found.append(ExclusionReason.FOLLOW_UPS_ONLY)
        if not self.has_capacity(local_date(start)):
            found.append(ExclusionReason.OVER_CAP)
        return found

    def has_capacity(self, day: date) -> bool:
        """Whether one more seat that day keeps within the limits of every 7, 14 and 30 days."""
        return self._has_capacity(self.partner_days, day)

    def capacity(self, days: Iterable[date]) -> int:
        """The most seats that can still be had on these days; several fit on one day."""
        partner_days = list(self.partner_days)
        for day in sorted(days):
            while self._has_capacity(partner_days, day):
                partner_days.append(day)
        return len(partner_days) - len(self.partner_days)

    @property
    def limits(self) -> list[tuple[int, int]]:
        """(days in a row, most seats in them), the limits that the person has set."""
        limits = [(WEEK, self.max_per_7_days), (MONTH, self.max_per_30_days)]
        if self.max_per_14_days is not None:
            limits.append((FORTNIGHT, self.max_per_14_days))
        return limits

    def sessions_on(self, day: date) -> int:
        """How many sessions of any kind begin that day."""
        return sum(local_date(start) == day for start, _end in self.sessions)

    def copy(self) -> Calendar:
        """One that can be filled without touching this."""
        return replace(self, sessions=list(self.sessions), partner_days=list(self.partner_days))

    def take(self, start: datetime, end: datetime, *, as_partner: bool) -> None:
        """Note a session that the plan puts here."""
        self.sessions.append((start, end))
        if as_partner:
            self.partner_days.append(local_date(start))

    def release(self, start: datetime, end: datetime, *, as_partner: bool) -> None:
        """Forget a session that is being moved or given to somebody else."""
        self.sessions.remove((start, end))
        if as_partner:
            self.partner_days.remove(local_date(start))

    def _has_capacity(self, partner_days: Sequence[date], day: date) -> bool:
        return all(within(partner_days, day, span, most) for span, most in self.limits)

    def _within_hours(self, start: datetime, end: datetime) -> bool:
        """Whether the session lies on one working day and wholly inside one window of the hours."""
        day = local_date(start)
        windows = self.hours.windows.get(day.weekday(), ()) if is_working_day(day) else ()
        return any(
            _at(day, opens) <= start and end <= _at(day, closes) for opens, closes in windows
        )


def within(partner_days: Sequence[date], day: date, span: int, most: int) -> bool:
    """Whether one more seat on `day` leaves every `span` days in a row with `most` at most."""
    reach = timedelta(days=span)
    near = [day_taken for day_taken in partner_days if day - reach < day_taken < day + reach]
    firsts = {day, *(day_taken for day_taken in near if day_taken <= day)}
    return all(
        sum(first <= day_taken < first + reach for day_taken in near) + 1 <= most
        for first in firsts
    )


def read_calendars(
    employees: Iterable[Employee],
    first_day: date,
    days: int,
    *,
    ignoring: Collection[int] = (),
    draft: int | None = None,
) -> dict[int, Calendar]:
    """Calendars by the employee's id, for a window and 30 days on either side; four queries.

    `ignoring` are sessions whose own time does not count, when they are being moved; `draft` a plan
    whose proposals count as if they held their time.
    """
    calendars = {
        person.pk: Calendar(person.max_per_7_days, person.max_per_14_days, person.max_per_30_days)
        for person in employees
    }
    opens = _at(first_day - timedelta(days=MONTH), time.min)
    closes = _at(first_day + timedelta(days=days + MONTH), time.min)
    _read_hours(calendars)
    _read_absences(calendars, first_day, first_day + timedelta(days=days))
    busy = BusyTime.objects.filter(employee__in=calendars, during__overlap=(opens, closes))
    for pk, during in busy.values_list("employee_id", "during"):
        calendars[pk].busy.append((during.lower, during.upper))
    _read_sessions(calendars, (opens, closes), ignoring, draft)
    return calendars


def _read_hours(calendars: dict[int, Calendar]) -> None:
    rows: dict[int, list[tuple[int, time, time]]] = defaultdict(list)
    hours = Hours.objects.filter(employee__in=calendars)
    columns = hours.values_list("employee_id", "weekday", "start", "end")
    for pk, weekday, start, end in columns:
        rows[pk].append((weekday, start, end))
    for pk, windows in rows.items():
        calendars[pk].hours = WorkingHours.from_rows(windows)


def _read_absences(calendars: dict[int, Calendar], first_day: date, end: date) -> None:
    absences = Absence.objects.filter(
        employee__in=calendars, first_day__lt=end, last_day__gte=first_day
    )
    for absence in absences:
        calendar = calendars[absence.employee_id]
        away = absence.kind == AbsenceKind.AWAY
        (calendar.away if away else calendar.follow_ups_only).append(
            (
                _at(absence.first_day, time.min),
                _at(absence.last_day + timedelta(days=1), time.min),
            )
        )


def _read_sessions(
    calendars: dict[int, Calendar],
    window: Interval,
    ignoring: Collection[int],
    draft: int | None,
) -> None:
    counts = Q(holds_time=True)
    if draft is not None:
        counts |= Q(session__plan=draft, session__state=SessionState.PROPOSED)
    held = Participation.objects.filter(
        counts, employee__in=calendars, during__overlap=window
    ).exclude(session__in=ignoring)
    for pk, role, during in held.values_list("employee_id", "role", "during"):
        calendars[pk].take(during.lower, during.upper, as_partner=role not in BROUGHT_THE_CASE)


def _meets(intervals: Iterable[Interval], start: datetime, end: datetime) -> bool:
    return any(begins < end and start < ends for begins, ends in intervals)


def _at(day: date, wall: time) -> datetime:
    return datetime.combine(day, wall, tzinfo=COPENHAGEN).astimezone(UTC)
