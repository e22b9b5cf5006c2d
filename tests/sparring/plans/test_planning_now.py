"""The coordinator's overview: what lacks somebody, what was called off, who waits and why."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from people.roles import Role
from sparring.bookings.domain.absences import report_away
from sparring.bookings.domain.booking import book_session, cancel_session
from sparring.bookings.domain.invitations import answer_invitation
from sparring.bookings.domain.requests import request_sparring
from sparring.models import SparringSession
from sparring.plans.queries.planning_now import planning_now
from sparring.plans.queries.request_status import request_statuses
from tests.factories.people import EmployeeFactory
from tests.factories.planning import Town, moment, next_monday

pytestmark = pytest.mark.django_db
MONDAY = next_monday()
TEN = moment(MONDAY, "10.00")


@pytest.fixture
def town():
    return Town(colleagues=5)


def booked(town, *, hour="10.00", partners=1, owner=0):
    people = town.colleagues
    presenter = people[owner]
    partners = [person for person in people if person != presenter][:partners]
    return book_session(
        actor=presenter,
        case=town.case(owner=presenter),
        partners=partners,
        starts_at=moment(MONDAY, hour),
    )


def now_of(town):
    return planning_now(town.municipality, timezone.now())


def test_nothing_lacks_where_everything_stands(town):
    booked(town)

    found = now_of(town)

    assert (found.broken, found.called_off, found.waiting, found.to_repair) == ([], [], [], 0)


def test_who_has_fallen_out_and_what_was_called_off_stand_there_until_they_are_repaired(town):
    lacking = booked(town, partners=2)
    off = booked(town, hour="12.00", owner=3)
    answer_invitation(session=lacking, actor=town.colleagues[1], yes=False)
    cancel_session(session=off, actor=town.colleagues[3])

    found = now_of(town)

    assert (list(found.broken), list(found.called_off)) == ([lacking], [off])
    assert [row.request.case for row in found.waiting] == [off.case]
    book_session(
        actor=off.case.owner, case=off.case, partners=[town.colleagues[4]],
        starts_at=moment(MONDAY, "14.00"),
    )  # fmt: skip
    assert now_of(town).called_off == []


def test_a_presenter_who_is_away_breaks_a_session_too(town):
    session = booked(town)

    report_away(
        actor=town.colleagues[0], employee=town.colleagues[0], first_day=MONDAY, last_day=MONDAY
    )

    assert list(now_of(town).broken) == [session]


def test_what_was_called_off_long_ago_or_elsewhere_is_not_shown(town):
    other = Town(colleagues=2)
    for place in (town, other):
        session = booked(place)
        cancel_session(session=session, actor=place.colleagues[0])
    assert [row.case.municipality for row in now_of(town).called_off] == [town.municipality]

    SparringSession.objects.update(
        starts_at=timezone.now() - timedelta(days=15), ends_at=timezone.now() - timedelta(days=14)
    )

    assert now_of(town).called_off == []


def test_a_request_says_its_place_band_and_reasons(town):
    calm, pressing = town.case(), town.case(owner=town.colleagues[1])
    request_sparring(case=calm, actor=calm.owner, key_question="Hvad nu?")
    request_sparring(
        case=pressing, actor=pressing.owner, key_question="Hvad så?",
        deadline=timezone.localdate() + timedelta(days=3),
    )  # fmt: skip

    first, second = now_of(town).waiting

    assert (first.request.case, second.request.case) == (pressing, calm)
    assert (first.position, first.band) == (1, "high")
    assert first.reasons == ["Intet bud", "Ingen virksomhed"]


@pytest.mark.parametrize("count", [1, 3])
def test_a_fixed_number_of_questions(town, count, django_assert_num_queries):
    for number in range(count):
        request_sparring(case=town.case(), actor=town.colleagues[0], key_question="Hvad nu?")
        off = booked(town, hour=f"1{number}.00", owner=3)
        cancel_session(session=off, actor=town.colleagues[3])

    with django_assert_num_queries(3):
        found = now_of(town)
        [str(row.request.case.owner) for row in found.waiting]
        [str(row.case.owner) for row in found.called_off]


def test_the_overview_shows_it_and_leads_to_the_repair_in_one_click(town, client):
    lacking = booked(town, partners=2)
    answer_invitation(session=lacking, actor=town.colleagues[1], yes=False)
    case = town.case(owner=town.colleagues[2])
    request_sparring(case=case, actor=case.owner, key_question="Hemmeligt spørgsmål")
    client.force_login(town.coordinator)

    text = client.get("/").content.decode()

    assert "Mangler nogen" in text
    assert lacking.case.code in text
    assert f'href="{reverse("sparring:repair")}"' in text
    assert f"{reverse('sparring:waiting')}?sag={case.code}#{case.code}" in text
    assert "Nr. 1, ønsket" in text
    assert "Intet bud" in text
    assert "Hemmeligt spørgsmål" not in text


def test_the_link_of_a_request_opens_the_page_it_stands_on(town, client):
    cases = [town.case(owner=town.colleagues[number % 5]) for number in range(23)]
    client.force_login(town.coordinator)
    last = client.get(reverse("sparring:waiting"), {"page": 2}).context["rows"][-1].case
    assert last in cases

    response = client.get(reverse("sparring:waiting"), {"sag": last.code})

    assert response.context["page_obj"].number == 2
    assert f'id="{last.code}"' in response.content.decode()
    assert client.get(reverse("sparring:waiting"), {"sag": "XX-9"}).status_code == 200


def test_somebody_who_plans_nothing_sees_nothing_of_it(town, client):
    lacking = booked(town, partners=2)
    answer_invitation(session=lacking, actor=town.colleagues[1], yes=False)
    client.force_login(EmployeeFactory(unit=town.unit, roles=[Role.TEAM_LEADER]))

    text = client.get("/").content.decode()

    assert "Mangler nogen" not in text
    assert lacking.case.code not in text


def test_a_case_reads_its_place_or_its_day_and_is_not_asked_for_again(town, client):
    owner = town.colleagues[0]
    waits, has_a_day, neither = town.case(), town.case(), town.case()
    tomorrow = timezone.localdate() + timedelta(days=1)
    for case, deadline in ((town.case(owner=town.colleagues[1]), tomorrow), (waits, None)):
        request_sparring(case=case, actor=case.owner, key_question="Hvad nu?", deadline=deadline)
    book_session(actor=owner, case=has_a_day, partners=[town.colleagues[2]], starts_at=TEN)
    client.force_login(owner)

    statuses = request_statuses([waits, has_a_day, neither])
    rows = {row["title"]: row for row in client.get("/sager/").context["rows"]}

    assert statuses[waits.pk].text == "Ønsket, nr. 2 af 2"
    assert statuses[has_a_day.pk].text.startswith(f"Booket {MONDAY.day}. ")
    assert statuses[has_a_day.pk].is_booked
    assert neither.pk not in statuses
    assert rows[f"Sag {waits.code}"]["status"] == "Ønsket, nr. 2 af 2"
    request = reverse("sparring:request", args=["X"]).replace("X", "{}")
    asked = [request.format(case.code) for case in (waits, has_a_day)]
    assert not {row.get("action_url") for row in rows.values()} & set(asked)
    assert rows[f"Sag {neither.code}"]["status"] != ""


def test_the_page_of_a_case_says_the_place_of_its_request(town, client):
    case = town.case()
    request_sparring(case=case, actor=case.owner, key_question="Hvad nu?")
    client.force_login(case.owner)

    text = client.get(reverse("sparring:case_detail", args=[case.code])).content.decode()

    assert "Nummer 1 af 1" in text or "1 af 1" in text
    assert f'href="{reverse("sparring:request", args=[case.code])}"' not in text


def test_the_overview_of_the_caseworker_says_where_a_due_case_is(town, client):
    case = town.case()
    request_sparring(case=case, actor=case.owner, key_question="Hvad nu?")
    client.force_login(case.owner)

    text = client.get("/").content.decode()

    assert "Ønsket, nr. 1 af 1" in text
