from __future__ import annotations

import re
from datetime import timedelta

import icalendar
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people.models import BusyTime
from sparring.bookings.domain.booking import book_session
from sparring.bookings.domain.invitations import answer_invitation
from sparring.bookings.domain.requests import request_sparring
from sparring.enums import Answer, ParticipantRole, PlanState, SessionState
from sparring.models import Participation, SparringPlan, SparringSession
from sparring.plans.domain.make_plan import make_plan
from sparring.plans.domain.publishing import publish_plan
from tests.factories.people import EmployeeFactory
from tests.factories.planning import Town, at_work, moment, next_monday
from tests.factories.sparring import BeliefFactory

pytestmark = pytest.mark.django_db
MONDAY = next_monday()
TEN = moment(MONDAY, "10.00")


@pytest.fixture
def town():
    return Town(colleagues=4)


def draft(town, **values):
    return make_plan(
        actor=town.coordinator,
        municipality=town.municipality,
        **{"first_day": MONDAY, "days": 14, **values},
    )


def partner_of(session):
    return session.participations.exclude(role=ParticipantRole.PRESENTER).get().employee


def text_of(response):
    return response.content.decode()


def test_a_plan_is_made_looked_at_and_published_in_the_browser(town, client):
    case = town.case()
    client.force_login(town.coordinator)

    made = client.post(
        reverse("sparring:plans"), {"first_day": MONDAY.isoformat(), "days": 14, "partners": 1}
    )
    plan = SparringPlan.objects.get()
    page = client.get(made["Location"])
    asked = client.get(reverse("sparring:plan_publish", args=[plan.pk]))
    published = client.post(reverse("sparring:plan_publish", args=[plan.pk]), follow=True)

    assert made["Location"] == reverse("sparring:plan", args=[plan.pk])
    assert page["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert case.code in text_of(page)
    assert "Hvorfor denne kollega" in text_of(page)
    assert "De to har ikke haft en sparring sammen før." in text_of(page)
    assert "Vil du udgive planen?" in text_of(asked)
    assert "1 sparring er booket" in text_of(published)
    plan.refresh_from_db()
    assert plan.state == PlanState.PUBLISHED


def test_the_coordinator_sees_reasons_but_no_belief_and_no_key_question(town, client):
    case = town.case()
    BeliefFactory(case=case, value=9, because="Sagde noget hemmeligt om naboen.")
    request_sparring(case=case, actor=case.owner, key_question="Hvorfor går det i hårdknude?")
    plan = draft(town)
    client.force_login(town.coordinator)

    page = text_of(client.get(reverse("sparring:plan", args=[plan.pk])))

    assert "Borgerens stemme mangler" in page
    assert "hemmeligt" not in page
    assert "hårdknude" not in page


def test_a_bad_window_keeps_what_was_typed(town, client):
    client.force_login(town.coordinator)

    response = client.post(
        reverse("sparring:plans"), {"first_day": "2020-01-06", "days": 14, "partners": 2}
    )

    assert response.status_code == 422
    assert 'value="2020-01-06"' in text_of(response)
    assert "Vælg i dag eller en dag, der ligger forude." in text_of(response)


@pytest.mark.parametrize("name", ["plan", "plan_publish", "plan_discard"])
def test_a_plan_of_another_municipality_does_not_exist(town, client, name):
    town.case()
    plan = draft(town)
    client.force_login(Town().coordinator)

    assert client.get(reverse(f"sparring:{name}", args=[plan.pk])).status_code == 404
    assert client.post(reverse(f"sparring:{name}", args=[plan.pk])).status_code == 404


def test_the_list_shows_only_ones_own_municipality(town, client):
    town.case()
    plan = draft(town)
    client.force_login(Town().coordinator)

    page = text_of(client.get(reverse("sparring:plans")))

    assert reverse("sparring:plan", args=[plan.pk]) not in page


@pytest.mark.parametrize("name", ["session_partner", "session_time", "session_cancel"])
def test_a_proposal_is_nobodys_but_the_coordinators(town, client, name):
    case = town.case()
    session = draft(town).sessions.get()
    address = reverse(f"sparring:{name}", args=[session.pk])

    for person in (case.owner, partner_of(session), Town().coordinator):
        client.force_login(person)
        assert client.get(address).status_code == 404
        assert client.post(address).status_code == 404
    client.force_login(town.coordinator)
    assert client.get(address).status_code == 200


def test_a_caseworker_does_not_plan(town, client):
    client.force_login(town.colleagues[0])

    assert client.get(reverse("sparring:plans")).status_code == 403


def test_another_colleague_is_warned_about_then_confirmed(town, client):
    case = town.case()
    request = request_sparring(case=case, actor=case.owner, key_question="Hvad overser jeg?")
    decliner = town.colleagues[1]
    request.declined_by.add(decliner)
    session = draft(town).sessions.get()
    leaving = partner_of(session)
    client.force_login(town.coordinator)
    address = reverse("sparring:session_partner", args=[session.pk])
    choice = {"leaving": leaving.pk, "coming": decliner.pk}

    warned = client.post(address, choice)
    confirmed = client.post(address, {**choice, "confirmed": "1"})

    assert warned.status_code == 422
    assert f"{decliner} har sagt nej til denne sparring." in text_of(warned)
    assert confirmed.status_code == 302
    assert partner_of(session) == decliner


def test_the_line_manager_is_refused_in_the_same_words_as_others(town, client):
    case = town.case()
    manager = at_work(EmployeeFactory(unit=town.unit, first_name="Lederen"))
    case.owner.line_manager = manager
    case.owner.save()
    session = draft(town).sessions.get()
    client.force_login(town.coordinator)
    address = reverse("sparring:session_partner", args=[session.pk])

    page = client.get(address)
    forced = client.post(
        address, {"leaving": partner_of(session).pk, "coming": manager.pk, "confirmed": "1"}
    )

    assert f"{manager} (noget taler imod)" in text_of(page)
    assert forced.status_code == 422
    assert f"{manager} kan ikke være med i denne sparring i perioden." in text_of(forced)
    assert partner_of(session) != manager


def test_another_time_from_the_list_and_by_the_clock(town, client):
    town.case()
    session = draft(town).sessions.get()
    client.force_login(town.coordinator)
    address = reverse("sparring:session_time", args=[session.pk])

    page = client.get(address)
    missing = client.post(address, {"suggested": "other"})
    late = client.post(address, {"suggested": "other", "day": MONDAY.isoformat(), "clock": "18:00"})
    chosen = client.post(address, {"suggested": moment(MONDAY, "11.30").isoformat()})

    assert "kl. 11.30" in text_of(page)
    assert "Skriv både dag og klokkeslæt." in text_of(missing)
    assert "arbejder ikke på det tidspunkt" in text_of(late)
    assert chosen.status_code == 302
    session.refresh_from_db()
    assert session.starts_at == moment(MONDAY, "11.30")


def test_out_of_the_plan_and_into_the_list_of_the_lacking(town, client):
    case = town.case()
    session = draft(town).sessions.get()
    client.force_login(town.coordinator)

    page = client.post(reverse("sparring:session_remove", args=[session.pk]), follow=True)

    assert case.code in text_of(page)
    assert "Fjernet i hånden." in text_of(page)


def test_yes_by_the_link_in_the_mail(town, client):
    town.case()
    publish_plan(actor=town.coordinator, plan=draft(town))
    session = SparringSession.objects.get()
    partner = partner_of(session)
    address = reverse("sparring:answer", args=[session.pk])

    anonymous = client.get(address)
    client.force_login(partner)
    page = client.get(address)
    answered = client.post(address, {"answer": "yes"}, follow=True)

    assert anonymous["Location"].startswith("/konto/login/")
    assert "Ja, jeg kommer" in text_of(page)
    assert "Kommende sparringer" in text_of(answered)
    assert Participation.objects.get(employee=partner).answer == Answer.YES


def test_no_leads_to_a_new_colleague_at_the_same_time(town, client):
    case = town.case()
    plan = draft(town)
    publish_plan(actor=town.coordinator, plan=plan)
    session = SparringSession.objects.get()
    decliner = partner_of(session)
    client.force_login(decliner)
    client.post(reverse("sparring:answer", args=[session.pk]), {"answer": "no"})
    client.force_login(town.coordinator)

    page = client.get(reverse("sparring:plan", args=[plan.pk]))
    address = reverse("sparring:plan_find", args=[plan.pk, case.pk])
    found = client.get(address)
    offer = found.context["form"].fields["offer"].initial
    booked = client.post(address, {"offer": offer}, follow=True)

    assert "Mangler en ny kollega" in text_of(page)
    assert "samme tidspunkt som før" in text_of(found)
    assert str(decliner) not in [
        str(choice) for choice in found.context["form"].fields["offer"].choices
    ]
    assert "Sparringen er booket" in text_of(booked)
    fresh = SparringSession.objects.get(state=SessionState.PLANNED)
    assert (fresh.case, fresh.starts_at) == (case, session.starts_at)
    assert partner_of(fresh) != decliner


def test_somebody_who_is_not_asked_finds_no_session(town, client):
    case = town.case()
    session = book_session(
        actor=case.owner, case=case, partners=[town.colleagues[1]], starts_at=TEN
    )

    for person in (town.colleagues[3], town.coordinator, EmployeeFactory()):
        client.force_login(person)
        for name in ("answer", "session_ics"):
            address = reverse(f"sparring:{name}", args=[session.pk])
            assert client.get(address).status_code == 404


def test_the_presenter_is_led_to_the_session(town, client):
    case = town.case()
    session = book_session(
        actor=case.owner, case=case, partners=[town.colleagues[1]], starts_at=TEN
    )
    client.force_login(case.owner)

    response = client.get(reverse("sparring:answer", args=[session.pk]))

    assert response["Location"] == reverse("sparring:session", args=[session.pk])


def test_the_presenter_calls_off_after_being_asked(town, client):
    case = town.case()
    session = book_session(
        actor=case.owner, case=case, partners=[town.colleagues[1]], starts_at=TEN
    )
    client.force_login(case.owner)
    address = reverse("sparring:session_cancel", args=[session.pk])

    asked = client.get(address)
    session.refresh_from_db()
    assert session.state == SessionState.PLANNED
    client.post(address)

    assert "Vil du aflyse sparringen?" in text_of(asked)
    session.refresh_from_db()
    assert session.state == SessionState.CANCELLED


def test_the_calendar_file_ends_with_the_no(town, client):
    case = town.case()
    partner = town.colleagues[1]
    session = book_session(actor=case.owner, case=case, partners=[partner], starts_at=TEN)
    client.force_login(partner)
    address = reverse("sparring:session_ics", args=[session.pk])

    response = client.get(address)
    event = icalendar.Calendar.from_ical(response.content).walk("VEVENT")[0]
    answer_invitation(session=session, actor=partner, yes=False)

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert b"METHOD:PUBLISH" in response.content
    assert event["DTSTART"].dt == TEN
    assert case.code not in text_of(response)
    assert client.get(address).status_code == 404


def test_ones_own_sessions_by_what_they_wait_for(town, client):
    asked, mine = town.case(), town.case(owner=town.colleagues[1])
    reader = town.colleagues[1]
    book_session(actor=asked.owner, case=asked, partners=[reader], starts_at=TEN)
    book_session(
        actor=reader, case=mine, partners=[town.colleagues[2]], starts_at=TEN + timedelta(hours=1)
    )
    someone_elses = town.case(owner=town.colleagues[2])
    book_session(
        actor=someone_elses.owner,
        case=someone_elses,
        partners=[town.colleagues[3]],
        starts_at=TEN + timedelta(hours=3),
    )
    client.force_login(reader)

    page = text_of(client.get(reverse("sparring:index")))

    assert "Venter på dit svar" in page
    assert f"kommer med sagen {asked.code}" in page
    assert f"Din sag {mine.code}" in page
    assert someone_elses.code not in page


def _queries(client, address):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len([query for query in queries if "SAVEPOINT" not in query["sql"]])


@pytest.mark.parametrize("count", [1, 3])
def test_the_lists_ask_a_fixed_number_of_questions(client, count):
    town = Town(colleagues=8)
    for owner in town.colleagues[:count]:
        town.case(owner=owner)
        town.case(owner=EmployeeFactory(unit=town.unit))
        plan = draft(town)
    for owner in town.colleagues[4 : 4 + count]:
        case = town.case(owner=owner)
        book_session(
            actor=owner,
            case=case,
            partners=[town.colleagues[7]],
            confirmed=True,
            starts_at=TEN + timedelta(days=20, hours=town.colleagues.index(owner) - 4),
        )
    client.force_login(town.coordinator)
    plan_page = _queries(client, reverse("sparring:plan", args=[plan.pk]))
    list_page = _queries(client, reverse("sparring:plans"))
    client.force_login(town.colleagues[7])
    index = _queries(client, reverse("sparring:index"))

    assert (plan_page, list_page, index) == (53, 9, 8)


CELL = re.compile(r"<(td|th)\b[^>]*>")


def labels_of(html):
    """What each table's heads and the cells below them say, for a phone shows the latter."""
    for table in re.findall(r"<table\b.*?</table>", html, re.DOTALL):
        assert "table--stacked" in table
        heads = re.findall(r'<th scope="col" role="columnheader"[^>]*>([^<]*)</th>', table)
        for row in re.findall(r"<tr role=\"row\">(?!<th).*?</tr>", table, re.DOTALL):
            yield heads, re.findall(r'<td\b[^>]*data-label="([^"]*)"', row), CELL.findall(row)


def test_on_a_phone_every_cell_of_the_plans_says_what_it_is(town, client):
    """Each row becomes a list there, as in the cases that wait: no column is out of sight."""
    town.case()
    lacking = town.case()
    plan = draft(town)
    client.force_login(town.coordinator)
    session = plan.sessions.get(case=lacking)
    client.post(reverse("sparring:session_remove", args=[session.pk]))
    pages = [reverse("sparring:plans"), reverse("sparring:plan", args=[plan.pk])]

    rows = [list(labels_of(text_of(client.get(address)))) for address in pages]

    assert [len({tuple(heads) for heads, *_rest in page}) for page in rows] == [1, 2]
    for heads, labels, cells in (row for page in rows for row in page):
        assert labels == heads
        assert len(cells) == len(heads) >= 3


def test_a_draft_is_thrown_away_after_being_asked(town, client):
    town.case()
    plan = draft(town)
    address = reverse("sparring:plan_discard", args=[plan.pk])
    client.force_login(town.coordinator)

    assert address in text_of(client.get(address))
    assert SparringPlan.objects.filter(pk=plan.pk, state=PlanState.DRAFT).exists()
    gone = client.post(address, follow=True)

    assert gone.redirect_chain[-1][0] == reverse("sparring:plans")
    assert "Kladden er kasseret" in text_of(gone)
    assert not SparringSession.objects.exists()


@pytest.mark.parametrize("name", ["plan_publish", "plan_discard"])
def test_a_published_plan_is_neither_published_nor_thrown_away_again(town, client, name):
    town.case()
    plan = publish_plan(actor=town.coordinator, plan=draft(town)).plan
    address, page = (reverse(f"sparring:{row}", args=[plan.pk]) for row in (name, "plan"))
    client.force_login(town.coordinator)

    assert client.get(address)["Location"] == page
    refused = client.post(address, follow=True)

    assert refused.redirect_chain[-1][0] == page
    assert "Planen er ikke længere en kladde." in text_of(refused)
    plan.refresh_from_db()
    assert (plan.state, SparringSession.objects.get().state) == (
        PlanState.PUBLISHED,
        SessionState.PLANNED,
    )


def test_what_could_not_be_booked_is_told_and_stands_below(town, client):
    case = town.case()
    plan = draft(town)
    session = plan.sessions.get()
    BusyTime.objects.create(
        employee=case.owner, during=(session.starts_at, session.ends_at), source="test"
    )
    client.force_login(town.coordinator)

    page = text_of(client.post(reverse("sparring:plan_publish", args=[plan.pk]), follow=True))

    assert "1 sparring kunne ikke bookes" in page
    assert case.code in page
    assert not SparringSession.objects.filter(state=SessionState.PLANNED).exists()


def test_a_coordinator_of_no_municipality_plans_nothing(client):
    client.force_login(EmployeeFactory(unit=None, coordinator=True))

    assert client.get(reverse("sparring:plans")).status_code == 403


def test_neither_yes_nor_no_is_asked_again(town, client):
    case = town.case()
    session = book_session(
        actor=case.owner, case=case, partners=[town.colleagues[1]], starts_at=TEN
    )
    client.force_login(town.colleagues[1])

    page = client.post(reverse("sparring:answer", args=[session.pk]), {"answer": "måske"})

    assert "Vælg ja eller nej." in text_of(page)
    assert Participation.objects.get(employee=town.colleagues[1]).answer == Answer.INVITED
