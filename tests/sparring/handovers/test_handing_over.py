"""Cases change hands with a note and a meeting, and nobody new sees more than they should."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from threading import Barrier, Thread

import icalendar
import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connections, transaction
from django.urls import reverse
from django.utils import timezone

from people.models import Absence
from people.working_days import working_days_after
from privacy.models import AuditEntry
from sparring.beliefs.domain.beliefs import register_belief
from sparring.bookings.domain.booking import book_session
from sparring.bookings.domain.calendar_locks import ConfirmationRequired, TimeTaken
from sparring.enums import HandoverMeetingState
from sparring.handovers.domain.handing_over import (
    HandoverNote,
    hand_over,
    hand_over_caseload,
    write_note,
)
from sparring.handovers.domain.meetings import (
    call_off_meeting,
    hold_meeting,
    move_meeting,
    propose_waiting,
)
from sparring.models import Case, Handover, HandoverMeeting
from tests.calendar_parts import calendar_part
from tests.factories.people import EmployeeFactory
from tests.factories.planning import COPENHAGEN, Town, at_work, moment, next_monday
from tests.factories.sparring import BeliefFactory, CaseFactory
from tests.sent_notifications import send_all

pytestmark = pytest.mark.django_db
# A Monday at eight; no closed day follows for three weeks.
NOW = datetime(2026, 10, 5, 8, tzinfo=COPENHAGEN)
NOTE = HandoverNote(
    agreed="Vi ses torsdag.", works="Gåture virker.", keep="Drømmen om et værksted."
)


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def town():
    return Town(colleagues=4)


def handed(town, case=None, **values):
    case = case or town.case()
    to = town.colleagues[1]
    hand_over(case=case, actor=case.owner, to=to, note=NOTE, **values)
    return HandoverMeeting.objects.get(former_owner=town.colleagues[0], new_owner=to)


def test_a_talk_is_proposed_at_the_first_time_both_are_free(town):
    first, second = town.colleagues[:2]
    for person, days in ((first, 1), (second, 2)):
        Absence.objects.create(
            employee=person, first_day=NOW.date(), last_day=NOW.date() + timedelta(days=days)
        )

    meeting = handed(town)

    assert meeting.state == HandoverMeetingState.PROPOSED
    assert timezone.localtime(meeting.starts_at) == datetime(2026, 10, 8, 9, tzinfo=COPENHAGEN)
    assert meeting.ends_at - meeting.starts_at == timedelta(minutes=25)


def test_it_never_lies_later_than_ten_working_days(town):
    last = working_days_after(NOW.date(), 10)
    Absence.objects.create(employee=town.colleagues[0], first_day=NOW.date(), last_day=last)

    meeting = handed(town)

    assert (meeting.state, meeting.starts_at) == (HandoverMeetingState.WANTED, None)
    Absence.objects.update(last_day=last - timedelta(days=1))
    assert propose_waiting() == 1
    meeting.refresh_from_db()
    assert timezone.localtime(meeting.starts_at).date() == last == date(2026, 10, 19)


def test_all_cases_between_two_people_share_one_talk(town):
    meeting = handed(town)
    for _case in range(3):
        assert handed(town) == meeting

    assert meeting.handovers.count() == 4
    assert HandoverMeeting.objects.count() == 1


def test_its_time_is_taken_for_sparrings_and_theirs_for_it(town):
    meeting = handed(town)
    other = town.case(owner=town.colleagues[2])
    with pytest.raises(ConfirmationRequired):
        book_session(
            actor=other.owner,
            case=other,
            partners=[town.colleagues[1]],
            starts_at=meeting.starts_at,
        )

    ten = moment(next_monday(), "10.00")
    book_session(actor=other.owner, case=other, partners=[town.colleagues[1]], starts_at=ten)
    with pytest.raises(TimeTaken):
        move_meeting(
            actor=meeting.new_owner,
            meeting=meeting,
            starts_at=ten + timedelta(minutes=10),
        )
    moved = move_meeting(
        actor=meeting.new_owner,
        meeting=meeting,
        starts_at=ten + timedelta(minutes=25),
    )
    assert moved.starts_at == ten + timedelta(minutes=25)


@pytest.mark.django_db(transaction=True)
def test_two_moves_to_the_same_time_never_both_hold(town):
    both = [handed(town)]
    case = town.case(owner=town.colleagues[2])
    hand_over(case=case, actor=case.owner, to=town.colleagues[1])
    both.append(HandoverMeeting.objects.get(former_owner=town.colleagues[2]))
    ten, barrier, answers = moment(next_monday(), "10.00"), Barrier(2), []

    def move(meeting):
        barrier.wait()
        try:
            move_meeting(actor=meeting.former_owner, meeting=meeting, starts_at=ten)
            answers.append("moved")
        except TimeTaken:
            answers.append("taken")
        finally:
            connections.close_all()

    threads = [Thread(target=move, args=[meeting]) for meeting in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == ["moved", "taken"]
    assert HandoverMeeting.objects.filter(starts_at=ten).count() == 1


def test_both_are_told_at_once_in_one_mail_with_a_calendar_file(town):
    case = town.case()
    meeting = handed(town, case=case)

    send_all("sparring.handover")

    subjects = {message.to[0]: message.subject for message in mail.outbox}
    assert subjects[meeting.new_owner.email] == "1 sag er din nu"
    assert subjects[meeting.former_owner.email].startswith("Overdragelsessamtale ")
    for message in mail.outbox:
        assert case.code not in message.body + message.subject
        assert "Drømmen" not in message.body
        calendar = icalendar.Calendar.from_ical(calendar_part(message).get_payload(decode=True))
        (event,) = calendar.walk("VEVENT")
        assert event["DTSTART"].dt == meeting.starts_at
        assert calendar["METHOD"] == "REQUEST"
    assert send_all("sparring.handover") == []


def test_a_talk_called_off_is_taken_out_of_the_calendars(town):
    meeting = handed(town)
    call_off_meeting(actor=meeting.new_owner, meeting=meeting)

    mail.outbox.clear()
    send_all("sparring.handover")

    assert {message.subject for message in mail.outbox} == {"Aflyst: overdragelsessamtalen"}
    for message in mail.outbox:
        calendar = icalendar.Calendar.from_ical(calendar_part(message).get_payload(decode=True))
        assert (calendar["METHOD"], calendar.walk("VEVENT")[0]["STATUS"]) == ("CANCEL", "CANCELLED")


def test_the_third_sees_the_time_and_never_the_cases(town, client):
    case = town.case()
    meeting, third = handed(town, case=case), town.colleagues[3]
    move_meeting(
        actor=meeting.former_owner,
        meeting=meeting,
        starts_at=moment(next_monday(), "11.00"),
        third=third,
    )
    client.force_login(third)

    page = client.get(reverse("sparring:handover_meeting", args=[meeting.pk])).content.decode()

    assert "kl. 11.00" in page
    assert case.code not in page
    for name in (
        "handover_meeting_move",
        "handover_meeting_hold",
        "handover_meeting_call_off",
    ):
        assert client.get(reverse(f"sparring:{name}", args=[meeting.pk])).status_code == 403
    with pytest.raises(PermissionDenied):
        hold_meeting(actor=third, meeting=meeting)


def test_a_talk_is_nobody_elses(town, client):
    meeting = handed(town)
    stranger = EmployeeFactory(coordinator=True)
    note = meeting.handovers.get()
    for person in (town.colleagues[2], town.coordinator, stranger):
        client.force_login(person)
        for name in (
            "handover_meeting", "handover_meeting_move", "handover_meeting_hold",
            "handover_meeting_call_off",
        ):  # fmt: skip
            assert client.get(reverse(f"sparring:{name}", args=[meeting.pk])).status_code == 404
        assert client.get(reverse("sparring:handover_note", args=[note.pk])).status_code == 404
        assert f"/overdragelser/{meeting.pk}/" not in client.get("/overdragelser/").content.decode()


def test_held_once_on_a_day_that_has_been(town):
    meeting = handed(town)
    for wrong in (NOW.date() - timedelta(days=1), NOW.date() + timedelta(days=1)):
        with pytest.raises(ValidationError):
            hold_meeting(actor=meeting.new_owner, meeting=meeting, on=wrong)

    held = hold_meeting(actor=meeting.new_owner, meeting=meeting)

    assert (held.state, held.held_on) == (HandoverMeetingState.HELD, NOW.date())
    with pytest.raises(ValidationError):
        hold_meeting(actor=meeting.former_owner, meeting=meeting)
    assert AuditEntry.objects.filter(action="handover.meeting_hold").count() == 1


def test_the_note_is_opened_by_the_own_bid(town, client):
    case = town.case()
    BeliefFactory(case=case, value=2)
    meeting = handed(town, case=case)
    case.refresh_from_db()
    client.force_login(meeting.new_owner)
    address = reverse("sparring:case_detail", args=[case.code])

    before = client.get(address).content.decode()
    register_belief(case=case, actor=case.owner, value=6, because="Han møder til tiden.")
    after = client.get(address).content.decode()

    assert (NOTE.agreed in before, NOTE.works in before, NOTE.keep in before) == (
        True,
        False,
        False,
    )
    assert "Resten af sedlen åbnes af dit eget bud." in before
    assert NOTE.works in after
    assert NOTE.keep in after


def test_the_former_owner_writes_until_the_talk_is_held(town, client):
    meeting = handed(town)
    handover = meeting.handovers.get()
    client.force_login(meeting.former_owner)
    address = reverse("sparring:handover_note", args=[handover.pk])

    assert NOTE.works in client.get(address).content.decode()
    assert client.post(address, {"works": "Breve virker ikke."}).status_code == 302
    handover.refresh_from_db()
    assert (handover.works, handover.agreed) == ("Breve virker ikke.", "")
    with pytest.raises(PermissionDenied):
        write_note(actor=meeting.new_owner, handover=handover, note=NOTE)
    hold_meeting(actor=meeting.new_owner, meeting=meeting)
    assert client.post(address, {"works": "For sent."}).status_code == 422
    page = client.get(reverse("sparring:handover_meeting", args=[meeting.pk])).content.decode()
    assert handover.ownership.case.code not in page


@pytest.mark.parametrize("field", ["agreed", "works", "keep"])
def test_no_cpr_number_in_the_note(town, client, field):
    case = town.case()
    client.force_login(case.owner)
    data = {"to": town.colleagues[1].pk, field: "Ring til 010190-1234"}

    page = client.post(reverse("sparring:case_hand_over", args=[case.code]), data)

    assert page.status_code == 422
    assert field in page.context["form"].errors
    assert "Ring til 010190-1234" in page.content.decode()
    assert not Handover.objects.exists()


def test_only_caseworkers_of_the_municipality_are_offered(town, client):
    case = town.case()
    EmployeeFactory(unit=town.unit, roles=["coordinator"], first_name="Konsulent")
    EmployeeFactory(unit=town.unit, is_active=False, first_name="Borte")
    EmployeeFactory(first_name="Fremmed")
    client.force_login(case.owner)

    page = client.get(reverse("sparring:case_hand_over", args=[case.code]))

    offered = set(page.context["form"].fields["to"].queryset)
    assert offered == set(town.colleagues[1:])


def test_a_whole_caseload_goes_in_one_step_and_one_message_each(town, client):
    leaving = town.colleagues[0]
    cases = [town.case() for _number in range(6)]
    town.case(owner=town.colleagues[1])
    client.force_login(town.coordinator)
    address = reverse("sparring:hand_over_caseload", args=[leaving.pk])

    form = client.get(address).context["form"]
    proposed = {case.pk: form.fields[f"case-{case.pk}"].initial for case in cases}
    answer = client.post(
        address, {f"case-{pk}": to for pk, to in proposed.items()} | {"reason": "Nyt job"}
    )

    assert answer.status_code == 302
    gets = [list(proposed.values()).count(person.pk) for person in town.colleagues[1:]]
    assert (sum(gets), max(gets) - min(gets) <= 1, gets[0] <= min(gets[1:])) == (6, True, True)
    assert not Case.objects.filter(owner=leaving).exists()
    assert HandoverMeeting.objects.count() == 3
    send_all("sparring.handover")
    assert sum(message.to == [town.colleagues[2].email] for message in mail.outbox) == 1
    assert AuditEntry.objects.filter(action="case.hand_over").count() == 6


def test_all_of_a_caseload_or_nothing(town):
    leaving, to = town.colleagues[:2]
    cases = [town.case() for _number in range(3)]
    receivers = {case.pk: to for case in cases[:2]} | {cases[2].pk: EmployeeFactory()}

    with pytest.raises(ValidationError):
        hand_over_caseload(actor=town.coordinator, employee=leaving, receivers=receivers)

    assert Case.objects.filter(owner=leaving).count() == 3
    assert not Handover.objects.exists()
    with pytest.raises(ValidationError):
        hand_over_caseload(
            actor=town.coordinator, employee=to, receivers={cases[0].pk: town.colleagues[2]}
        )


def test_a_caseload_is_its_owners_and_the_coordinators(town, client):
    leaving = town.colleagues[0]
    town.case()
    address = reverse("sparring:hand_over_caseload", args=[leaving.pk])
    elsewhere = EmployeeFactory(coordinator=True)
    for person, status in (
        (leaving, 200), (town.coordinator, 200), (town.colleagues[1], 404), (elsewhere, 404)
    ):  # fmt: skip
        client.force_login(person)
        assert client.get(address).status_code == status


def test_who_is_gone_has_no_talk(town):
    case = town.case()
    type(case.owner).objects.filter(pk=case.owner_id).update(is_active=False)

    hand_over(case=case, actor=town.coordinator, to=town.colleagues[1])

    assert Handover.objects.get().meeting is None
    assert not HandoverMeeting.objects.exists()


def test_the_overview_says_what_to_do_about_the_talk(town, client):
    meeting = handed(town)
    client.force_login(meeting.new_owner)

    assert "Overdragelsessamtale med" in client.get("/").content.decode()
    with time_machine.travel(meeting.ends_at + timedelta(hours=1), tick=False):
        client.force_login(meeting.new_owner)
        page = client.get("/").content.decode()
        assert "Har du talt med" in page
        assert reverse("sparring:handover_meeting_hold", args=[meeting.pk]) in page
        hold_meeting(actor=meeting.new_owner, meeting=meeting)
        assert "Har du talt med" not in client.get("/").content.decode()


def test_a_time_of_ones_own_and_a_third_by_the_page(town, client):
    meeting = handed(town)
    client.force_login(meeting.former_owner)
    address = reverse("sparring:handover_meeting_move", args=[meeting.pk])
    day = next_monday()

    assert client.post(address, {"suggested": "other"}).status_code == 422
    data = {"suggested": "other", "day": day.isoformat(), "clock": "16:30"}
    assert client.post(address, data | {"third": town.colleagues[3].pk}).status_code == 302

    meeting.refresh_from_db()
    assert meeting.starts_at == moment(day, "16.30")
    assert meeting.third == town.colleagues[3]
    gone = {"suggested": "other", "day": NOW.date().isoformat(), "clock": "07:00"}
    assert client.post(address, gone).status_code == 422


@pytest.mark.parametrize(
    "values",
    [
        {"state": "held"},
        {"held_on": date(2026, 10, 5)},
        {"state": "proposed", "starts_at": None, "ends_at": None},
        {"state": "wanted"},
        {"third_id": "former"},
        {"ends_at": NOW},
    ],
)
def test_the_database_refuses_what_makes_no_sense(town, values):
    meeting = handed(town)
    values = {
        name: meeting.former_owner_id if value == "former" else value
        for name, value in values.items()
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        HandoverMeeting.objects.filter(pk=meeting.pk).update(**values)


def test_two_people_have_one_open_talk(town):
    meeting = handed(town)
    with pytest.raises(IntegrityError), transaction.atomic():
        HandoverMeeting.objects.create(
            municipality=meeting.municipality,
            former_owner=meeting.former_owner,
            new_owner=meeting.new_owner,
        )


def test_a_new_talk_after_the_last_was_held(town):
    hold_meeting(actor=town.colleagues[0], meeting=handed(town))
    case = town.case()

    hand_over(case=case, actor=case.owner, to=town.colleagues[1])

    assert sorted(HandoverMeeting.objects.values_list("state", flat=True)) == [
        "held",
        "proposed",
    ]


def test_a_case_that_has_gone_on_stands_in_the_talk_no_more(town, client):
    case = town.case()
    meeting = handed(town, case=case)
    case.refresh_from_db()
    hand_over(case=case, actor=case.owner, to=town.colleagues[2])
    client.force_login(meeting.new_owner)

    page = client.get(reverse("sparring:handover_meeting", args=[meeting.pk])).content.decode()

    assert case.code not in page


def test_history_is_written_without_meetings_or_mails():
    case = CaseFactory(owner=at_work(EmployeeFactory(), time(9), time(15)))
    to = EmployeeFactory(unit=case.unit)

    hand_over(case=case, actor=case.owner, to=to, at=timezone.now() - timedelta(days=9))

    assert Handover.objects.get().meeting is None
    assert send_all("sparring.handover") == []
