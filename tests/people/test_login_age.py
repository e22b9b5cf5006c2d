"""A login ends by itself: after 30 idle minutes, and after ten hours however busy (SEC-14)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from tests.factories.people import EmployeeFactory

pytestmark = pytest.mark.django_db
PAGE = "/konto/"
MORNING = datetime(2026, 11, 23, 7, tzinfo=UTC)


def test_ten_busy_hours_are_the_most(client):
    with time_machine.travel(MORNING, tick=False):
        client.force_login(EmployeeFactory())
        client.get(PAGE)

    answers = []
    for minutes in range(20, 621, 20):
        with time_machine.travel(MORNING + timedelta(minutes=minutes), tick=False):
            answers.append(client.get(PAGE).status_code)

    assert answers == [200] * 30 + [302]


def test_half_an_idle_hour_ends_it(client):
    with time_machine.travel(MORNING, tick=False):
        client.force_login(EmployeeFactory())
        client.get(PAGE)

    with time_machine.travel(MORNING + timedelta(minutes=29), tick=False):
        assert client.get(PAGE).status_code == 200
    with time_machine.travel(MORNING + timedelta(minutes=29 + 31), tick=False):
        assert client.get(PAGE).status_code == 302
