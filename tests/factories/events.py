from __future__ import annotations

from datetime import date, time, timedelta

import time_machine
from django.utils import timezone

from events.domain.sign_ups import ask_for_guest, confirm_guest, sign_up_employee
from events.models import EventIndexPage, EventPage, SignUp
from tests.factories.kb import PageFactory
from tests.factories.people import EmployeeFactory


class EventIndexPageFactory(PageFactory):
    class Meta:
        model = EventIndexPage

    title = "Arrangementer"
    slug = "arrangementer"


class EventPageFactory(PageFactory):
    class Meta:
        model = EventPage

    date = date(2026, 11, 26)
    description = "Det, der sker."

    @classmethod
    def default_parent(cls):
        return EventIndexPage.objects.first() or EventIndexPageFactory()


def coming_event(*, days=10, **more):
    """An event to sign up for, in the forenoon of a day to come."""
    values = {
        "title": "Temadag om tro",
        "date": timezone.localdate() + timedelta(days=days),
        "start_time": time(9),
        "duration_minutes": 120,
        "place": "Kulturhuset",
        "takes_sign_ups": True,
        "capacity": 2,
    }
    return EventPageFactory(**{**values, **more})


def signed_up(event, **more):
    return sign_up_employee(actor=EmployeeFactory(), event=event, **more)


def guest_of(event, email="ane@example.org", *, confirmed=True, **more):
    """A guest who has asked, and said yes."""
    ask_for_guest(event=event, name="Ane Holm", email=email, **more)
    sign_up = SignUp.objects.get(guest_email=email)
    return confirm_guest(sign_up=sign_up) if confirmed else sign_up


def after(event, **more):
    """The clock stands after the event."""
    return time_machine.travel(event.ends_at + timedelta(**(more or {"hours": 1})), tick=False)
