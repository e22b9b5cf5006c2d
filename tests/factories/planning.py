from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from people.models import WorkingHours
from sparring.beliefs.domain.needs import recompute
from sparring.bookings.domain.booking import book_session

from .people import EmployeeFactory, MunicipalityFactory, UnitFactory
from .sparring import CaseFactory

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


def at_work(employee, start=time(9), end=time(15), weekdays=range(5)):
    """Give somebody a week; returns them."""
    WorkingHours.objects.bulk_create(
        WorkingHours(employee=employee, weekday=day, start=start, end=end) for day in weekdays
    )
    return employee


def next_monday(today=None):
    """A Monday at least a week ahead, clear of Christmas and Easter closed days."""
    day = (today or timezone.localdate()) + timedelta(days=7)
    return day + timedelta(days=-day.weekday() % 7)


def moment(day, clock):
    """`clock` is "10.30" in Copenhagen."""
    hour, minute = map(int, clock.split("."))
    return datetime.combine(day, time(hour, minute), tzinfo=COPENHAGEN)


class Town:
    """A municipality with a coordinator and colleagues at work, and cases that are due."""

    def __init__(self, colleagues=3, hours=(time(9), time(15)), **people):
        self.municipality = MunicipalityFactory()
        self.unit = UnitFactory(municipality=self.municipality, capacity_per_week=50)
        self.coordinator = EmployeeFactory(unit=self.unit, coordinator=True)
        self.colleagues = [
            at_work(EmployeeFactory(unit=self.unit, **people), *hours) for _ in range(colleagues)
        ]

    def case(self, owner=None, **values):
        """A case without any belief for 400 days: R0, R5 and R11 hit, band high."""
        case = CaseFactory(owner=owner or self.colleagues[0], **values)
        recompute([case])
        return case

    def booked(self, starts_at, **values):
        """The first colleague's talk about a new case, with the second one."""
        case = self.case()
        partner = self.colleagues[1]
        return book_session(
            actor=case.owner, case=case, partners=[partner], starts_at=starts_at, **values
        )
