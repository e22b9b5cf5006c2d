import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone, translation

from people.roles import Role
from sparring.beliefs.domain.needs import recompute
from sparring.bookings.domain.requests import request_sparring
from sparring.cases.domain.lifecycle import close_case
from sparring.cases.queries.overview import unit_counts
from sparring.cases.views.overview import greeting
from sparring.enums import Answer, ParticipantRole, RequestState, SessionState
from sparring.models import Case, RenewalNeed
from sparring.sessions.domain.outcomes import close_session
from stories.enums import ResponseKind
from story_library.domain.responses import respond
from tests.factories.kb import KeyFigureFactory, PublicationPageFactory
from tests.factories.people import EmployeeFactory, UnitFactory
from tests.factories.sessions import RequestFactory, SessionFactory, running_session, take_part
from tests.factories.sparring import BeliefFactory, CaseFactory
from tests.factories.stories import make_draft, make_published
from tests.sparring.sessions.test_outcomes import agreement

pytestmark = pytest.mark.django_db
LOCAL = ZoneInfo("Europe/Copenhagen")


@pytest.fixture(autouse=True)
def danish():
    with translation.override("da"):
        yield


def due_case(owner, days=100):
    case = CaseFactory(owner=owner)
    BeliefFactory(case=case, value=7, registered_at=timezone.localtime() - timedelta(days=days))
    recompute([case])
    return case


def look(client, person):
    client.force_login(person)
    response = client.get("/")
    assert response.status_code == 200
    return response, response.content.decode()


@pytest.mark.parametrize(
    ("hour", "words"), [(6, "Godmorgen"), (11, "Goddag"), (19, "Godaften"), (2, "Godaften")]
)
def test_the_greeting_follows_the_local_hour(hour, words):
    assert greeting("Mette", datetime(2026, 11, 26, hour, tzinfo=LOCAL)) == f"{words}, Mette"


@pytest.mark.parametrize("change", [datetime(2026, 3, 29, 6), datetime(2026, 10, 25, 6)])
def test_six_in_the_morning_is_morning_on_the_days_the_clock_changes(client, change):
    with time_machine.travel(change.replace(tzinfo=LOCAL), tick=False):
        _response, page = look(client, EmployeeFactory(first_name="Mette"))

    assert "Godmorgen, Mette" in page


def test_the_caseworker_sees_due_cases_with_reasons_and_their_own_belief(client):
    owner = EmployeeFactory(first_name="Mette")
    case = due_case(owner)
    due_case(EmployeeFactory(unit=owner.unit))

    response, page = look(client, owner)

    (task,) = response.context["rows"]
    assert (task["title"], task["belief"], task["belief_label"]) == (
        f"Sag {case.code}",
        7,
        "Din tro",
    )
    assert "Buddet er 100 dage gammelt." in task["reasons"]
    assert "1 af dine sager trænger til et nyt blik." in page
    assert "no-store" in response["Cache-Control"]


def test_a_predecessors_bid_is_not_shown_before_ones_own(client):
    case = due_case(EmployeeFactory())
    new = EmployeeFactory(unit=case.unit)
    Case.objects.filter(pk=case.pk).update(owner=new)

    (task,) = look(client, new)[0].context["rows"]

    assert (task["belief"], task["belief_label"]) == (None, "")
    assert task["reasons"][0] == "Giv dit eget bud, før du ser din forgængers."


@pytest.mark.parametrize("count", [1, 3])
def test_the_overview_asks_a_fixed_number_of_questions(client, count, django_assert_num_queries):
    owner = EmployeeFactory(roles=[Role.CASEWORKER, Role.COORDINATOR, Role.TEAM_LEADER])
    KeyFigureFactory(key="tro-og-udfald", live=True)
    for _ in range(count):
        request_sparring(case=due_case(owner), actor=owner, key_question="Hvad nu?")
        make_published()
    client.force_login(owner)
    client.get("/")  # Wagtail remembers the site's root paths

    with django_assert_num_queries(33):
        response = client.get("/")

    assert [len(response.context[name]) for name in ("rows", "waiting", "stories")] == [count] * 3


def test_the_coordinator_sees_wishes_of_the_own_municipality_only(client):
    case, foreign = due_case(EmployeeFactory()), due_case(EmployeeFactory())
    for other_case in (case, foreign):
        request_sparring(
            case=other_case, actor=other_case.owner, key_question="Hemmeligt spørgsmål"
        )
    coordinator = EmployeeFactory(unit=case.unit, coordinator=True)

    response, page = look(client, coordinator)

    assert [row.request.case for row in response.context["waiting"]] == [case]
    assert "Hemmeligt spørgsmål" not in page
    assert foreign.code not in page
    assert "1 ønske om sparring venter." in page


def team(size, due):
    unit = UnitFactory()
    owner = EmployeeFactory(unit=unit)
    for _ in range(due):
        due_case(owner)
    for _ in range(size - due):
        CaseFactory(owner=owner, started=timezone.localdate())
    recompute(Case.objects.filter(unit=unit))
    return EmployeeFactory(unit=unit, team_leader=True)


@pytest.mark.parametrize(
    ("size", "due", "shown"),
    [(12, 6, (12, 6)), (12, 4, (12, None)), (12, 9, (12, None)), (4, 2, (None, None)),
     (6, 6, (6, None)), (12, 12, (12, None)), (12, 0, (12, None))],
)  # fmt: skip
def test_the_leader_sees_no_number_that_tells_of_few(size, due, shown):
    counts = unit_counts(team(size, due))

    assert (counts.open, counts.due) == shown


@pytest.mark.parametrize(
    ("due", "held", "rest", "shown"),
    [(6, 6, 6, (6, 6)), (6, 6, 2, (6, None)), (6, 3, 9, (6, None)), (3, 6, 9, (None, 6))],
)
def test_what_is_held_back_gives_the_rest_not_away(due, held, rest, shown):
    leader = team(due + held + rest, due)
    calm = Case.objects.filter(unit=leader.unit, need__band="none").values("pk")[:held]
    RenewalNeed.objects.filter(case__in=list(calm.values_list("pk", flat=True))).update(
        held_back="snoozed"
    )

    counts = unit_counts(leader)

    assert (counts.due, counts.held_back) == shown


def test_a_number_that_is_held_back_says_so_in_two_words(client):
    """It may be the rest that is small; the reason stands once, below."""
    _response, page = look(client, team(12, 9))

    words = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert "Sager, der trænger til et nyt blik vises ikke" in words
    assert "for få" not in words
    assert words.count("Et tal vises ikke, hvor det selv eller resten er under 5.") == 1


def test_a_case_is_counted_once_however_often_it_was_wished_for():
    leader = team(6, 6)
    before = unit_counts(leader)
    for case in Case.objects.filter(unit=leader.unit):
        for _time in range(2):
            RequestFactory(case=case, state=RequestState.HELD)

    assert unit_counts(leader) == before


def test_the_leader_sees_counts_and_no_case(client):
    leader = team(12, 6)
    case = Case.objects.first()

    _response, page = look(client, leader)

    assert "Åbne sager" in page
    assert case.code not in page
    assert case.owner.first_name not in page


def test_the_next_session_is_shown_with_time_and_people(client):
    presenter = EmployeeFactory(first_name="Mette")
    session = SessionFactory(
        case=due_case(presenter),
        starts_at=timezone.now() + timedelta(days=2),
        people=["facilitator"],
    )
    (other,) = session.participations.exclude(employee=presenter)

    response, page = look(client, presenter)

    facts = dict(response.context["next_session"]["facts"])
    assert (facts["Sag"], facts["Med"]) == (
        session.case.code,
        other.employee.first_name,
    )
    assert "Din næste sparring er" in page


def test_a_closed_case_and_a_draft_story_are_not_on_the_overview(client):
    owner = EmployeeFactory()
    case = due_case(owner)
    close_case(case=case, actor=owner, closed_as="job")
    draft = make_draft()

    response, page = look(client, owner)

    assert response.context["rows"] == []
    assert draft.title not in page


@pytest.mark.parametrize("role", Role.values)
def test_every_role_has_an_overview(client, role):
    _response, page = look(client, EmployeeFactory(roles=[role], first_name="Mette"))

    assert "Mette" in page
    assert "Nye historier" in page


def test_the_research_figure_stands_with_base_rate_population_and_source(client):
    base = KeyFigureFactory(key="basistal", statement="Seks af hundrede kom i gang.", live=True)
    figure = KeyFigureFactory(key="tro-og-udfald", base_figure=base, live=True)

    _response, page = look(client, EmployeeFactory())

    for text in (figure.statement, base.statement, figure.population, figure.source.title):
        assert text in page


def test_what_waits_for_one_is_told_the_most_pressing_first(client):
    mette = EmployeeFactory(first_name="Mette")
    late = SessionFactory(
        case__owner=mette,
        state=SessionState.AWAITING_OUTCOME,
        starts_at=timezone.now() - timedelta(hours=3),
    )
    due = running_session(case=CaseFactory(owner=mette))
    today = timezone.localdate()
    close_session(
        actor=mette,
        session=due,
        agreement=agreement(due, follow_up_on=today + timedelta(days=3)),
    )
    asked = SessionFactory(
        case__owner=EmployeeFactory(unit=mette.unit), starts_at=timezone.now() + timedelta(days=2)
    )
    take_part(asked, mette, ParticipantRole.COLLEAGUE, Answer.INVITED)

    response, _page = look(client, mette)

    told = [label for label, _address in response.context["since"]]
    assert told[0] == f"Sparringen om {late.case.code} mangler sit udfald"
    assert f"Følg op på {due.case.code}, " in told[1]
    assert told[2] == "1 invitation venter på dit svar"
    assert len(told) == 3


def test_an_answer_to_ones_own_story_and_a_new_publication_are_told(client):
    story = make_published()
    respond(
        actor=EmployeeFactory(unit=story.author.unit), story=story, kind=ResponseKind.WILL_TRY,
        planned_for=timezone.localdate() + timedelta(days=7),
    )  # fmt: skip
    PublicationPageFactory(title="Ny viden om tro", first_published_at=timezone.now())

    response, _page = look(client, story.author)
    others, _page = look(client, EmployeeFactory())

    told = [label for label, _address in response.context["since"]]
    assert told == [f"»Vi vil prøve« til din historie »{story.title}«", "Nyt: »Ny viden om tro«"]
    assert [label for label, _address in others.context["since"]] == told[1:]
