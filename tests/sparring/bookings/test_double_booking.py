"""Fifty people at once want the same colleague at the same time: one gets it (SEC-36).

Every thread has its own connection to the real database. The control test shows that the threads
really collide: without the exclusion constraint, code that only looks before it writes books twice.
"""

from __future__ import annotations

import os
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from threading import Barrier

import psycopg
import pytest
from django.conf import settings
from django.db import connection, connections

from people.models import Employee
from sparring.bookings.domain.booking import book_session, reschedule_session
from sparring.bookings.domain.calendar_locks import TimeTaken, booking_transaction
from sparring.bookings.domain.changes import change_partner
from sparring.bookings.domain.invitations import answer_invitation
from sparring.bookings.domain.room_admin import choose_room
from sparring.enums import Answer, ParticipantRole
from sparring.models import Participation, Room, SparringRequest, SparringSession
from sparring.plans.domain.make_plan import make_plan
from sparring.plans.domain.publishing import publish_plan
from tests.factories.people import EmployeeFactory
from tests.factories.planning import Town, at_work, moment, next_monday

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
PEOPLE = 50
ROUNDS = int(os.environ.get("DOUBLE_BOOKING_ROUNDS", "3"))
MONDAY = next_monday()
TEN, NOON = moment(MONDAY, "10.00"), moment(MONDAY, "12.00")


class Crowd:
    """Fifty caseworkers with a case and a colleague each, and one colleague whom all want."""

    def __init__(self):
        self.town = Town(colleagues=0)
        self.wanted = self.person()
        self.owners = [self.person() for _ in range(PEOPLE)]
        self.helpers = [self.person() for _ in range(PEOPLE)]
        self.cases = [self.town.case(owner=owner) for owner in self.owners]

    def person(self):
        return at_work(EmployeeFactory(unit=self.town.unit, max_per_7_days=20, max_per_30_days=60))

    def room(self):
        return Room.objects.create(unit=self.town.unit, name="Lokale 1", seats=4, location="1. sal")

    def sessions(self):
        """A session for every case at ten, each with a colleague of its own."""
        return [
            book_session(actor=case.owner, case=case, partners=[helper], starts_at=TEN)
            for case, helper in zip(self.cases, self.helpers, strict=True)
        ]


def all_at_once(calls):
    """Run the calls in threads that start together; returns how often each outcome came."""
    together = Barrier(len(calls))

    def one(call):
        connection.ensure_connection()
        together.wait(timeout=60)
        try:
            call()
        except TimeTaken:
            return "taken"
        finally:
            connections.close_all()
        return "got it"

    with ThreadPoolExecutor(len(calls)) as pool:
        return Counter(pool.map(one, calls))


def doubly_booked():
    """How many pairs of sessions take the same person's time."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM sparring_participation a JOIN sparring_participation b"
            " ON a.employee_id = b.employee_id AND a.id < b.id AND a.during && b.during"
            " WHERE a.holds_time AND b.holds_time"
        )
        return cursor.fetchone()[0]


def doubly_held_rooms():
    """How many pairs of sessions hold the same room at overlapping times."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM sparring_sparringsession a JOIN sparring_sparringsession b"
            " ON a.room_id = b.room_id AND a.id < b.id"
            " AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at"
            " WHERE a.state NOT IN ('proposed', 'cancelled')"
            " AND b.state NOT IN ('proposed', 'cancelled')"
        )
        return cursor.fetchone()[0]


ONE_GETS_IT = Counter({"got it": 1, "taken": PEOPLE - 1})


def test_asking_for_a_colleague():
    crowd = Crowd()
    for _ in range(ROUNDS):
        outcome = all_at_once(
            [
                lambda case=case: book_session(
                    actor=case.owner,
                    case=case,
                    partners=[crowd.wanted],
                    starts_at=TEN,
                    confirmed=True,
                )
                for case in crowd.cases
            ]
        )

        assert (outcome, doubly_booked()) == (ONE_GETS_IT, 0)
        Participation.objects.all().delete()
        connection.cursor().execute("TRUNCATE people_notification")
        SparringSession.objects.all().delete()
        SparringRequest.objects.all().delete()


def test_saying_yes_after_a_no():
    crowd = Crowd()
    sessions = crowd.sessions()
    Participation.objects.bulk_create(
        Participation(
            session=session,
            employee=crowd.wanted,
            role=ParticipantRole.COLLEAGUE,
            answer=Answer.NO,
            holds_time=False,
            during=(session.starts_at, session.ends_at),
        )
        for session in sessions
    )
    for _ in range(ROUNDS):
        outcome = all_at_once(
            [
                lambda session=session: answer_invitation(
                    session=session, actor=crowd.wanted, yes=True
                )
                for session in sessions
            ]
        )

        assert (outcome, doubly_booked()) == (ONE_GETS_IT, 0)
        Participation.objects.filter(employee=crowd.wanted).update(
            answer=Answer.NO, holds_time=False
        )


def test_moving_to_the_same_hour():
    crowd = Crowd()
    sessions = [
        book_session(
            actor=case.owner,
            case=case,
            partners=[crowd.wanted],
            confirmed=True,
            starts_at=TEN + timedelta(minutes=30 * number, days=1),
        )
        for number, case in enumerate(crowd.cases)
    ]
    before = {session.pk: (session.starts_at, session.ends_at) for session in sessions}
    for _ in range(ROUNDS):
        outcome = all_at_once(
            [
                lambda session=session: reschedule_session(
                    session=session, actor=session.case.owner, starts_at=TEN, confirmed=True
                )
                for session in sessions
            ]
        )

        assert (outcome, doubly_booked()) == (ONE_GETS_IT, 0)
        for pk, during in before.items():
            Participation.objects.filter(session=pk).update(during=during)
            SparringSession.objects.filter(pk=pk).update(starts_at=during[0], ends_at=during[1])


def test_giving_everybody_the_same_new_colleague():
    crowd = Crowd()
    sessions = crowd.sessions()
    coordinator = crowd.town.coordinator
    for _ in range(ROUNDS):
        outcome = all_at_once(
            [
                lambda session=session, helper=helper: change_partner(
                    session=session,
                    actor=coordinator,
                    leaving=helper,
                    coming=crowd.wanted,
                    confirmed=True,
                )
                for session, helper in zip(sessions, crowd.helpers, strict=True)
            ]
        )

        assert (outcome, doubly_booked()) == (ONE_GETS_IT, 0)
        moved = Participation.objects.get(employee=crowd.wanted)
        helper = crowd.helpers[[session.pk for session in sessions].index(moved.session_id)]
        Participation.objects.filter(pk=moved.pk).update(employee=helper)


def test_booking_fifty_sessions_into_one_room():
    crowd = Crowd()
    room = crowd.room()
    for _ in range(ROUNDS):
        outcome = all_at_once(
            [
                lambda case=case, helper=helper: book_session(
                    actor=case.owner, case=case, partners=[helper], starts_at=TEN
                )
                for case, helper in zip(crowd.cases, crowd.helpers, strict=True)
            ]
        )

        assert (outcome, doubly_held_rooms()) == (Counter({"got it": PEOPLE}), 0)
        assert SparringSession.objects.filter(room=room).count() == 1
        Participation.objects.all().delete()
        connection.cursor().execute("TRUNCATE people_notification")
        SparringSession.objects.all().delete()
        SparringRequest.objects.all().delete()


def test_choosing_the_same_room_by_hand():
    crowd = Crowd()
    sessions = crowd.sessions()
    room = crowd.room()
    for _ in range(ROUNDS):
        outcome = all_at_once(
            [
                lambda session=session: choose_room(
                    actor=session.case.owner, session=session, room=room
                )
                for session in sessions
            ]
        )

        assert (outcome, doubly_held_rooms()) == (ONE_GETS_IT, 0)
        SparringSession.objects.update(room=None)


def test_moving_into_the_hour_of_the_only_room():
    crowd = Crowd()
    room = crowd.room()
    sessions = [
        book_session(
            actor=case.owner,
            case=case,
            partners=[helper],
            confirmed=True,
            starts_at=TEN + timedelta(minutes=30 * number, days=1),
        )
        for number, (case, helper) in enumerate(zip(crowd.cases, crowd.helpers, strict=True))
    ]
    before = {session.pk: (session.starts_at, session.ends_at) for session in sessions}
    for _ in range(ROUNDS):
        outcome = all_at_once(
            [
                lambda session=session: reschedule_session(
                    session=session, actor=session.case.owner, starts_at=NOON, confirmed=True
                )
                for session in sessions
            ]
        )

        assert (outcome, doubly_held_rooms()) == (Counter({"got it": PEOPLE}), 0)
        assert SparringSession.objects.filter(room=room, starts_at=NOON).count() == 1
        SparringSession.objects.update(room=None)
        for pk, during in before.items():
            Participation.objects.filter(session=pk).update(during=during)
            SparringSession.objects.filter(pk=pk).update(
                starts_at=during[0], ends_at=during[1], room=room
            )


def test_publishing_while_others_book():
    town = Town(colleagues=4)
    for owner in town.colleagues:
        town.case(owner=owner)
    plan = make_plan(
        actor=town.coordinator, municipality=town.municipality, first_day=MONDAY, days=7
    )
    proposal = plan.sessions.order_by("starts_at")[0]
    partner = proposal.participations.exclude(role=ParticipantRole.PRESENTER).get().employee
    rivals = [town.case(owner=town.colleagues[0]) for _ in range(10)]

    outcome = all_at_once(
        [
            lambda: publish_plan(actor=town.coordinator, plan=plan),
            *(
                lambda case=case: book_session(
                    actor=town.coordinator,
                    case=case,
                    partners=[partner],
                    starts_at=proposal.starts_at,
                    confirmed=True,
                )
                for case in rivals
                if partner.pk != case.owner_id
            ),
        ]
    )

    assert outcome["got it"] >= 1
    assert doubly_booked() == 0


@pytest.fixture
def as_owner():
    """A connection that may change the structure of this test's database."""
    parameters = connections["default"].get_connection_params()
    with psycopg.connect(
        host=parameters.get("host", ""),
        port=parameters.get("port", "5432"),
        user=settings.DATABASE_OWNER["USER"],
        password=settings.DATABASE_OWNER["PASSWORD"],
        dbname=parameters["dbname"],
        autocommit=True,
    ) as owner:
        yield owner


@contextmanager
def dropped(as_owner, table, name, tidy):
    """Without the constraint for a while; `tidy` undoes the damage before it comes back."""
    (definition,) = as_owner.execute(
        "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s", [name]
    ).fetchone()
    as_owner.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    yield
    as_owner.execute(tidy)
    as_owner.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")


@pytest.fixture
def no_constraint(as_owner):
    table = "sparring_participation"
    with dropped(as_owner, table, "participation_no_double_booking", f"DELETE FROM {table}"):
        yield


@pytest.fixture
def no_room_constraint(as_owner):
    table = "sparring_sparringsession"
    tidy = f"UPDATE {table} SET room_id = NULL"
    with dropped(as_owner, table, "session_no_double_booked_room", tidy):
        yield


def look_then_write(sessions, wanted):
    """What careless code does: everybody looks, sees a free hour, and writes."""
    looked = Barrier(len(sessions))

    def call(session):
        with booking_transaction():
            free = not Participation.objects.filter(
                employee=wanted,
                holds_time=True,
                during__overlap=(session.starts_at, session.ends_at),
            ).exists()
            looked.wait(timeout=60)
            if free:
                Participation.objects.create(
                    session=session,
                    employee=wanted,
                    role=ParticipantRole.COLLEAGUE,
                    during=(session.starts_at, session.ends_at),
                )

    return all_at_once([lambda session=session: call(session) for session in sessions])


def test_control_careless_code_is_stopped_by_the_constraint():
    crowd = Crowd()

    outcome = look_then_write(crowd.sessions(), crowd.wanted)

    assert (outcome, doubly_booked()) == (ONE_GETS_IT, 0)


def test_control_without_the_constraint_careless_code_books_twice(no_constraint):
    crowd = Crowd()

    outcome = look_then_write(crowd.sessions(), crowd.wanted)

    assert outcome == Counter({"got it": PEOPLE})
    assert doubly_booked() == PEOPLE * (PEOPLE - 1) // 2


def look_then_take_the_room(sessions, room):
    """What careless code does with a room: everybody looks, sees it empty, and takes it."""
    looked = Barrier(len(sessions))

    def call(session):
        with booking_transaction():
            free = not SparringSession.objects.filter(room=room).exists()
            looked.wait(timeout=60)
            if free:
                SparringSession.objects.filter(pk=session.pk).update(room=room)

    return all_at_once([lambda session=session: call(session) for session in sessions])


def test_control_a_carelessly_taken_room_is_stopped_by_the_constraint():
    crowd = Crowd()

    outcome = look_then_take_the_room(crowd.sessions(), crowd.room())

    assert (outcome, doubly_held_rooms()) == (ONE_GETS_IT, 0)


def test_control_without_the_constraint_a_room_is_taken_by_all(no_room_constraint):
    crowd = Crowd()

    outcome = look_then_take_the_room(crowd.sessions(), crowd.room())

    assert outcome == Counter({"got it": PEOPLE})
    assert doubly_held_rooms() == PEOPLE * (PEOPLE - 1) // 2


def test_without_the_constraint_the_locks_alone_still_hold(no_constraint):
    crowd = Crowd()

    outcome = all_at_once(
        [
            lambda case=case: book_session(
                actor=case.owner, case=case, partners=[crowd.wanted], starts_at=NOON, confirmed=True
            )
            for case in crowd.cases
        ]
    )

    assert (outcome, doubly_booked()) == (ONE_GETS_IT, 0)
    assert Employee.objects.filter(participations__session__starts_at=NOON).count() == 2
