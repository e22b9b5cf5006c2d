"""Sessions pass by themselves; what is due is told before it is due, once, to those it concerns."""

from __future__ import annotations

import threading
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from people.domain.notification_choices import choose
from people.domain.sending import send_digest
from privacy.models import AuditEntry
from sparring.bookings.domain.booking import book_session, cancel_session, reschedule_session
from sparring.bookings.domain.invitations import answer_invitation
from sparring.enums import RequestState, SessionState
from sparring.models import FollowUp, Participation, SparringSession
from sparring.reminders.domain.reminders import remind
from sparring.sessions.domain.outcomes import Agreement, close_session, drop_follow_up, follow_up
from sparring.sessions.domain.overdue import mark_not_held, mark_overdue_sessions
from sparring.sessions.domain.steps import start_session
from sparring.tasks import hourly_reminders
from tests.factories.planning import COPENHAGEN, Town, moment
from tests.factories.sessions import SessionFactory, people_of, running_session
from tests.factories.sparring import ActionFactory
from tests.sent_notifications import session_mails, told

pytestmark = pytest.mark.django_db
# A week without closed days: Thursday the 26th of November 2026 and what lies around it.
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (date(2026, 11, 23 + n) for n in range(5))
NEXT_MONDAY = date(2026, 11, 30)


def at(day, clock="09.00"):
    return time_machine.travel(moment(day, clock), tick=False)


def reminded(kind):
    """(person, line as it would read) of everything handed in of one kind."""
    return sorted(told(kind).values_list("employee", flat=True))


def digest(employee):
    """The lines of the next morning's mail to somebody."""
    mail.outbox.clear()
    send_digest(employee.pk, at=datetime.now(COPENHAGEN) + timedelta(days=1))
    return mail.outbox[0].body if mail.outbox else ""


def booked(town, starts_at, **values):
    case = town.case()
    return book_session(
        actor=case.owner, case=case, partners=[town.colleagues[1]], starts_at=starts_at,
        confirmed=True, **values,
    )  # fmt: skip


def closed_session(due_on, on):
    """The follow-up of a session held that day; a colleague is responsible for the agreement."""
    with at(on):
        session = running_session()
        agreement = Agreement(
            value=6,
            because="Hun har selv fundet to steder, hun vil se.",
            kind="company_visit",
            what="Besøge det ene sted sammen.",
            responsible=people_of(session)[1],
            deadline=due_on,
            citizen_told="At vi tager afsted sammen.",
            citizen_told_on=on + timedelta(days=2),
            follow_up_on=due_on,
            first_step_on=on + timedelta(days=3),
        )
        outcome = close_session(actor=session.case.owner, session=session, agreement=agreement)
    return outcome.follow_up


def test_a_session_whose_time_has_gone_by_awaits_its_outcome():
    session = SessionFactory(starts_at=moment(THURSDAY, "09.00"))
    later = SessionFactory(starts_at=moment(THURSDAY, "11.00"))

    with at(THURSDAY, "10.20"):
        assert mark_overdue_sessions() == 0
    with at(THURSDAY, "10.30"):
        assert (mark_overdue_sessions(), mark_overdue_sessions()) == (1, 0)

    session.refresh_from_db()
    later.refresh_from_db()
    assert session.state == SessionState.AWAITING_OUTCOME
    assert later.state == SessionState.PLANNED
    assert AuditEntry.objects.filter(action="session.pass", actor=None).count() == 1


def test_a_session_that_began_late_has_its_whole_length():
    session = SessionFactory(starts_at=moment(THURSDAY, "09.00"))
    with at(THURSDAY, "09.50"):
        start_session(actor=session.case.owner, session=session)

    with at(THURSDAY, "11.10"):
        assert mark_overdue_sessions() == 0
    with at(THURSDAY, "11.20"):
        assert mark_overdue_sessions() == 1


def test_a_session_that_passed_without_having_begun_can_be_called_not_held(client):
    session = SessionFactory(starts_at=moment(THURSDAY, "09.00"))
    owner, leader, _colleague = people_of(session)
    with at(THURSDAY, "12.00"):
        client.force_login(owner)
        mark_overdue_sessions()
        with pytest.raises(PermissionDenied):
            mark_not_held(session=session, actor=leader)
        page = client.get(f"/sparring/{session.pk}/").content.decode()
        answer = client.post(f"/sparring/{session.pk}/ikke-afholdt/")

    session.refresh_from_db()
    assert "Den blev ikke til noget" in page
    assert answer.status_code == 302
    assert (session.state, session.request.state) == (SessionState.CANCELLED, RequestState.LISTED)
    assert not session.participations.filter(holds_time=True).exists()


def test_a_session_that_began_was_held():
    session = SessionFactory(starts_at=moment(THURSDAY, "09.00"))
    with at(THURSDAY, "09.00"):
        start_session(actor=session.case.owner, session=session)
    with at(THURSDAY, "12.00"):
        mark_overdue_sessions()
        with pytest.raises(ValidationError):
            mark_not_held(session=session, actor=session.case.owner)


def test_one_reminder_on_the_last_working_day_before_the_session():
    with at(WEDNESDAY):
        town = Town()
        session = booked(town, moment(NEXT_MONDAY, "10.00"))
        people = sorted(participation.employee_id for participation in session.participations.all())
    with at(THURSDAY):
        remind()
        assert reminded("sparring.session_ahead") == []
    for clock in ("00.07", "08.07", "09.07"):
        with at(FRIDAY, clock):
            remind()
    with at(NEXT_MONDAY, "08.00"):
        remind()

    assert reminded("sparring.session_ahead") == people
    with at(FRIDAY, "10.00"):
        text = digest(town.colleagues[1])
        assert "- Sparring mandag 30. november kl. 10.00" in text
        assert session.case.code not in text


def test_no_reminder_of_a_session_booked_the_same_day():
    with at(THURSDAY):
        town = Town()
        booked(town, moment(FRIDAY, "10.00"))
        remind()

    assert reminded("sparring.session_ahead") == []


def test_a_moved_session_is_reminded_of_anew_and_a_cancelled_one_is_not_mailed():
    with at(TUESDAY):
        town = Town()
        partner = town.colleagues[1]
        session = booked(town, moment(THURSDAY, "10.00"))
    with at(WEDNESDAY):
        remind()
        assert reminded("sparring.session_ahead").count(partner.pk) == 1
        session = reschedule_session(
            session=session, actor=town.coordinator, starts_at=moment(FRIDAY, "10.00"),
            confirmed=True,
        )  # fmt: skip
    with at(THURSDAY):
        remind()
        assert reminded("sparring.session_ahead").count(partner.pk) == 2
        cancel_session(session=session, actor=town.coordinator)
        assert digest(partner) == ""


def test_nothing_goes_to_former_participants():
    with at(MONDAY):
        town = Town(colleagues=4)
        first, second = town.colleagues[1:3]
        case = town.case()
        session = book_session(
            actor=case.owner, case=case, partners=[first, second], confirmed=True,
            starts_at=moment(THURSDAY, "10.00"),
        )  # fmt: skip
    with at(WEDNESDAY):
        remind()
        answer_invitation(session=session, actor=first, yes=False)
        remind()

        assert digest(first) == ""
        assert "torsdag 26. november" in digest(second)
    choose(actor=second, employee=second, frequencies={"answers": "daily"})
    with at(NEXT_MONDAY):
        mark_overdue_sessions()
    with at(date(2026, 12, 11)):
        remind()
        assert digest(first) == ""


def test_an_invitation_without_an_answer_is_asked_about_once():
    with at(TUESDAY):
        town = Town()
        session = booked(town, moment(FRIDAY, "10.00"))
        remind()
        assert reminded("sparring.unanswered") == []
    with at(WEDNESDAY):
        remind()
    with at(THURSDAY):
        remind()
        assert reminded("sparring.unanswered") == [town.colleagues[1].pk]
        answer_invitation(session=session, actor=town.colleagues[1], yes=True)
        assert "venter på dit ja eller nej" not in digest(town.colleagues[1])


def test_a_missing_outcome_is_told_to_the_presenter_and_then_to_the_leader_once():
    session = SessionFactory(starts_at=moment(MONDAY, "10.00"), state=SessionState.AWAITING_OUTCOME)
    presenter, leader, _colleague = people_of(session)
    reminded_by_day = []
    for day in range(14):
        with at(TUESDAY + timedelta(days=day)):
            remind()
            remind()
            reminded_by_day.append(reminded("sparring.outcome_missing"))

    assert reminded_by_day[2] == []  # Thursday: three working days
    assert reminded_by_day[3] == [presenter.pk]  # Friday: more than three
    assert reminded_by_day[7] == [presenter.pk]  # the Tuesday after: six
    assert reminded_by_day[8] == sorted([presenter.pk, leader.pk])
    assert reminded_by_day[-1] == sorted([presenter.pk, leader.pk])
    with at(date(2026, 12, 7)):
        assert "Udfaldet mangler efter din sparring mandag 23. november" in digest(presenter)
        SparringSession.objects.update(state=SessionState.CLOSED)
        assert digest(leader) == ""


@pytest.mark.parametrize(
    ("due", "told_on"),
    [(THURSDAY, TUESDAY), (FRIDAY, WEDNESDAY), (NEXT_MONDAY, THURSDAY),
     (date(2026, 12, 28), date(2026, 12, 22))],
)  # fmt: skip
def test_a_follow_up_is_told_two_working_days_before(due, told_on):
    """Christmas lies between the 22nd and the 28th: 23 December and the 28th are working days."""
    row = closed_session(due_on=due, on=date(2026, 11, 2))
    owner = row.outcome.session.case.owner
    with at(told_on - timedelta(days=1)):
        remind()
        assert reminded("sparring.follow_up_due") == []
    with at(told_on):
        remind()
        remind()

        # Who is responsible no longer sees the case: it is the caseworker's to answer.
        assert row.outcome.action.responsible != owner
        assert reminded("sparring.follow_up_due") == [owner.pk]
        text = digest(owner)
    assert "Opfølgning på en aftale" in text
    assert f"/sparring/opfoelgning/{row.pk}/" in text
    assert row.outcome.session.case.code not in text


@pytest.mark.parametrize("how", ["done", "dropped", "handed over"])
def test_a_follow_up_that_is_settled_is_not_mailed(how):
    row = closed_session(due_on=THURSDAY, on=date(2026, 11, 2))
    case = row.outcome.session.case
    owner = case.owner
    with at(TUESDAY):
        remind()
        if how == "done":
            follow_up(actor=owner, follow_up=row, action_done="yes")
        elif how == "dropped":
            drop_follow_up(actor=owner, follow_up=row, because="Borgeren er flyttet.")
        else:
            row.outcome.action.responsible = None
            case.owner = people_of(row.outcome.session)[1]
            case.save(update_fields=["owner"])
            type(row.outcome.action).objects.filter(pk=row.outcome.action_id).update(
                responsible=case.owner
            )

        assert "Opfølgning" not in digest(owner)


def test_a_follow_up_that_is_over_time_is_not_a_reminder():
    closed_session(due_on=TUESDAY, on=date(2026, 11, 2))
    with at(WEDNESDAY):
        remind()

    assert reminded("sparring.follow_up_due") == []


def test_an_agreement_is_told_to_who_is_responsible():
    action = ActionFactory(deadline=THURSDAY)
    done = ActionFactory(deadline=THURSDAY, done_on=MONDAY)
    with at(TUESDAY):
        remind()
        remind()

    person = action.responsible or action.case.owner
    assert reminded("sparring.deadline_near") == [person.pk]
    assert done.case.owner_id != person.pk


def test_the_job_run_again_asks_no_more_however_many_there_are(django_assert_max_num_queries):
    counts = []
    for number in (1, 3):
        while SparringSession.objects.count() < number:
            SessionFactory(starts_at=moment(FRIDAY, "10.00"))
        SparringSession.objects.update(created_at=moment(MONDAY, "10.00"))
        with at(THURSDAY):
            hourly_reminders(timestamp=0)
            with django_assert_max_num_queries(20) as captured:
                assert hourly_reminders(timestamp=0) == 0
            counts.append(len(captured))

    assert counts[0] == counts[1]


@pytest.mark.django_db(transaction=True)
def test_many_jobs_at_a_time_do_it_once():
    session = SessionFactory(starts_at=moment(MONDAY, "10.00"))
    SessionFactory(starts_at=moment(FRIDAY, "10.00"))
    SparringSession.objects.update(created_at=moment(MONDAY, "08.00"))
    barrier = threading.Barrier(6)
    errors = []

    def run():
        try:
            barrier.wait()
            hourly_reminders(timestamp=0)
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    with time_machine.travel(moment(THURSDAY, "09.00")):
        threads = [threading.Thread(target=run) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert errors == []
    session.refresh_from_db()
    assert session.state == SessionState.AWAITING_OUTCOME
    assert AuditEntry.objects.filter(action="session.pass").count() == 1
    assert (
        len(reminded("sparring.session_ahead"))
        == Participation.objects.exclude(session=session).count()
    )


def test_a_no_goes_as_its_reader_wants_answers_to_come():
    with at(MONDAY):
        town = Town(colleagues=4)
        case = town.case()
        choose(actor=case.owner, employee=case.owner, frequencies={"answers": "daily"})
        coordinator = town.coordinator
        choose(actor=coordinator, employee=coordinator, frequencies={"answers": "never"})
        session = book_session(
            actor=case.owner, case=case, partners=town.colleagues[1:3], confirmed=True,
            starts_at=moment(THURSDAY, "10.00"),
        )  # fmt: skip
        answer_invitation(session=session, actor=town.colleagues[1], yes=False)

        assert not session_mails(kind="sparring.declined", channel="mail").exists()
        assert reminded("sparring.declined") == [case.owner_id]
        assert "En kollega kan ikke: sparring torsdag 26. november" in digest(case.owner)
        assert FollowUp.objects.count() == 0
