"""Fifty answers at once to questions for ten minutes: one session (SEC-36)."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from threading import Barrier, Lock

import pytest
from django.db import IntegrityError, connection, transaction

from sparring.bookings.domain.calendar_locks import TimeTaken
from sparring.enums import QuickAnswer, QuickState
from sparring.models import (
    Participation,
    QuickAsk,
    QuickInvitation,
    SparringRequest,
    SparringSession,
    StepLog,
)
from sparring.quick.domain.quick import ANSWER_WITHIN, TooLate, answer_quick_ask
from tests.factories.planning import moment, next_monday
from tests.sparring.bookings.test_double_booking import (
    PEOPLE,
    ROUNDS,
    Crowd,
    all_at_once,
    as_owner,
    doubly_booked,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
__all__ = ["as_owner"]
ASKED_AT = moment(next_monday() - timedelta(days=14), "10.00")
ANSWERED_AT = ASKED_AT + timedelta(minutes=1)


def question(case, colleagues):
    """Asked without looking who is free: what is raced for is the answer."""
    ask = QuickAsk.objects.create(
        case=case, asked_by=case.owner, asked_at=ASKED_AT, expires_at=ASKED_AT + ANSWER_WITHIN
    )
    QuickInvitation.objects.bulk_create(
        QuickInvitation(ask=ask, employee=colleague, position=participation)
        for participation, colleague in enumerate(colleagues, start=1)
    )
    return ask


def clear():
    StepLog.objects.all().delete()
    QuickInvitation.objects.all().delete()
    QuickAsk.objects.all().delete()
    Participation.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE people_notification")
    SparringSession.objects.all().delete()
    SparringRequest.objects.all().delete()


def test_three_colleagues_press_fifty_times():
    crowd = Crowd()
    asked = crowd.helpers[:3]
    for _ in range(ROUNDS):
        ask = question(crowd.cases[0], asked)
        late, lock = Counter(), Lock()

        def press(who, ask=ask, late=late, lock=lock):
            try:
                answer_quick_ask(actor=who, ask=ask, yes=True, at=ANSWERED_AT)
            except TooLate:
                with lock:
                    late[who.pk] += 1

        presses = [asked[number % 3] for number in range(PEOPLE)]
        outcome = all_at_once([lambda who=who: press(who) for who in presses])

        (winner,) = ask.invitations.filter(answer=QuickAnswer.YES)
        session = SparringSession.objects.get()
        ask.refresh_from_db()
        assert (ask.state, ask.session) == (QuickState.TAKEN, session)
        assert set(session.participations.values_list("employee", flat=True)) == {
            crowd.cases[0].owner_id,
            winner.employee_id,
        }
        assert outcome == Counter({"got it": PEOPLE})
        assert late == Counter(who.pk for who in presses if who.pk != winner.employee_id)
        clear()


def test_one_colleague_says_yes_to_fifty_at_once():
    crowd = Crowd()
    for _ in range(ROUNDS):
        asks = [question(case, [crowd.wanted]) for case in crowd.cases]

        outcome = all_at_once(
            [
                lambda ask=ask: answer_quick_ask(
                    actor=crowd.wanted, ask=ask, yes=True, at=ANSWERED_AT
                )
                for ask in asks
            ]
        )

        assert outcome == Counter({"got it": 1, "taken": PEOPLE - 1})
        assert (doubly_booked(), QuickAsk.objects.filter(state=QuickState.TAKEN).count()) == (0, 1)
        clear()


def look_then_say_yes(ask):
    """What careless code does: all three look, see no yes, and write theirs."""
    looked = Barrier(3)

    def call(invitation):
        try:
            with transaction.atomic():
                taken = ask.invitations.filter(answer=QuickAnswer.YES).exists()
                looked.wait(timeout=60)
                if not taken:
                    QuickInvitation.objects.filter(pk=invitation.pk).update(answer=QuickAnswer.YES)
        except IntegrityError as error:
            raise TimeTaken from error

    return all_at_once([lambda cell=invitation: call(cell) for invitation in ask.invitations.all()])


def test_control_careless_code_is_stopped_by_the_constraint():
    crowd = Crowd()

    outcome = look_then_say_yes(question(crowd.cases[0], crowd.helpers[:3]))

    assert outcome == Counter({"got it": 1, "taken": 2})


@pytest.fixture
def no_constraint(as_owner):
    table = "sparring_quickinvitation"
    as_owner.execute("DROP INDEX quick_one_yes")
    yield
    as_owner.execute(f"DELETE FROM {table}")
    as_owner.execute(f"CREATE UNIQUE INDEX quick_one_yes ON {table} (ask_id) WHERE answer = 'yes'")


def test_control_without_the_constraint_all_three_get_it(no_constraint):
    crowd = Crowd()

    outcome = look_then_say_yes(question(crowd.cases[0], crowd.helpers[:3]))

    assert outcome == Counter({"got it": 3})
