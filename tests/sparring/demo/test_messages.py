from __future__ import annotations

import pytest

from demo_content.files import read
from people import demo as people_demo
from people.domain.notification_choices import wants
from people.enums import Frequency
from people.models import BusyTime, Employee
from people.roles import Role
from sparring.demo import messages

pytestmark = pytest.mark.django_db


def test_one_calendar_takes_time_and_one_person_gets_it_all_together():
    people_demo.load(read("people"))

    assert messages.load() == {"calendars": 1, "reminders": 0}
    assert messages.load() == {"calendars": 0, "reminders": 0}

    caseworker = Employee.objects.with_role(Role.CASEWORKER).order_by("pk").first()
    consultant = Employee.objects.with_role(Role.BUSINESS_CONSULTANT).order_by("pk").first()
    assert BusyTime.objects.filter(employee=caseworker).count() >= 24
    assert wants(consultant, "answers") == Frequency.DAILY
