"""A proof is claimed only of what was proven; a draft says what solving it again would give."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from people.enums import AbsenceKind
from people.models import Absence
from sparring.bookings.domain.changes import change_partner, change_time
from sparring.bookings.domain.drafts import discard_plan, remove_from_plan
from sparring.bookings.domain.requests import request_sparring
from sparring.enums import ParticipantRole, PlanState
from sparring.models import SparringPlan
from sparring.plans.domain.make_plan import make_plan, solve_again
from sparring.plans.domain.publishing import publish_plan
from sparring.plans.queries.plan_load import load_now
from sparring.plans.standing import standing_of
from tests.factories.people import EmployeeFactory
from tests.factories.planning import Town, next_monday

pytestmark = pytest.mark.django_db
MONDAY = next_monday()


@pytest.fixture
def town():
    town = Town(colleagues=4)
    town.colleagues[1].theme_numbers = [1]  # R0 points at theme 1: the best of the four
    town.colleagues[1].save()
    return town


def draft(town, **values):
    return make_plan(
        actor=town.coordinator,
        municipality=town.municipality,
        **{"first_day": MONDAY, "days": 14, **values},
    )


def partner_of(session):
    return session.participations.exclude(role=ParticipantRole.PRESENTER).get().employee


def standing(plan):
    plan.refresh_from_db()
    return standing_of(plan, timezone.now())


def give_to(town, plan, colleague):
    session = plan.sessions.get()
    change_partner(
        session=session,
        actor=town.coordinator,
        leaving=partner_of(session),
        coming=colleague,
        confirmed=True,
    )


def test_a_draft_that_nobody_touched_is_still_the_one_that_was_proven(town):
    town.case()
    request_sparring(case=town.case(), actor=town.colleagues[0], key_question="Hvad nu?")

    found = standing(draft(town))

    assert (found.holds, found.changed, found.gain) == (True, False, None)


def test_a_poorer_colleague_by_hand_costs_points_and_solving_again_gives_them_back(town):
    town.case()
    plan = draft(town)
    assert partner_of(plan.sessions.get()) == town.colleagues[1]

    give_to(town, plan, town.colleagues[2])
    found = standing(plan)
    again = solve_again(actor=town.coordinator, plan=plan)

    assert (found.holds, found.changed) == (False, True)
    assert found.gain is not None
    assert (found.gain.sessions, found.gain.is_some) == (0, True)
    assert found.gain.points > 1
    assert partner_of(again.sessions.get()) == town.colleagues[1]
    assert (again.first_day, again.last_day) == (plan.first_day, plan.last_day)
    assert standing(again).holds
    plan.refresh_from_db()
    assert plan.state == PlanState.DISCARDED


def test_another_time_by_hand_costs_the_whole_nothing(town):
    town.case()
    plan = draft(town)
    session = plan.sessions.get()

    change_time(
        session=session,
        actor=town.coordinator,
        starts_at=session.starts_at + timedelta(days=1),
        confirmed=True,
    )
    found = standing(plan)

    assert (found.holds, found.changed) == (False, True)
    assert found.gain is not None
    assert not found.gain.is_some


def test_a_session_taken_out_is_one_that_solving_again_would_have(town):
    town.case()
    plan = draft(town)

    remove_from_plan(actor=town.coordinator, session=plan.sessions.get())
    found = standing(plan)

    assert found.gain is not None
    assert (found.holds, found.gain.sessions) == (False, 1)


def test_an_illness_since_the_draft_ends_the_proof_though_nobody_touched_the_plan(town):
    town.case()
    plan = draft(town)
    session = plan.sessions.get()
    day = timezone.localdate(session.starts_at)

    Absence.objects.create(
        employee=partner_of(session), kind=AbsenceKind.AWAY, first_day=day, last_day=day
    )
    found = standing(plan)

    assert found.gain is not None
    assert (found.holds, found.changed, found.gain.sessions) == (False, False, 1)


def test_a_case_that_has_come_since_ends_the_proof_too(town):
    town.case()
    plan = draft(town)

    town.case(owner=town.colleagues[2])
    found = standing(plan)

    assert found.gain is not None
    assert (found.holds, found.gain.sessions) == (False, 1)


def test_a_published_plan_is_repaired_and_not_solved_again(town):
    town.case()
    plan = publish_plan(actor=town.coordinator, plan=draft(town)).plan
    assert standing(plan).holds

    give_to(town, plan, town.colleagues[2])

    assert (standing(plan).holds, standing(plan).gain) == (False, None)
    with pytest.raises(ValidationError):
        solve_again(actor=town.coordinator, plan=plan)


def test_only_a_coordinator_of_the_municipality_solves_again(town):
    town.case()
    plan = draft(town)

    for stranger in (town.colleagues[0], EmployeeFactory(coordinator=True)):
        with pytest.raises(PermissionDenied):
            solve_again(actor=stranger, plan=plan)

    assert standing(plan).holds


def test_the_page_offers_it_and_two_clicks_make_one_new_draft(town, client):
    town.case()
    plan = draft(town)
    client.force_login(town.coordinator)
    address, button = (
        reverse("sparring:plan", args=[plan.pk]),
        reverse("sparring:plan_again", args=[plan.pk]),
    )
    assert button not in client.get(address).content.decode()
    give_to(town, plan, town.colleagues[2])

    text = client.get(address).content.decode()
    first, second = client.post(button), client.post(button)

    assert button in text
    assert "Planen er ændret, efter at den blev bevist" in text
    new = SparringPlan.objects.get(state=PlanState.DRAFT)
    assert first["Location"] == reverse("sparring:plan", args=[new.pk])
    assert second["Location"] == address
    assert SparringPlan.objects.count() == 2
    assert button not in client.get(address).content.decode()


def test_the_page_says_when_nothing_would_be_gained(town, client):
    town.case()
    plan = draft(town)
    give_to(town, plan, town.colleagues[2])
    give_to(town, plan, town.colleagues[1])
    client.force_login(town.coordinator)

    text = client.get(reverse("sparring:plan", args=[plan.pk])).content.decode()

    assert "ville der ikke være noget at vinde" in text
    assert reverse("sparring:plan_again", args=[plan.pk]) not in text


def test_the_load_is_of_what_stands_and_follows_limits_and_new_sessions(town):
    town.case()
    plan = draft(town)
    best = town.colleagues[1]
    before = {load.employee: load for load in load_now(plan)}[best]
    assert (before.before, before.in_plan) == (0, 1)

    best.max_per_7_days = 1
    best.save()
    after = {load.employee: load for load in load_now(plan)}[best]
    give_to(town, plan, town.colleagues[2])
    given = {load.employee: load for load in load_now(plan)}[best]

    assert (before.left, after.left, after.in_plan) == (3, 1, 1)
    assert (given.left, given.in_plan) == (2, 0)


def test_a_plan_that_was_thrown_away_has_no_load(town):
    town.case()
    plan = discard_plan(actor=town.coordinator, plan=draft(town))

    assert load_now(plan) == []
