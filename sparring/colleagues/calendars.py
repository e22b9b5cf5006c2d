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
from sparring.enums import (
    BROUGHT_THE_CASE,
    ExclusionReason,
    HandoverMeetingState,
    SessionState,
)
from sparring.models import DeclinedWeek, HandoverMeeting, Participation

WEEK, FORTNIGHT, MONTH = 7, 14, 30


@dataclass
class Calendar:
    """One person's. Moments are aware.

    partner_days, presented_days: the days of sessions they are a partner in, or bring a case to.
    declined_weeks: Mondays of weeks in which they do not want to bring one.
    """

    max_per_7_days: int
    max_per_14_days: int | None
    max_per_30_days: int
    hours: WorkingHours = field(default_factory=WorkingHours)
    sessions: list[Interval] = field(default_factory=list)
    busy: list[Interval] = field(default_factory=list)
    away: list[Interval] = field(default_factory=list)
    follow_ups_only: list[Interval] = field(default_factory=list)
    partner_days: list[date] = field(default_factory=list)
    max_presented_per_week: int = 2
    max_sessions_per_week: int = 3
    several_a_day: bool = False
    presented_days: list[date] = field(default_factory=list)
    declined_weeks: set[date] = field(default_factory=set)

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

    def week_objections(
        self, start: datetime, end: datetime, *, presents: bool
    ) -> list[ExclusionReason]:
        """What speaks against one more session that day or week, in any role or as presenter."""
        day = local_date(start)
        monday = monday_of(day)
        found = []
        if not self.several_a_day and self._sittings(day, day, start, end):
            found.append(ExclusionReason.SAME_DAY)
        in_week = self._sittings(monday, monday + timedelta(days=WEEK - 1), start, end)
        presented = sum(monday_of(booked) == monday for booked in self.presented_days)
        full = in_week >= self.max_sessions_per_week
        if full or (presents and presented >= self.max_presented_per_week):
            found.append(ExclusionReason.WEEK_FULL)
        if presents and monday in self.declined_weeks:
            found.append(ExclusionReason.NOT_THAT_WEEK)
        return found

    def left_on(self, day: date) -> int:
        """How many more sessions that day holds in any role."""
        return self.max_sessions_per_week if self.several_a_day else int(not self.sittings_on(day))

    def left_in_week(self, monday: date) -> int:
        """How many more sessions the week holds in any role."""
        days = [monday + timedelta(days=number) for number in range(WEEK)]
        return max(self.max_sessions_per_week - sum(map(self.sittings_on, days)), 0)

    def left_to_present(self, monday: date) -> int:
        """How many more cases of one's own the week holds."""
        if monday in self.declined_weeks:
            return 0
        presented = sum(monday_of(booked) == monday for booked in self.presented_days)
        return min(max(self.max_presented_per_week - presented, 0), self.left_in_week(monday))

    def sittings_on(self, day: date) -> int:
        """Sessions that begin that day; the two cases of a group session are one."""
        return self._sittings(day, day, None, None)

    def has_capacity(self, day: date) -> bool:
        """Whether one more seat that day keeps within the limits of every 7, 14 and 30 days."""
        return self._has_capacity(self.partner_days, day)

    def capacity(self, days: Iterable[date]) -> int:
        """The most seats that can still be had on these days, within every limit."""
        partner_days = list(self.partner_days)
        week: dict[date, int] = {}
        for day in sorted(days):
            monday = monday_of(day)
            left = week.setdefault(monday, self.left_in_week(monday))
            for _seat in range(min(left, self.left_on(day))):
                if self._has_capacity(partner_days, day):
                    partner_days.append(day)
                    week[monday] -= 1
        return len(partner_days) - len(self.partner_days)

    @property
    def limits(self) -> list[tuple[int, int]]:
        """(days in a row, most seats in them), the limits that the person has set."""
        limits = [(WEEK, self.max_per_7_days), (MONTH, self.max_per_30_days)]
        if self.max_per_14_days is not None:
            limits.append((FORTNIGHT, self.max_per_14_days))
        return limits

    def copy(self) -> Calendar:
        """One that can be filled without touching this."""
        return replace(
            self,
            sessions=list(self.sessions),
            partner_days=list(self.partner_days),
            presented_days=list(self.presented_days),
        )

    def take(self, start: datetime, end: datetime, *, as_partner: bool) -> None:
        """Note a session that the plan puts here."""
        self.sessions.append((start, end))
        (self.partner_days if as_partner else self.presented_days).append(local_date(start))

    def release(self, start: datetime, end: datetime, *, as_partner: bool) -> None:
        """Forget a session that is being moved or given to somebody else."""
        self.sessions.remove((start, end))
        (self.partner_days if as_partner else self.presented_days).remove(local_date(start))

    def _sittings(
        self, first: date, last: date, start: datetime | None, end: datetime | None
    ) -> int:
        """Sessions that begin on these days, besides one that touches the given time.

        What begins when another one ends is the same sitting: the second case of a group session.
        """
        ends = {until for _begins, until in self.sessions}
        return sum(
            first <= local_date(begins) <= last
            and begins not in ends
            and end != begins
            and start != until
            for begins, until in self.sessions
        )

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
    without_meeting: int | None = None,
) -> dict[int, Calendar]:
    """Calendars by the employee's id, for a window and 30 days on either side; six queries.

    `ignoring` are sessions whose own time does not count, when they are being moved, and
    `without_meeting` a handover meeting; `draft` a plan whose proposals count as if they held their
    time.
    """
    calendars = {
        person.pk: Calendar(
            person.max_per_7_days,
            person.max_per_14_days,
            person.max_per_30_days,
            max_presented_per_week=person.max_presented_per_week,
            max_sessions_per_week=person.max_sessions_per_week,
            several_a_day=person.several_a_day,
        )
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
    _read_handover_meetings(calendars, (opens, closes), without_meeting)
    declined = DeclinedWeek.objects.filter(
        employee__in=calendars, monday__gt=first_day - timedelta(days=WEEK)
    )
    for pk, monday in declined.values_list("employee_id", "monday"):
        calendars[pk].declined_weeks.add(monday)
    return calendars


def monday_of(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.weekday())


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


def _read_handover_meetings(
    calendars: dict[int, Calendar], window: Interval, without: int | None
) -> None:
    """The meetings ahead take time, but are no sparring: they count towards no limit."""
    opens, closes = window
    meetings = HandoverMeeting.objects.filter(
        Q(former_owner__in=calendars) | Q(new_owner__in=calendars) | Q(third__in=calendars),
        state=HandoverMeetingState.PROPOSED,
        starts_at__lt=closes,
        ends_at__gt=opens,
    )
    if without is not None:
        meetings = meetings.exclude(pk=without)
    people = ("former_owner_id", "new_owner_id", "third_id")
    for *ids, starts_at, ends_at in meetings.values_list(*people, "starts_at", "ends_at"):
        for pk in ids:
            if pk in calendars:
                calendars[pk].busy.append((starts_at, ends_at))


def _meets(intervals: Iterable[Interval], start: datetime, end: datetime) -> bool:
    return any(begins < end and start < ends for begins, ends in intervals)


def _at(day: date, wall: time) -> datetime:
    return datetime.combine(day, wall, tzinfo=COPENHAGEN).astimezone(UTC)
