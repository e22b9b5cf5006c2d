"""Many want the same places in the same moment: seats once each, a queue in order, nobody lost.

Every thread has its own connection to the real database. The control test shows that the threads
really collide: without the lock, the constraint refuses seats that two have chosen.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, connections

from events.domain import seats, sign_ups
from events.domain.sign_ups import cancel_sign_up, sign_up_employee
from events.models import EventPage
from tests.factories.events import coming_event
from tests.factories.people import EmployeeFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
PEOPLE, PLACES = 40, 10


def all_at_once(calls):
    """Run the calls in threads that begin together; returns the errors of the database."""
    together = Barrier(len(calls))

    def one(call):
        connection.ensure_connection()
        together.wait(timeout=60)
        try:
            call()
        except IntegrityError as error:
            return error
        finally:
            connections.close_all()
        return None

    with ThreadPoolExecutor(len(calls)) as pool:
        return [error for error in pool.map(one, calls) if error is not None]


def joining(event, people):
    return [lambda person=person: sign_up_employee(actor=person, event=event) for person in people]


def test_seats_are_given_once_and_nobody_is_lost():
    event = coming_event(capacity=PLACES)

    assert all_at_once(joining(event, EmployeeFactory.create_batch(PEOPLE))) == []

    rows = list(event.sign_ups.order_by("rank").values_list("rank", "seat"))
    assert rows == [(rank, rank if rank <= PLACES else None) for rank in range(1, PEOPLE + 1)]


def test_the_same_person_many_times_at_once_is_one_sign_up():
    event, person = coming_event(), EmployeeFactory()

    assert all_at_once(joining(event, [person] * 12)) == []

    assert event.sign_ups.count() == 1


def test_cancelling_and_joining_at_once_leaves_no_seat_empty_and_keeps_the_order():
    event = coming_event(capacity=PLACES)
    rows = [sign_up_employee(actor=person, event=event)
            for person in EmployeeFactory.create_batch(PLACES + 5)]  # fmt: skip
    leaving = [
        lambda row=row: cancel_sign_up(actor=row.employee, sign_up=row) for row in rows[:PLACES]
    ]

    assert all_at_once([*leaving, *joining(event, EmployeeFactory.create_batch(15))]) == []

    seated = event.sign_ups.seated()
    assert sorted(seated.values_list("seat", flat=True)) == list(range(1, PLACES + 1))
    highest = max(seated.values_list("rank", flat=True))
    assert all(row.rank > highest for row in event.sign_ups.in_queue())
    assert event.sign_ups.active().count() == 20


def test_without_the_lock_the_threads_collide_and_the_database_refuses(monkeypatch):
    event = coming_event(capacity=PLACES)
    unlocked = EventPage.objects.get
    for module in (seats, sign_ups):
        monkeypatch.setattr(module, "locked", lambda event: unlocked(pk=event.pk))

    errors = all_at_once(joining(event, EmployeeFactory.create_batch(PEOPLE)))

    assert errors
    assert event.sign_ups.seated().count() <= PLACES
