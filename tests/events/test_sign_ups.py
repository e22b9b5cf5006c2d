"""Signing up and cancelling: seats, the waiting list, and what the database refuses."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from events.domain.calendar_entries import follow_publishing
from events.domain.sign_ups import (
    ask_for_guest,
    cancel_sign_up,
    confirm_guest,
    drop_unconfirmed,
    sign_up_employee,
)
from events.enums import SignUpState
from events.models import SignUp
from people.models import Notification
from privacy.models import AuditEntry
from tests.factories.events import coming_event, guest_of, signed_up
from tests.factories.people import EmployeeFactory

pytestmark = pytest.mark.django_db


def states(event):
    rows = event.sign_ups.order_by("pk")
    return list(rows.values_list("state", "seat", "rank"))


def kinds(employee):
    return list(Notification.objects.filter(employee=employee).values_list("kind", flat=True))


def refused(call):
    with pytest.raises(ValidationError) as caught:
        call()
    return " ".join(caught.value.messages)


def test_seats_are_given_in_order_and_then_the_waiting_list():
    event = coming_event(capacity=2)

    for _ in range(4):
        signed_up(event)

    assert states(event) == [
        ("seated", 1, 1), ("seated", 2, 2), ("waiting", None, 3), ("waiting", None, 4)
    ]  # fmt: skip


def test_an_event_without_a_limit_seats_everybody():
    event = coming_event(capacity=None)

    assert [signed_up(event).seat for _ in range(3)] == [1, 2, 3]


def test_signing_up_twice_is_once():
    event, employee = coming_event(), EmployeeFactory()

    first = sign_up_employee(actor=employee, event=event)
    again = sign_up_employee(actor=employee, event=event)

    assert again.pk == first.pk
    assert event.sign_ups.count() == 1
    assert kinds(employee) == ["events.confirmed"]


def test_whoever_has_waited_longest_moves_up_by_itself_and_is_told():
    event = coming_event(capacity=1)
    first, second, third = (signed_up(event) for _ in range(3))

    cancel_sign_up(actor=first.employee, sign_up=first)

    assert states(event) == [("cancelled", None, 1), ("seated", 1, 2), ("waiting", None, 3)]
    assert kinds(second.employee) == ["events.waiting", "events.moved_up"]
    assert kinds(third.employee) == ["events.waiting"]
    assert kinds(first.employee) == ["events.confirmed", "events.withdrawn"]


def test_who_leaves_the_waiting_list_moves_nobody():
    event = coming_event(capacity=1)
    _seated, waiting = signed_up(event), signed_up(event)

    cancel_sign_up(actor=waiting.employee, sign_up=waiting)

    assert states(event) == [("seated", 1, 1), ("cancelled", None, 2)]


def test_who_signs_up_again_stands_last():
    event = coming_event(capacity=1)
    first, _second = signed_up(event), signed_up(event)
    cancel_sign_up(actor=first.employee, sign_up=first)

    again = sign_up_employee(actor=first.employee, event=event)

    assert (again.state, again.rank) == ("waiting", 3)


def test_cancelled_twice_is_one_clear_sentence():
    event = coming_event()
    sign_up = signed_up(event)
    cancel_sign_up(actor=sign_up.employee, sign_up=sign_up)

    said = refused(lambda: cancel_sign_up(actor=sign_up.employee, sign_up=sign_up))

    assert said == "Du har allerede meldt afbud. Du skal ikke gøre mere."


def test_nobody_cancels_for_somebody_else():
    event = coming_event()
    sign_up, guest = signed_up(event), guest_of(coming_event(is_open=True))

    for actor, row in ((EmployeeFactory(), sign_up), (None, sign_up), (EmployeeFactory(), guest)):
        with pytest.raises(PermissionDenied):
            cancel_sign_up(actor=actor, sign_up=row)
    sign_up.refresh_from_db()
    assert sign_up.is_seated


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        ({"takes_sign_ups": False}, "Tilmelding sker ikke her."),
        ({"cancelled": True}, "Arrangementet er aflyst."),
        ({"days": -1}, "Arrangementet er gået i gang, og tilmeldingen er slut."),
        ({"live": False}, "Tilmelding sker ikke her."),
    ],
)
def test_a_closed_sign_up_says_why(what, sentence):
    event = coming_event(**what)

    assert refused(lambda: signed_up(event)) == sentence
    assert not event.sign_ups.exists()


def test_sign_up_ends_after_the_last_day_of_it():
    event = coming_event(sign_up_until=timezone.localdate() + timedelta(days=2))
    signed_up(event)

    with time_machine.travel(timezone.now() + timedelta(days=3), tick=False):
        assert refused(lambda: signed_up(event)) == "Tilmeldingen er slut."


def test_nobody_cancels_once_it_has_begun():
    event = coming_event()
    sign_up = signed_up(event)

    with time_machine.travel(event.starts_at + timedelta(minutes=1), tick=False):
        said = refused(lambda: cancel_sign_up(actor=sign_up.employee, sign_up=sign_up))

    assert said == "Arrangementet er gået i gang, så det er for sent at melde afbud."


def test_a_cpr_number_is_refused_and_nothing_is_kept():
    event = coming_event(is_open=True)

    refused(lambda: signed_up(event, access_needs="010190-1234"))
    refused(
        lambda: ask_for_guest(
            event=event, name="Ane", email="a@example.org", access_needs="010190-1234"
        )
    )

    assert not SignUp.objects.exists()


def test_more_places_go_to_those_who_wait():
    event = coming_event(capacity=1)
    rows = [signed_up(event) for _ in range(4)]
    event.capacity = 3
    event.save()

    follow_publishing(event=event, actor=None)

    assert [state for state, _seat, _rank in states(event)] == ["seated"] * 3 + ["waiting"]
    assert kinds(rows[1].employee) == ["events.waiting", "events.moved_up"]


def test_there_cannot_be_fewer_places_than_people():
    event = coming_event(capacity=2)
    signed_up(event)
    signed_up(event)
    event.capacity = 1

    with pytest.raises(ValidationError, match="2 har allerede en plads"):
        event.full_clean()


def test_the_database_itself_refuses_a_seat_too_many_a_seat_twice_and_a_person_twice():
    event = coming_event(capacity=2)
    first, second = signed_up(event), signed_up(event)
    waiting = signed_up(event)
    rows = SignUp.objects.filter(pk=waiting.pk)

    for seat in (3, first.seat):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(state=SignUpState.SEATED, seat=seat)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(employee=second.employee)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(rank=first.rank)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(state=SignUpState.SEATED)


# --- guests ---


def test_a_guest_has_no_place_before_their_own_yes():
    event = coming_event(is_open=True)

    guest = guest_of(event, confirmed=False)

    assert (guest.state, guest.seat) == ("unconfirmed", None)
    assert confirm_guest(sign_up=guest).seat == 1
    assert confirm_guest(sign_up=guest).seat == 1


def test_asking_twice_for_the_same_address_makes_one_sign_up():
    event = coming_event(is_open=True)
    guest = guest_of(event)

    ask_for_guest(event=event, name="En anden", email="ANE@example.org")

    assert event.sign_ups.count() == 1
    guest.refresh_from_db()
    assert guest.guest_name == "Ane Holm"


def test_a_guest_who_has_cancelled_does_not_get_in_by_the_old_link():
    event = coming_event(is_open=True)
    guest = guest_of(event)
    cancel_sign_up(actor=None, sign_up=guest)

    assert refused(lambda: confirm_guest(sign_up=guest)).startswith("Du har meldt afbud.")


def test_guests_come_to_open_events_only():
    said = refused(lambda: ask_for_guest(event=coming_event(), name="Ane", email="ane@example.org"))

    assert said == "Arrangementet er kun for ansatte."


def test_what_a_guest_never_said_yes_to_is_dropped_after_three_days():
    event = coming_event(is_open=True)
    asked = guest_of(event, confirmed=False)
    kept = guest_of(event, "bo@example.org")

    assert drop_unconfirmed(at=asked.created_at + timedelta(days=2)) == 0
    assert drop_unconfirmed(at=asked.created_at + timedelta(days=4)) == 1
    assert list(event.sign_ups.values_list("pk", flat=True)) == [kept.pk]


def test_every_step_is_audited():
    event = coming_event(is_open=True)
    sign_up = signed_up(event)
    cancel_sign_up(actor=sign_up.employee, sign_up=sign_up)
    guest_of(event)

    actions = list(
        AuditEntry.objects.filter(action__startswith="event.")
        .order_by("pk")
        .values_list("action", "actor")
    )

    actor = sign_up.employee_id
    assert actions == [
        ("event.sign_up", actor), ("event.cancel_sign_up", actor),
        ("event.guest_asks", None), ("event.sign_up", None),
    ]  # fmt: skip
