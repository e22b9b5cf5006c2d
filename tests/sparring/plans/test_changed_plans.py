"""A plan's page tells of the plan as it is now: no other plan's proof or table."""

import pytest
from django.urls import reverse

from sparring.beliefs.domain.beliefs import register_belief
from sparring.bookings.domain.changes import change_partner
from sparring.bookings.domain.drafts import remove_from_plan
from sparring.colleagues.pair_report import colleagues
from sparring.enums import ParticipantRole
from sparring.plans.domain.make_plan import make_plan
from sparring.plans.domain.publishing import publish_plan
from sparring.plans.queries.plans import plan_view
from tests.factories.planning import Town, next_monday

pytestmark = pytest.mark.django_db
PROVEN = "Det er bevist"
CHANGED = "Planen er ændret, efter at den blev bevist"


@pytest.fixture
def town():
    return Town(colleagues=4)


def plan_for(town):
    return make_plan(
        actor=town.coordinator, municipality=town.municipality, first_day=next_monday(), days=14
    )


def partner_of(session):
    return session.participations.exclude(role=ParticipantRole.PRESENTER).get().employee


def page(client, town, plan):
    client.force_login(town.coordinator)
    return client.get(reverse("sparring:plan", args=[plan.pk])).content.decode()


def load(plan):
    return {str(load.employee): (load.in_plan, load.left) for load in plan_view(plan).load}


@pytest.mark.parametrize("published", [False, True])
def test_a_seat_changed_by_hand_is_counted_and_the_proof_is_not_claimed(client, town, published):
    town.case()
    plan = plan_for(town)
    before = load(plan)
    session = plan.sessions.get()
    leaving = partner_of(session)
    coming = next(colleague for colleague in town.colleagues[1:] if colleague != leaving)
    assert PROVEN in page(client, town, plan)
    if published:
        plan = publish_plan(actor=town.coordinator, plan=plan).plan
        session.refresh_from_db()

    change_partner(
        session=session, actor=town.coordinator, leaving=leaving, coming=coming, confirmed=True
    )

    text = page(client, town, plan)
    assert PROVEN not in text
    assert CHANGED in text
    assert "koster hele planen" not in text
    after = load(plan)
    assert (before[str(leaving)][0], before[str(coming)][0]) == (1, 0)
    assert (after[str(leaving)][0], after[str(coming)][0]) == (0, 1)
    assert after[str(coming)][1] == before[str(coming)][1] - 1
    assert {colleague.loses for colleague in colleagues(session)} == {None}


def test_a_session_taken_out_changes_the_plan_too(client, town):
    first = town.case()
    town.case(owner=town.colleagues[1])
    plan = plan_for(town)
    session = plan.sessions.get(case=first)
    partner = partner_of(session)
    before = load(plan)[str(partner)][0]

    remove_from_plan(actor=town.coordinator, session=session)

    plan.refresh_from_db()
    assert load(plan)[str(partner)][0] == before - 1
    assert CHANGED in page(client, town, plan)


def test_somebody_put_in_who_was_never_asked_stands_in_the_table(client, town):
    town.case()
    late = town.colleagues[3]
    late.max_per_7_days = late.max_per_30_days = 0
    late.save()
    plan = plan_for(town)
    assert str(late) not in load(plan)
    session = plan.sessions.get()

    change_partner(
        session=session, actor=town.coordinator, leaving=partner_of(session), coming=late,
        confirmed=True,
    )  # fmt: skip

    assert load(plan)[str(late)] == (1, 0)


@pytest.mark.parametrize("published", [False, True])
def test_a_new_belief_takes_its_reason_off_the_plan(client, town, published):
    case = town.case()
    plan = plan_for(town)
    assert "Intet bud" in page(client, town, plan)
    if published:
        plan = publish_plan(actor=town.coordinator, plan=plan).plan

    register_belief(case=case, actor=case.owner, value=6, because="Han møder til tiden hver dag.")

    assert "Intet bud" not in page(client, town, plan)
    assert "Ingen virksomhed" in page(client, town, plan)
