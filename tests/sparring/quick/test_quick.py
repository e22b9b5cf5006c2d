"""“Do you have ten minutes?”: who is asked, who gets it, and what the others see."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from psycopg.types.range import TimestamptzRange

from people.domain.notification_choices import choose
from people.enums import Frequency, Reason, Topic
from people.models import Absence, BusyTime, Notification
from privacy.models import AuditEntry
from sparring.bookings.domain.booking import book_session
from sparring.bookings.domain.calendar_locks import TimeTaken
from sparring.bookings.domain.requests import request_sparring
from sparring.enums import Answer, ParticipantRole, QuickAnswer, QuickState, SessionState
from sparring.models import Case, QuickAsk, QuickInvitation
from sparring.quick.domain.quick import (
    TooLate,
    answer_quick_ask,
    ask_for_ten_minutes,
    withdraw_quick_ask,
)
from sparring.quick.queries.quick import who_is_free
from tests.factories.people import EmployeeFactory
from tests.factories.planning import COPENHAGEN, Town, at_work, moment, next_monday
from tests.sent_notifications import send_all

pytestmark = pytest.mark.django_db
MONDAY = next_monday()
TEN = moment(MONDAY, "10.00")


@pytest.fixture(autouse=True)
def _at_ten():
    with time_machine.travel(TEN, tick=True):
        yield


@pytest.fixture
def town():
    return Town(colleagues=5)


def ask(town, case=None, number=3, **values):
    case = case or town.case()
    return ask_for_ten_minutes(
        actor=case.owner, case=case, colleagues=town.colleagues[1 : 1 + number], **values
    )


def free(case):
    return {colleague.employee for colleague in who_is_free(case, timezone.now(), most=None)}


def test_only_those_who_are_free_right_now_are_shown(town):
    case = town.case()
    _owner, away, busy, in_sessions, asked = town.colleagues
    Absence.objects.create(employee=away, first_day=MONDAY, last_day=MONDAY)
    BusyTime.objects.create(employee=busy, during=TimestamptzRange(TEN, TEN + timedelta(minutes=5)))
    rival = town.case(owner=EmployeeFactory(unit=town.unit))
    book_session(
        actor=rival.owner, case=rival, partners=[in_sessions],
        starts_at=TEN + timedelta(minutes=5), confirmed=True,
    )  # fmt: skip
    EmployeeFactory(unit=town.unit)  # has told no week
    at_work(EmployeeFactory(unit=town.unit), time(11), time(12))
    manager = at_work(EmployeeFactory(unit=town.unit))
    case.owner.line_manager = manager
    case.owner.save()
    full = at_work(EmployeeFactory(unit=town.unit, max_per_7_days=0))
    stranger = Town(colleagues=1).colleagues[0]

    assert free(case) == {asked}
    assert not {manager, full, stranger} & free(case)


def test_nobody_is_asked_by_two_at_once_and_a_no_is_left_in_peace(town):
    first = ask(town, number=1)
    asked = town.colleagues[1]
    other = town.case(owner=town.colleagues[4])

    assert asked not in free(other)
    answer_quick_ask(actor=asked, ask=first, yes=False)
    assert asked in free(other)
    assert asked not in free(first.case)


def test_the_first_yes_begins_the_session_of_ten_minutes(town):
    question = ask(town, key_question="Hvad overser jeg?")
    first, second, third = town.colleagues[1:4]

    answer_quick_ask(actor=second, ask=question, yes=True)

    question.refresh_from_db()
    session = question.session
    assert (session.state, session.length) == (SessionState.RUNNING, 10)
    assert timedelta(0) < session.starts_at - timezone.now() <= timedelta(seconds=70)
    assert session.request.key_question == "Hvad overser jeg?"
    participation = session.participations.get(employee=second)
    assert (participation.role, participation.answer) == (ParticipantRole.FACILITATOR, Answer.YES)
    assert list(Case.objects.visible_to(second)) == [question.case]
    assert not Case.objects.visible_to(first).exists()
    with pytest.raises(TooLate):
        answer_quick_ask(actor=third, ask=question, yes=True)


def test_an_open_wish_is_answered_by_it(town):
    case = town.case()
    sparring_request = request_sparring(case=case, actor=case.owner, key_question="Hvad nu?")

    answer_quick_ask(actor=town.colleagues[1], ask=ask(town, case), yes=True)

    assert case.requests.get() == sparring_request


def test_the_same_yes_twice_is_one_session(town):
    question = ask(town)
    for _ in range(2):
        answer_quick_ask(actor=town.colleagues[1], ask=question, yes=True)

    assert question.case.sessions.count() == 1


def test_after_fifteen_minutes_it_is_too_late_and_can_be_asked_again(town):
    question = ask(town)
    with time_machine.travel(TEN + timedelta(minutes=15, seconds=5)):
        with pytest.raises(TooLate):
            answer_quick_ask(actor=town.colleagues[1], ask=question, yes=True)
        again = ask(town, question.case)

    question.refresh_from_db()
    assert (question.state, again.state) == (QuickState.EXPIRED, QuickState.OPEN)


def test_it_can_be_taken_back(town):
    question = ask(town)

    withdraw_quick_ask(actor=question.asked_by, ask=question)

    with pytest.raises(TooLate):
        answer_quick_ask(actor=town.colleagues[1], ask=question, yes=True)
    with pytest.raises(PermissionDenied):
        withdraw_quick_ask(actor=town.colleagues[1], ask=question)


def test_who_has_got_a_session_meanwhile_does_not_get_a_second(town):
    question = ask(town)
    colleague = town.colleagues[1]
    rival = town.case(owner=EmployeeFactory(unit=town.unit))
    book_session(
        actor=rival.owner, case=rival, partners=[colleague],
        starts_at=TEN + timedelta(minutes=5), confirmed=True,
    )  # fmt: skip

    with pytest.raises(TimeTaken):
        answer_quick_ask(actor=colleague, ask=question, yes=True)

    question.refresh_from_db()
    assert question.state == QuickState.OPEN


def test_only_the_own_caseworker_asks_and_only_who_is_asked_answers(town):
    case = town.case()
    with pytest.raises(PermissionDenied):
        ask_for_ten_minutes(actor=town.coordinator, case=case, colleagues=town.colleagues[1:2])
    question = ask(town, case, number=1)
    with pytest.raises(PermissionDenied):
        answer_quick_ask(actor=town.colleagues[4], ask=question, yes=True)


def test_one_question_at_a_time_and_three_at_most(town):
    question = ask(town, number=1)
    with pytest.raises(ValidationError):
        ask_for_ten_minutes(
            actor=question.asked_by, case=town.case(), colleagues=town.colleagues[2:3]
        )
    withdraw_quick_ask(actor=question.asked_by, ask=question)
    with pytest.raises(ValidationError):
        ask(town, number=4)


def test_nobody_asks_while_in_a_session_or_with_one_booked(town):
    case, other = town.case(), town.case()
    book_session(
        actor=case.owner, case=case, partners=[town.colleagues[1]],
        starts_at=TEN + timedelta(minutes=5),
    )  # fmt: skip

    for other_case in (case, other):
        with pytest.raises(ValidationError):
            ask_for_ten_minutes(
                actor=other_case.owner, case=other_case, colleagues=town.colleagues[2:3]
            )


def test_the_database_holds_one_yes_and_three_places(town):
    question = ask(town)
    question.invitations.filter(position=1).update(answer=QuickAnswer.YES)

    with pytest.raises(IntegrityError), transaction.atomic():
        question.invitations.filter(position=2).update(answer=QuickAnswer.YES)
    with pytest.raises(IntegrityError), transaction.atomic():
        QuickInvitation.objects.create(ask=question, employee=town.colleagues[4], position=4)
    with pytest.raises(IntegrityError), transaction.atomic():
        QuickAsk.objects.filter(pk=question.pk).update(state=QuickState.TAKEN)


def test_the_mail_goes_once_and_says_nothing_of_the_case(town):
    question = ask(town, key_question="Noget om borgeren")
    first = {"employee": town.colleagues[1]}

    assert len(send_all("sparring.quick", **first)) == 1
    assert send_all("sparring.quick", **first) == []

    (sent,) = mail.outbox
    assert sent.to == [town.colleagues[1].email]
    assert reverse("sparring:quick", args=[question.pk]) in sent.body
    for secret in (question.case.code, "Noget om borgeren"):
        assert secret not in sent.body + sent.subject


def test_no_mail_when_somebody_was_faster(town):
    question = ask(town)
    answer_quick_ask(actor=town.colleagues[1], ask=question, yes=True)

    assert send_all("sparring.quick") == []


def test_no_mail_to_who_does_not_want_it_at_once(town):
    colleague = town.colleagues[1]
    choose(actor=colleague, employee=colleague, frequencies={Topic.ANSWERS: Frequency.DAILY})

    ask(town)

    assert send_all("sparring.quick", employee=colleague) == []
    assert Notification.objects.get(employee=colleague).reason == Reason.TOO_LATE


def test_every_step_is_audited(town):
    question = ask(town)
    answer_quick_ask(actor=town.colleagues[2], ask=question, yes=False)
    answer_quick_ask(actor=town.colleagues[1], ask=question, yes=True)

    verbs = AuditEntry.objects.filter(action__startswith="quick.").order_by("pk")
    assert [verb.action for verb in verbs] == ["quick.ask", "quick.no", "quick.yes"]


def test_asked_answered_and_begun_in_the_browser(town, client):
    case = town.case()
    client.force_login(case.owner)
    page = reverse("sparring:quick_ask", args=[case.code])
    assert page in client.get(reverse("sparring:case_detail", args=[case.code])).content.decode()
    assert str(town.colleagues[1]) in client.get(page).content.decode()

    asked = client.post(page, {"colleagues": [colleague.pk for colleague in town.colleagues[1:4]]})
    question = QuickAsk.objects.get()
    waiting = reverse("sparring:quick", args=[question.pk])
    assert asked["Location"] == waiting
    assert client.get(page)["Location"] == waiting
    assert "har ikke svaret" in client.get(waiting).content.decode()

    client.force_login(town.colleagues[1])
    overview = client.get("/").content.decode()
    assert "Har du lige ti minutter?" in overview
    assert case.code not in overview
    answered = client.post(reverse("sparring:quick_answer", args=[question.pk]), {"answer": "yes"})
    question.refresh_from_db()
    session = reverse("sparring:session", args=[question.session_id])
    assert answered["Location"] == session
    assert client.get(session).status_code == 200

    client.force_login(town.colleagues[2])
    part = client.get(reverse("sparring:quick_waiting")).content.decode()
    assert "En anden nåede at sige ja" in part
    late = client.post(
        reverse("sparring:quick_answer", args=[question.pk]), {"answer": "yes"}, follow=True
    )
    assert "En anden nåede det" in late.content.decode()

    client.force_login(case.owner)
    assert client.get(waiting, headers={"HX-Request": "true"})["HX-Redirect"] == session


def test_nobody_free_says_what_to_do_instead(client):
    town = Town(colleagues=1)
    case = town.case()
    client.force_login(case.owner)

    page = client.get(reverse("sparring:quick_ask", args=[case.code])).content.decode()

    assert reverse("sparring:request", args=[case.code]) in page
    assert "Ingen er ledig lige nu" in page


def test_the_question_is_nobody_elses(town, client):
    question = ask(town, number=1)

    for stranger in (town.colleagues[4], town.coordinator, Town(colleagues=1).colleagues[0]):
        client.force_login(stranger)
        assert client.get(reverse("sparring:quick", args=[question.pk])).status_code == 404
        for name in ("sparring:quick_answer", "sparring:quick_withdraw"):
            address = reverse(name, args=[question.pk])
            assert client.post(address, {"answer": "yes"}).status_code == 404
        assert (
            str(question.asked_by)
            not in client.get(reverse("sparring:quick_waiting")).content.decode()
        )


def test_in_the_evening_nobody_is_free(town):
    evening = datetime.combine(MONDAY, time(20), tzinfo=COPENHAGEN)
    with time_machine.travel(evening):
        assert free(town.case()) == set()


def test_whoever_comes_back_late_is_taken_to_the_talk(town, client):
    case = town.case()
    question = ask(town, case)
    talk = reverse(
        "sparring:session",
        args=[answer_quick_ask(actor=town.colleagues[1], ask=question, yes=True).ask.session_id],
    )
    client.force_login(case.owner)

    assert client.get(reverse("sparring:quick", args=[question.pk]))["Location"] == talk
    taken_back = client.post(reverse("sparring:quick_withdraw", args=[question.pk]))
    assert taken_back["Location"] == talk


def test_the_question_is_read_answered_and_taken_back_on_its_page(town, client):
    case = town.case()
    question = ask(town, case)
    page = reverse("sparring:quick", args=[question.pk])
    answer = reverse("sparring:quick_answer", args=[question.pk])

    client.force_login(town.colleagues[1])
    asked = client.get(page).content.decode()
    assert str(case.owner) in asked
    assert case.code not in asked
    assert client.post(answer, {"answer": "måske"}).status_code == 404
    thanked = client.post(answer, {"answer": "no"}, follow=True).content.decode()
    assert "Tak for svaret." in thanked

    client.force_login(case.owner)
    answer = client.post(reverse("sparring:quick_withdraw", args=[question.pk]), follow=True)
    assert answer.redirect_chain[-1][0] == reverse("sparring:case_detail", args=[case.code])
    question.refresh_from_db()
    assert question.state == QuickState.WITHDRAWN
