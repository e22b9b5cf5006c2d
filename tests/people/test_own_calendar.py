"""A calendar from outside: read or fetched, shown to its owner, counted by planning, removed."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from people.domain.calendars import (
    MOST_CALENDARS,
    refresh_calendar,
    remove_calendar,
    subscribe_calendar,
    upload_calendar,
)
from people.enums import CalendarProblem
from people.models import BusyCalendar, BusyTime
from people.tasks import refresh_calendar as job
from people.tasks import refresh_calendars
from sparring.colleagues.calendars import read_calendars
from sparring.enums import ExclusionReason
from tests.factories.people import EmployeeFactory
from tests.factories.planning import COPENHAGEN, Town, moment, next_monday

from .calendar_server import gives, serving

pytestmark = pytest.mark.django_db
PAGE = "/konto/kalender-og-besked/"
TEN = moment(next_monday(), "10.00")


def calendar(*starts, secret="Samtale hos lægen"):
    lines = ["BEGIN:VCALENDAR"]
    for number, start in enumerate(starts):
        lines += ["BEGIN:VEVENT", f"UID:{number}@example.org", f"SUMMARY:{secret}",
                  f"DTSTART;TZID=Europe/Copenhagen:{start:%Y%m%dT%H%M%S}", "DURATION:PT1H",
                  "END:VEVENT"]  # fmt: skip
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


@pytest.fixture
def server(certificate):
    with serving(certificate) as server:
        server.answers["/min.ics"] = gives(calendar(TEN), ETag='"1"')
        yield server


@pytest.fixture
def subscribed(server):
    return BusyCalendar.objects.create(employee=EmployeeFactory(), address=server.address())


def refresh(calendar, server, **changed):
    return refresh_calendar(calendar_id=calendar.pk, gate=server.gate(**changed))


def test_planning_and_moving_keep_off_the_taken_time(client):
    town = Town()
    partner = town.colleagues[1]
    upload_calendar(actor=partner, employee=partner, content=calendar(TEN))

    theirs = read_calendars([partner], TEN.date(), 1)[partner.pk]

    starts = [
        start.astimezone(COPENHAGEN).strftime("%H.%M")
        for start in theirs.starts(TEN.date(), 1, timedelta(minutes=25))
    ]
    assert "09.30" in starts
    assert not {"10.00", "10.30"} & set(starts)
    assert theirs.objections(TEN, TEN + timedelta(minutes=25)) == [ExclusionReason.BUSY]


def test_only_that_time_is_taken_is_kept(client):
    employee = EmployeeFactory()
    client.force_login(employee)
    file = SimpleUploadedFile("Min læge.ics", calendar(TEN), content_type="text/calendar")

    answer = client.post(PAGE, {"form": "upload", "upload-file": file}, follow=True)

    (busy,) = BusyTime.objects.filter(employee=employee)
    assert (busy.during.lower, busy.during.upper) == (TEN, TEN + timedelta(hours=1))
    (kept,) = BusyCalendar.objects.values()
    assert "læge" not in f"{kept} {BusyTime.objects.values()}"
    assert "1 optaget tid" in answer.content.decode()


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"PK\x03\x04", CalendarProblem.NOT_A_CALENDAR),
        (b"BEGIN:VCALENDAR" + b" " * 1_000_001, CalendarProblem.TOO_LARGE),
    ],
)
def test_a_wrong_file_is_refused_in_words(client, content, problem):
    client.force_login(EmployeeFactory())

    answer = client.post(
        PAGE, {"form": "upload", "upload-file": SimpleUploadedFile("a.ics", content)}
    )

    assert answer.status_code == 422
    assert str(problem.label) in answer.content.decode()
    assert not BusyCalendar.objects.exists()


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("http://example.org/a.ics", CalendarProblem.ADDRESS),
        ("https://me:secret@example.org/a.ics", CalendarProblem.CREDENTIALS),
        ("https://example.org:8080/a.ics", CalendarProblem.PORT),
    ],
)
def test_a_wrong_address_is_refused_in_words(client, address, problem):
    client.force_login(EmployeeFactory())

    answer = client.post(PAGE, {"form": "subscribe", "subscribe-address": address})

    assert answer.status_code == 422
    assert str(problem.label) in answer.content.decode()
    assert not BusyCalendar.objects.exists()


def test_an_address_is_fetched_by_a_job_and_shown_without_its_secret(client):
    employee = EmployeeFactory()
    client.force_login(employee)
    address = "webcal://kalender.example.org/hemmelig-4711/basic.ics"

    page = client.post(
        PAGE, {"form": "subscribe", "subscribe-address": address}, follow=True
    ).content.decode()

    calendar = BusyCalendar.objects.get()
    assert calendar.address == "https://kalender.example.org/hemmelig-4711/basic.ics"
    assert [
        other_job.args for other_job in ProcrastinateJob.objects.filter(task_name=job.name)
    ] == [{"calendar_id": calendar.pk}]
    assert "kalender.example.org/…" in page
    assert "hemmelig-4711" not in page


def test_what_is_fetched_takes_the_place_of_what_was_there(subscribed, server):
    refresh(subscribed, server)
    server.answers["/min.ics"] = gives(calendar(TEN + timedelta(days=1)))

    subscribed = refresh(subscribed, server)

    assert [busy_time.during.lower for busy_time in BusyTime.objects.all()] == [
        TEN + timedelta(days=1)
    ]
    assert (subscribed.failures, subscribed.problem) == (0, "")


def test_the_same_day_only_what_has_changed_is_sent_but_a_new_day_needs_all_of_it(
    subscribed, server
):
    refresh(subscribed, server)
    refresh(subscribed, server)
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        refresh(subscribed, server)

    assert [headers.get("If-None-Match") for _path, headers in server.seen] == [None, '"1"', None]


def test_a_failure_keeps_the_time_and_is_told_after_three_in_a_row(client, subscribed, server):
    client.force_login(subscribed.employee)
    told = str(CalendarProblem.REFUSED.label)
    refresh(subscribed, server)
    server.answers["/min.ics"] = gives(b"", status=404)

    pages = []
    for _time in range(3):
        refresh(subscribed, server)
        pages.append(told in client.get(PAGE).content.decode())
    assert pages == [False, False, True]
    assert BusyTime.objects.count() == 1

    server.answers["/min.ics"] = gives(calendar(TEN))
    assert refresh(subscribed, server).failures == 0
    assert told not in client.get(PAGE).content.decode()


def test_one_that_never_worked_says_so_at_once(client, subscribed, server):
    client.force_login(subscribed.employee)
    server.answers["/min.ics"] = gives(b"<html>Log ind</html>")

    refresh(subscribed, server)

    assert str(CalendarProblem.NOT_A_CALENDAR.label) in client.get(PAGE).content.decode()


def test_an_address_that_leads_inside_is_never_asked(subscribed, server):
    calendar = refresh_calendar(
        calendar_id=subscribed.pk,
        gate=server.gate(allows=lambda address: False),
    )

    assert calendar.problem == CalendarProblem.NOT_PUBLIC
    assert server.seen == []


def test_one_removed_while_it_is_fetched_leaves_nothing(subscribed, server):
    def look_up(host, port):
        remove_calendar(actor=subscribed.employee, calendar=BusyCalendar.objects.get())
        return ["127.0.0.1"]

    assert refresh(subscribed, server, look_up=look_up) is None
    assert not BusyTime.objects.exists()


def test_removing_frees_its_times_and_no_others(client):
    employee = EmployeeFactory()
    first, second = (
        upload_calendar(actor=employee, employee=employee, content=calendar(TEN)) for _ in range(2)
    )
    client.force_login(EmployeeFactory())
    assert client.post(f"{PAGE}kalender/{first.pk}/fjern/").status_code == 404
    client.force_login(employee)

    client.post(f"{PAGE}kalender/{first.pk}/fjern/")

    assert [busy_time.source for busy_time in BusyTime.objects.all()] == [second.source]
    assert list(BusyCalendar.objects.all()) == [second]


def test_only_ones_own_and_not_without_end():
    employee = EmployeeFactory()
    with pytest.raises(PermissionDenied):
        upload_calendar(actor=EmployeeFactory(), employee=employee, content=calendar())
    with pytest.raises(PermissionDenied):
        subscribe_calendar(actor=EmployeeFactory(), employee=employee, address="https://a.example/")
    for _time in range(MOST_CALENDARS):
        upload_calendar(actor=employee, employee=employee, content=calendar())
    with pytest.raises(ValidationError) as refused:
        subscribe_calendar(actor=employee, employee=employee, address="https://a.example/")
    told = f"Du har allerede {MOST_CALENDARS} kalendere. Fjern en først."
    assert refused.value.messages == [told]


def test_the_same_address_twice_is_refused():
    employee = EmployeeFactory()
    subscribe_calendar(actor=employee, employee=employee, address="webcal://a.example/b")

    with pytest.raises(ValidationError):
        subscribe_calendar(actor=employee, employee=employee, address="https://A.example/b")


def test_every_hour_each_subscribed_calendar_gets_one_job(server):
    kept = BusyCalendar.objects.create(employee=EmployeeFactory(), address=server.address())
    BusyCalendar.objects.create(employee=EmployeeFactory())
    gone = EmployeeFactory(is_active=False)
    BusyCalendar.objects.create(employee=gone, address=server.address())

    refresh_calendars(timestamp=0)
    refresh_calendars(timestamp=0)

    assert [
        other_job.args for other_job in ProcrastinateJob.objects.filter(task_name=job.name)
    ] == [{"calendar_id": kept.pk}]


def test_the_page_asks_as_often_for_three_calendars_as_for_one(
    client, django_assert_max_num_queries
):
    employee = EmployeeFactory()
    client.force_login(employee)
    counts = []
    for _time in range(3):
        upload_calendar(actor=employee, employee=employee, content=calendar(TEN))
        with django_assert_max_num_queries(20) as captured:
            client.get(PAGE)
        counts.append(len(captured))
    assert len(set(counts)) == 1
