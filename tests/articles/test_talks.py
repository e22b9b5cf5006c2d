"""Asking for a talk, answering it, and the calendar file that two parsers read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import icalendar
import pytest
import time_machine
import vobject
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from articles.domain.talks import (
    accept_talk,
    answerers_of,
    ask_for_talk,
    decline_talk,
    forget_old_requests,
)
from articles.ics import calendar_file
from articles.models import TalkRequest
from articles.talk_mail import mail_answer
from articles.views import talks as views
from people.models import Notification
from people.roles import Role
from privacy.models import AuditEntry
from tests.factories.articles import TalkRequestFactory
from tests.factories.kb import PersonFactory, ThemePageFactory
from tests.factories.people import EmployeeFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
TUESDAY = datetime(2027, 3, 2, 12, tzinfo=UTC)
REQUEST = {
    "organisation": "Boligforeningen Broen",
    "topic": "Hvad tro gør ved et møde",
    "suitable_days": "En tirsdag i marts",
    "audience": "30",
    "name": "Else Holt",
    "email": "else@example.org",
}


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def contact():
    return EmployeeFactory()


@pytest.fixture
def theme(contact):
    person = PersonFactory(
        name="Karen Holm", employee=contact, email="karen@example.org", contact_is_open=True
    )
    return ThemePageFactory(contact=person, is_open=True, nav_title="Tro og handling")


def ask_address(theme):
    return reverse("articles:ask_for_talk", args=[theme.slug])


def test_the_theme_shows_its_contact_and_the_way_to_ask(client, theme):
    page = client.get(theme.url).content.decode()

    assert "Karen Holm" in page
    assert "mailto:karen@example.org" in page
    assert ask_address(theme) in page


def test_the_public_asks_where_the_theme_is_open(client, theme, contact):
    form = client.get(ask_address(theme))
    answer = client.post(ask_address(theme), REQUEST)

    assert "Book et oplæg" in form.content.decode()
    assert answer.status_code == 302
    talk = TalkRequest.objects.get()
    assert (talk.theme, talk.audience, talk.asked_by) == (theme, 30, None)
    told = Notification.objects.filter(kind="articles.talk_request")
    assert [notification.employee for notification in told] == [contact]


def test_a_closed_theme_is_asked_only_by_those_logged_in(client, contact):
    theme = ThemePageFactory(contact=PersonFactory(employee=contact))
    anonymous = client.post(ask_address(theme), REQUEST)
    asker = EmployeeFactory()
    client.force_login(asker)

    page = client.get(ask_address(theme)).content.decode()
    client.post(ask_address(theme), REQUEST)

    assert anonymous.status_code == 404
    assert asker.email in page
    assert TalkRequest.objects.get().asked_by == asker


def test_a_theme_without_a_contact_is_not_asked(client):
    theme = ThemePageFactory(is_open=True)

    assert client.get(ask_address(theme)).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"audience": "0"}, "audience"),
        ({"topic": "Om 010180-1234"}, "topic"),
        ({"email": "x"}, "email"),
    ],
)
def test_what_is_wrong_is_said_and_everything_stays(client, theme, wrong, field):
    answer = client.post(ask_address(theme), {**REQUEST, **wrong})

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {field}
    assert "Boligforeningen Broen" in answer.content.decode()
    assert not TalkRequest.objects.exists()


def test_a_stranger_asks_three_times_an_hour_and_a_sentence_says_when_to_go_on(client, theme):
    answers = [client.post(ask_address(theme), REQUEST) for _try in range(4)]

    assert [answer.status_code for answer in answers] == [302, 302, 302, 422]
    assert "Prøv igen kl. 11.00." in answers[3].content.decode()
    assert TalkRequest.objects.count() == 3
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        assert client.post(ask_address(theme), REQUEST).status_code == 302


def test_all_strangers_together_are_limited_too(client, theme):
    for _try in range(views.ASKED_BY_STRANGERS.most):
        assert views.ASKED_BY_STRANGERS.count("all") is None

    answer = client.post(ask_address(theme), REQUEST)

    assert answer.status_code == 422


def test_an_employee_asks_ten_times_an_hour(client, theme):
    client.force_login(EmployeeFactory())

    answers = [client.post(ask_address(theme), REQUEST) for _try in range(11)]

    assert [answer.status_code for answer in answers] == [302] * 10 + [422]


def test_editors_get_what_nobody_here_is_the_contact_of():
    editor = EmployeeFactory(roles=[Role.EDITOR])
    EmployeeFactory(roles=[Role.EDITOR], is_active=False)
    outside = ThemePageFactory(contact=PersonFactory(employee=None))
    left = ThemePageFactory(contact=PersonFactory(employee=EmployeeFactory(is_active=False)))

    assert answerers_of(outside) == [editor]
    assert answerers_of(left) == [editor]


def test_only_the_contact_and_editors_answer(theme, contact):
    talk = TalkRequestFactory(theme=theme)

    for stranger in (EmployeeFactory(), EmployeeFactory(roles=[Role.TEAM_LEADER])):
        with pytest.raises(PermissionDenied):
            decline_talk(actor=stranger, talk=talk, answer="Nej.")
    decline_talk(actor=EmployeeFactory(roles=[Role.EDITOR]), talk=talk, answer="Ikke i år.")

    talk.refresh_from_db()
    assert (talk.accepted, talk.answer) == (False, "Ikke i år.")


def test_an_answer_is_given_once(theme, contact):
    talk = TalkRequestFactory(theme=theme)
    accept_talk(actor=contact, talk=talk, starts_at=TUESDAY, minutes=45)

    with pytest.raises(ValidationError):
        decline_talk(actor=contact, talk=talk, answer="Alligevel ikke.")

    actions = AuditEntry.objects.filter(action__startswith="talk.")
    assert list(actions.values_list("action", flat=True)) == ["talk.accept"]


@pytest.mark.parametrize("starts_at", [NOW, NOW - timedelta(days=1)])
def test_a_time_that_has_passed_is_refused(theme, contact, starts_at):
    with pytest.raises(ValidationError, match="passeret"):
        accept_talk(
            actor=contact, talk=TalkRequestFactory(theme=theme), starts_at=starts_at, minutes=45
        )


def test_a_no_says_why(theme, contact):
    with pytest.raises(ValidationError, match="Skriv hvorfor"):
        decline_talk(actor=contact, talk=TalkRequestFactory(theme=theme), answer=" ")


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"audience": 0}, "talk_request_has_an_audience"),
        ({"accepted": True}, "talk_request_"),
        ({"answered_at": NOW}, "talk_request_answered_at_a_time"),
        ({"accepted": True, "answered_at": NOW}, "talk_request_accepted_with_a_time"),
        ({"starts_at": NOW, "minutes": 45}, "talk_request_accepted_with_a_time"),
        ({"accepted": False, "answered_at": NOW, "starts_at": NOW, "minutes": 5},
         "talk_request_accepted_with_a_time"),
    ],
)  # fmt: skip
def test_the_database_holds_what_an_answer_is(values, name):
    talk = TalkRequestFactory()

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        TalkRequest.objects.filter(pk=talk.pk).update(**values)


def test_the_contact_finds_the_task_and_says_yes_on_its_page(client, theme, contact):
    asker = EmployeeFactory()
    talk = ask_for_talk(actor=asker, theme=theme, **{**REQUEST, "audience": 30})
    client.force_login(contact)
    address = reverse("articles:talk", args=[talk.pk])

    tasks = client.get(reverse("articles:talks")).content.decode()
    missing = client.post(address, {"accepted": "yes"})
    client.post(
        address,
        {"accepted": "yes", "day": "2027-03-02", "time": "13:00", "minutes": "45",
         "location": "Salen", "answer": "Vi glæder os."},
    )  # fmt: skip

    assert "Boligforeningen Broen" in tasks
    assert missing.status_code == 422
    assert set(missing.context["form"].errors) == {"day", "time", "minutes"}
    talk.refresh_from_db()
    assert (talk.accepted, talk.starts_at, talk.minutes) == (True, TUESDAY, 45)
    told = Notification.objects.get(kind="articles.talk_answer")
    assert told.employee == asker
    assert "Svaret er ja" in client.get(address).content.decode()


def test_a_no_on_the_page(client, theme, contact):
    talk = TalkRequestFactory(theme=theme)
    client.force_login(contact)
    address = reverse("articles:talk", args=[talk.pk])

    wordless = client.post(address, {"accepted": "no"})
    client.post(address, {"accepted": "no", "answer": "Vi er på ferie."})

    assert set(wordless.context["form"].errors) == {"answer"}
    assert "Svaret er nej" in client.get(address).content.decode()


def test_who_asked_reads_the_answer_and_nobody_else_finds_it(client, theme, contact):
    asker = EmployeeFactory()
    talk = TalkRequestFactory(theme=theme, asked_by=asker)
    address = reverse("articles:talk", args=[talk.pk])
    file = reverse("articles:talk_calendar", args=[talk.pk])

    client.force_login(asker)
    waiting, no_file = client.get(address), client.get(file)
    refused = client.post(address, {"accepted": "no", "answer": "Jeg svarer selv."})
    accept_talk(actor=contact, talk=talk, starts_at=TUESDAY, minutes=45)
    answered = client.get(file)
    client.force_login(EmployeeFactory())
    stranger = [client.get(address).status_code, client.get(file).status_code]

    assert "Den venter på svar." in waiting.content.decode()
    assert no_file.status_code == 404
    assert refused.status_code == 403
    assert answered.headers["Content-Type"].startswith("text/calendar")
    assert stranger == [404, 404]


def test_two_parsers_read_the_same_talk(client, theme, contact):
    talk = TalkRequestFactory(theme=theme, organisation="Æ, Ø; Å")
    accept_talk(actor=contact, talk=talk, starts_at=TUESDAY, minutes=45, location="Salen, 1. sal")
    client.force_login(contact)

    file = client.get(reverse("articles:talk_calendar", args=[talk.pk])).content

    ours = icalendar.Calendar.from_ical(file).events[0]
    theirs = vobject.readOne(file.decode()).vevent
    assert ours["summary"] == theirs.summary.value == "Oplæg: Tro og handling"
    assert ours["location"] == theirs.location.value == "Salen, 1. sal"
    assert ours.start == theirs.dtstart.value == TUESDAY
    assert ours.end == theirs.dtend.value == TUESDAY + timedelta(minutes=45)
    assert ours["uid"] == theirs.uid.value == talk_uid(talk)
    assert "Æ, Ø; Å" in theirs.description.value
    assert "else@example.org" not in file.decode()


def talk_uid(talk):
    return TalkRequest.objects.get(pk=talk.pk).uid


@pytest.mark.parametrize("end", [TUESDAY, TUESDAY - timedelta(minutes=1), datetime(2027, 3, 3)])
def test_a_calendar_file_goes_forwards_with_a_zone(end):
    with pytest.raises(ValueError):
        calendar_file(uid="a", stamp=NOW, start=TUESDAY, end=end, summary="Oplæg")


def test_who_has_no_account_gets_a_mail_with_the_file(theme, contact):
    talk = TalkRequestFactory(theme=theme)
    accept_talk(
        actor=contact,
        talk=talk,
        starts_at=TUESDAY,
        minutes=45,
        location="Salen",
        answer="Velkommen.",
    )
    assert ProcrastinateJob.objects.filter(task_name="articles.mail_talk_answer").count() == 1

    assert mail_answer(talk_id=talk.pk)
    assert mail_answer(talk_id=talk.pk)

    first, again = mail.outbox
    assert first.to == ["else@example.org"]
    assert first.subject == "Dit ønske om et oplæg: Tro og handling"
    for words in ("Hej Else Holt", "2. marts 2027 kl. 13.00", "Salen", "Velkommen.", "Karen Holm"):
        assert words in first.body
    name, content, kind = first.attachments[0]
    assert (name, kind) == ("oplaeg.ics", "text/calendar")
    assert vobject.readOne(content).vevent.dtstart.value == TUESDAY
    assert first.extra_headers["Message-ID"] == again.extra_headers["Message-ID"]


def test_a_no_by_mail_has_no_file_and_nothing_goes_out_before_an_answer(theme, contact):
    talk = TalkRequestFactory(theme=theme)
    assert not mail_answer(talk_id=talk.pk)
    assert not mail_answer(talk_id=0)

    decline_talk(actor=contact, talk=talk, answer="Vi er på ferie.")
    mail_answer(talk_id=talk.pk)

    assert "Vi kan ikke komme denne gang." in mail.outbox[0].body
    assert mail.outbox[0].attachments == []


def test_who_asked_is_forgotten_half_a_year_after(theme, contact):
    waiting, said_no, held = (TalkRequestFactory(theme=theme) for _number in range(3))
    decline_talk(actor=contact, talk=said_no, answer="Nej.")
    accept_talk(actor=contact, talk=held, starts_at=TUESDAY, minutes=45)

    with time_machine.travel(NOW + timedelta(days=180), tick=False):
        assert forget_old_requests() == 0
    with time_machine.travel(NOW + timedelta(days=181), tick=False):
        assert forget_old_requests() == 1
    with time_machine.travel(TUESDAY + timedelta(days=181), tick=False):
        assert forget_old_requests() == 1
        assert forget_old_requests() == 0

    assert list(TalkRequest.objects.all()) == [waiting]
