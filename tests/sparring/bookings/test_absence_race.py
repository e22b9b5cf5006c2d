"""Two absences of one person registered at once: each session is given up once (SEC-36)."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections, transaction

from people.models import Absence, Notification
from privacy.models import AuditEntry
from sparring.bookings.domain.absences import report_away
from sparring.enums import SessionState
from sparring.models import SparringSession
from tests.factories.planning import Town, moment, next_monday

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
MONDAY = next_monday()
TEN = moment(MONDAY, "10.00")
WAITING = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND wait_event_type = 'Lock'
"""


def until_waiting(number):
    """Until so many others wait for a lock of this transaction: then they have listed."""
    for _ in range(600):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")  # kept for a transaction otherwise
            cursor.execute(WAITING)
            if cursor.fetchone()[0] >= number:
                return
        time.sleep(0.1)
    raise AssertionError("nobody waits")


def report(actor, person):
    try:
        report_away(actor=actor, employee=person, first_day=MONDAY, last_day=MONDAY)
    finally:
        connections.close_all()


def at_once(session, calls):
    """Let the calls list what they find, and then go on one after the other."""
    with ThreadPoolExecutor(len(calls)) as pool:
        with transaction.atomic():
            SparringSession.objects.select_for_update().get(pk=session.pk)
            done = [pool.submit(report, *call) for call in calls]
            until_waiting(len(calls))
        for one in done:
            one.result(timeout=60)


def test_a_seat_that_two_report_is_given_up_once():
    town = Town(colleagues=3)
    session = town.booked(TEN)
    person = town.colleagues[1]

    at_once(session, [(person, person), (town.coordinator, person)])

    assert Absence.objects.filter(employee=person).count() == 2
    assert not session.participations.filter(employee=person, holds_time=True).exists()
    assert AuditEntry.objects.filter(action="session.away").count() == 1
    cancelled = Notification.objects.filter(employee=person, kind="sparring.cancelled")
    assert cancelled.count() == 1
    assert SparringSession.objects.get().state == SessionState.PLANNED


def test_two_who_are_away_at_once_are_both_taken_out():
    town = Town(colleagues=3)
    session = town.booked(TEN)
    owner, person = session.case.owner, town.colleagues[1]

    at_once(session, [(owner, owner), (person, person)])

    session.refresh_from_db()
    assert session.presenter_away
    assert not session.participations.filter(employee=person, holds_time=True).exists()
    assert AuditEntry.objects.filter(action="session.away").count() == 2
