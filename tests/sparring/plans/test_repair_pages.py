from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sparring.bookings.domain.absences import report_away
from sparring.bookings.domain.booking import book_session
from sparring.enums import SessionState
from sparring.models import SparringSession
from sparring.plans.domain.publishing import publish_plan
from tests.factories.group_sessions import Group
from tests.factories.planning import Town, moment, next_monday
from tests.sent_notifications import session_mails

pytestmark = pytest.mark.django_db
MONDAY = next_monday()
TEN = moment(MONDAY, "10.00")


@pytest.fixture
def town():
    return Town(colleagues=4)


def booked(town, at=TEN, owner=0, partner=1):
    case = town.case(owner=town.colleagues[owner])
    return book_session(
        actor=case.owner,
        case=case,
        partners=[town.colleagues[partner]],
        starts_at=at,
        confirmed=True,
    )


def text_of(response):
    return response.content.decode()


def away(client, **data):
    days = {"first_day": MONDAY.isoformat(), "last_day": MONDAY.isoformat()}
    return client.post(reverse("sparring:away"), {**days, **data})


def test_the_coordinator_registers_sees_and_does_it(town, client):
    session = booked(town)
    sick = town.colleagues[1]
    client.force_login(town.coordinator)

    said = away(client, employee=sick.pk)
    page = client.get(said["Location"])

    assert said["Location"] == reverse("sparring:repair")
    assert page["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert session.case.code in text_of(page)
    assert "En kollega kan ikke komme." in text_of(page)
    assert "Gør det, og giv besked" in text_of(page)
    assert "Behold som nu" in text_of(page)
    assert not session_mails(kind="sparring.changed").exists()
    key = page.context["proposal"].key
    done = client.post(reverse("sparring:repair"), {"key": key}, follow=True)
    assert "1 sparring er repareret" in text_of(done)
    assert session.participations.filter(holds_time=True).count() == 2


def test_a_key_of_yesterday_changes_nothing(town, client):
    booked(town)
    client.force_login(town.colleagues[1])
    away(client)
    client.force_login(town.coordinator)

    page = client.post(reverse("sparring:repair"), {"key": "old"}, follow=True)

    assert "Noget har ændret sig imens." in text_of(page)
    assert SparringSession.objects.get().calendar_sequence == 0


def test_one_registers_oneself_and_nobody_else(town, client):
    session = booked(town)
    sick, other = town.colleagues[1], town.colleagues[2]
    client.force_login(sick)

    said = away(client, employee=other.pk)

    assert said["Location"] == reverse("sparring:index")
    assert not other.absences.exists()
    assert sick.absences.get().first_day == MONDAY
    session.refresh_from_db()
    assert (session.state, session.missing_partners) == (SessionState.PLANNED, 1)


def test_the_absence_form_on_the_account_page_breaks_the_sessions_too(town, client):
    session = booked(town)
    client.force_login(town.colleagues[1])

    client.post(
        reverse("people:account"),
        {
            "form": "absence",
            "absence-kind": "away",
            "absence-first_day": MONDAY.isoformat(),
            "absence-last_day": MONDAY.isoformat(),
        },
    )

    session.refresh_from_db()
    assert session.missing_partners == 1


def test_days_that_end_before_they_begin_are_refused(town, client):
    client.force_login(town.colleagues[1])

    response = away(client, last_day="2020-01-06")

    assert response.status_code == 422
    assert "Den sidste dag ligger før den første." in text_of(response)


def test_without_anything_broken_the_page_says_so(town, client):
    booked(town)
    client.force_login(town.coordinator)

    page = text_of(client.get(reverse("sparring:repair")))

    assert "Intet at reparere" in page
    assert "Gør det" not in page


def test_the_plans_say_that_something_is_broken(town, client):
    booked(town)
    client.force_login(town.colleagues[1])
    away(client)
    client.force_login(town.coordinator)

    assert reverse("sparring:repair") in text_of(client.get(reverse("sparring:plans")))


def test_only_coordinators_see_the_repair(town, client):
    client.force_login(town.colleagues[0])

    assert client.get(reverse("sparring:repair")).status_code == 403


def test_as_many_queries_for_three_broken_sessions_as_for_one(town, client):
    client.force_login(town.coordinator)
    counts = []
    for clocks in (["10.00"], ["11.00", "12.00"]):
        for clock in clocks:
            session = booked(town, moment(MONDAY, clock))
            session.missing_partners = 1
            session.save()
        with CaptureQueriesContext(connection) as counted:
            assert len(client.get(reverse("sparring:repair")).context["lines"]) >= len(clocks)
        counts.append(len(counted))

    assert counts[0] == counts[1]


def test_the_page_says_that_group_sessions_are_left_alone(client):
    group = Group()
    client.force_login(group.town.coordinator)
    said = "Fælles sparringer flyttes ikke her"

    assert said not in text_of(client.get(reverse("sparring:repair")))
    publish_plan(actor=group.town.coordinator, plan=group.plan)

    assert said in text_of(client.get(reverse("sparring:repair")))


def test_whoever_brings_the_case_sees_that_a_colleague_is_missing(town, client):
    session = booked(town)
    client.force_login(session.case.owner)
    said = "Der mangler en kollega. Vi finder en anden."
    assert said not in text_of(client.get(reverse("sparring:index")))

    report_away(
        actor=town.colleagues[1], employee=town.colleagues[1], first_day=MONDAY, last_day=MONDAY
    )

    assert said in text_of(client.get(reverse("sparring:index")))
