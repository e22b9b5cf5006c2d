"""Who was there, the answers afterwards, and the debate."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from events import attendance_hooks
from events.domain.afterwards import add_comment, decide_comment, evaluate
from events.domain.attendance import mark_attendance, say_came
from events.domain.sign_ups import cancel_sign_up
from events.evaluations import summary
from events.models import EventComment, SignUp
from people.roles import Role
from tests.factories.events import after, coming_event, guest_of, signed_up
from tests.factories.people import EmployeeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard():
    calls = []

    def hook(*, event, employee, came, actor):
        calls.append((event.pk, employee.pk, came, actor.pk))

    attendance_hooks.register(hook)
    yield calls
    attendance_hooks.unregister(hook)


def login(employee):
    client = Client()
    client.force_login(employee)
    return client


def organised(**more):
    organiser = EmployeeFactory()
    return coming_event(organiser=organiser, is_open=True, capacity=10, **more), organiser


def address(event):
    return reverse("events:attendance", args=[event.pk])


def test_the_organiser_marks_who_came_and_the_rooms_above_hear_of_employees(heard):
    event, organiser = organised()
    mine, other, guest = signed_up(event), signed_up(event), guest_of(event)

    with after(event):
        for _ in range(2):
            mark_attendance(actor=organiser, event=event, present={mine.pk, guest.pk})

    came = dict(SignUp.objects.values_list("pk", "came"))
    assert came == {mine.pk: True, other.pk: False, guest.pk: True}
    assert heard == [(event.pk, mine.employee_id, True, organiser.pk)]


def test_a_mark_that_is_taken_back_is_told_too(heard):
    event, organiser = organised()
    mine = signed_up(event)

    with after(event):
        mark_attendance(actor=organiser, event=event, present={mine.pk})
        mark_attendance(actor=organiser, event=event, present=set())

    assert [came for _event, _who, came, _actor in heard] == [True, False]


def test_nobody_has_come_before_it_begins():
    event, organiser = organised()
    mine = signed_up(event)

    with pytest.raises(ValidationError):
        mark_attendance(actor=organiser, event=event, present={mine.pk})
    with pytest.raises(ValidationError):
        say_came(actor=mine.employee, sign_up=mine)


def test_only_who_had_a_place_was_there():
    event, _organiser = organised()
    gone = signed_up(event)
    cancel_sign_up(actor=gone.employee, sign_up=gone)

    with after(event), pytest.raises(ValidationError):
        say_came(actor=gone.employee, sign_up=gone)
    with after(event), pytest.raises(PermissionDenied):
        say_came(actor=EmployeeFactory(), sign_up=signed_up(coming_event()))
    with pytest.raises(IntegrityError), transaction.atomic():
        SignUp.objects.filter(pk=gone.pk).update(came=True)


@pytest.mark.parametrize(
    ("role", "code"),
    [
        (Role.CASEWORKER, 404),
        (Role.TEAM_LEADER, 404),
        (Role.AUDITOR, 404),
        (Role.PROJECT_STAFF, 404),
        (Role.EDITOR, 200),
        (Role.ADMINISTRATOR, 200),
    ],
)
def test_the_list_is_the_organisers_and_the_editors(role, code):
    event, _organiser = organised()
    signed_up(event)

    assert login(EmployeeFactory(roles=[role])).get(address(event)).status_code == code


def test_the_list_shows_names_needs_and_who_waits():
    event, organiser = organised()
    event.capacity = 2
    event.save()
    rows = [signed_up(event, access_needs="En rampe"), guest_of(event), signed_up(event)]

    page = login(organiser).get(address(event)).content.decode()

    for name in (*map(str, rows), "En rampe"):
        assert name in page
    assert "Venteliste" in page
    assert 'type="checkbox"' not in page


def test_the_list_is_marked_on_its_page():
    event, organiser = organised()
    mine, other = signed_up(event), signed_up(event)

    with after(event):
        client = login(organiser)
        page = client.post(address(event), {"came": [mine.pk, "x"]}, follow=True).content.decode()

    assert "Listen er gemt." in page
    other.refresh_from_db()
    assert other.came is False


# --- evaluations ---


def answered(event, count):
    for _ in range(count):
        row = signed_up(event)
        with after(event):
            evaluate(
                actor=row.employee, sign_up=row, useful=4, will_use="yes", otherwise="Mere tid."
            )


@pytest.mark.parametrize(("count", "is_shown"), [(4, False), (5, True)])
def test_answers_are_shown_from_five_up(count, is_shown):
    event, organiser = organised()
    answered(event, count)

    with after(event):
        for client in (login(organiser), login(EmployeeFactory())):
            page = client.get(event.url).content.decode()
            assert ("5 svar." in page) is is_shown
        listed = login(organiser).get(address(event)).content.decode()
    assert ("Mere tid." in listed) is is_shown
    assert (summary(event) is not None) is is_shown


def test_the_words_are_for_the_organiser_alone():
    event, _organiser = organised()
    answered(event, 5)

    with after(event):
        page = login(EmployeeFactory()).get(event.url).content.decode()

    assert "Mere tid." not in page


def test_an_answer_does_not_say_whose_it_is():
    event, _organiser = organised()
    answered(event, 1)
    (evaluation,) = event.evaluations.all()

    fields = {field.name for field in evaluation._meta.get_fields()}

    assert fields == {"id", "event", "useful", "will_use", "otherwise"}


def test_answers_come_from_those_who_were_there_after_it_and_once():
    event, _organiser = organised()
    row, absent = signed_up(event), signed_up(event)
    SignUp.objects.filter(pk=absent.pk).update(came=False)

    def answer(sign_up, actor):
        evaluate(actor=actor, sign_up=sign_up, useful=3, will_use="no")

    with pytest.raises(ValidationError):
        answer(row, row.employee)
    with after(event):
        answer(row, row.employee)
        with pytest.raises(ValidationError):
            answer(row, row.employee)
        with pytest.raises(ValidationError):
            answer(absent, absent.employee)
        with pytest.raises(PermissionDenied):
            answer(row, absent.employee)
    assert event.evaluations.count() == 1


# --- debate ---


def test_a_comment_is_read_by_the_organiser_before_others_read_it():
    event, organiser = organised()
    author, reader = EmployeeFactory(), EmployeeFactory()

    with after(event):
        page = login(author).post(
            reverse("events:comment", args=[event.pk]), {"text": "Vi prøvede det."}, follow=True
        )
        assert "Andre kan læse det, når arrangøren har læst det." in page.content.decode()
        assert "Vi prøvede det." not in login(reader).get(event.url).content.decode()
        assert "Vi prøvede det." in login(organiser).get(address(event)).content.decode()
        comment = EventComment.objects.get()
        decide = reverse("events:decide_comment", args=[comment.pk])
        assert login(reader).post(decide, {"show": "yes"}).status_code == 404
        login(organiser).post(decide, {"show": "yes"})
        assert "Vi prøvede det." in login(reader).get(event.url).content.decode()
        login(organiser).post(decide, {"show": "no"})
        assert "Vi prøvede det." not in login(reader).get(event.url).content.decode()


def test_a_comment_that_is_refused_comes_back_with_its_words():
    event, _organiser = organised()
    words = "Ring til mig, 010203-1234, så fortæller jeg mere."

    with after(event):
        refused = login(EmployeeFactory()).post(
            reverse("events:comment", args=[event.pk]), {"text": words}
        )

    assert refused.status_code == 422
    assert words in refused.content.decode()
    assert "Det ligner et CPR-nummer." in refused.content.decode()
    assert not EventComment.objects.exists()


def test_comments_are_for_employees():
    event, organiser = organised()
    comment = add_comment(actor=EmployeeFactory(), event=event, text="Godt.")
    decide_comment(actor=organiser, comment=comment, show=True)

    with after(event):
        page = Client().get(event.url).content.decode()

    assert "Godt." not in page
    assert "Send kommentaren" not in page


@pytest.mark.parametrize("words", ["", "   ", "Borgeren 010190-1234", "x" * 1201])
def test_a_comment_without_words_too_long_or_with_a_cpr_number_is_refused(words):
    event, _organiser = organised()

    with pytest.raises(ValidationError):
        add_comment(actor=EmployeeFactory(), event=event, text=words)
    assert not EventComment.objects.exists()


def test_the_same_comment_twice_is_one():
    event, _organiser = organised()
    author = EmployeeFactory()

    for _ in range(2):
        add_comment(actor=author, event=event, text="Godt.")

    assert EventComment.objects.count() == 1
