"""Offers, what goes on beside what, success at a workplace, and what a follow-up asks."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from kb.models import Offer
from sparring.beliefs.domain.actions import mark_parallel, plan_action, report_success
from sparring.beliefs.queries.facts import facts_for
from sparring.models import FollowUp, RenewalNeed
from sparring.sessions.domain.outcomes import follow_up
from tests.factories.people import EmployeeFactory
from tests.factories.sessions import running_session
from tests.factories.sparring import ActionFactory, CaseFactory
from tests.sparring.sessions.test_outcomes import close

pytestmark = pytest.mark.django_db


def day(days):
    return timezone.localdate() + timedelta(days=days)


@pytest.fixture
def offers():
    """A closed course and what can be done instead."""
    instead = Offer.objects.create(slug="laering", name="Læring på stedet", action_kind="course")
    closed = Offer.objects.create(
        slug="kursus", name="Kort kursus", action_kind="course", closed_on=day(-40),
        closed_because="Sparet væk", alternative=instead,
    )  # fmt: skip
    return closed, instead


def plan(case, **rest):
    return plan_action(case=case, actor=case.owner, planned_for=day(5), **rest)


def test_a_closed_offer_is_refused_with_what_can_be_done_instead(offers):
    closed, instead = offers
    case = CaseFactory()

    with pytest.raises(ValidationError) as error:
        plan(case, kind="course", offer=closed)

    assert error.value.message_dict == {
        "offer": ["Tilbuddet er lukket: Sparet væk. I stedet: Læring på stedet."]
    }
    with pytest.raises(ValidationError):
        plan(case, kind="placement", offer=instead)
    assert plan(case, kind="course", offer=instead).offer == instead


def test_closed_offers_stand_beside_the_form_and_at_an_action_that_used_one(client, offers):
    closed, instead = offers
    case = CaseFactory()
    action = plan(case, kind="course", offer=instead)
    type(action).objects.update(offer=closed)
    client.force_login(case.owner)

    form = client.get(reverse("sparring:action_plan", args=[case.code])).content.decode()
    page = client.get(reverse("sparring:case_detail", args=[case.code])).content.decode()

    assert "Kort kursus" in form
    assert f'value="{closed.pk}"' not in form
    for shown in (form, page):
        assert "Sparet væk" in shown
        assert "I stedet: Læring på stedet." in shown


def test_beside_counts_both_ways_and_takes_the_staircase_away(client):
    case = CaseFactory()
    case.municipality.renewal_thresholds = {"enabled": ["R12"]}
    case.municipality.save()
    course = plan(case, kind="course")
    company = plan_action(case=case, actor=case.owner, kind="placement", planned_for=day(50))
    assert [hit["code"] for hit in RenewalNeed.objects.get(case=case).hits] == ["R12"]
    client.force_login(case.owner)
    detail = reverse("sparring:case_detail", args=[case.code])
    assert "virksomheden kommer sidst" in client.get(detail).content.decode()

    address = reverse("sparring:action_beside", args=[case.code, company.pk])
    client.post(address, {"parallel_with": [course.pk]})

    assert list(course.parallel_with.all()) == [company]
    assert RenewalNeed.objects.get(case=case).hits == []
    assert all(action.parallel for action in facts_for([case], today=day(0))[case.pk].actions)
    page = client.get(detail).content.decode()
    assert "virksomheden kommer sidst" not in page
    assert "Foregår samtidig med: kort kursus" in page.replace("\n", " ") or "samtidig med:" in page


def test_another_cases_action_is_nothing_to_go_on_beside():
    case, other = CaseFactory(), ActionFactory()

    with pytest.raises(ValidationError):
        plan(case, kind="course", parallel_with=[other])
    mine = plan(case, kind="course")
    with pytest.raises(ValidationError):
        mark_parallel(action=mine, actor=case.owner, others=[other])


def test_a_success_at_the_workplace_is_kept_and_shown(client):
    case = CaseFactory()
    begun = plan_action(case=case, actor=case.owner, kind="placement", started_on=day(-9))
    with pytest.raises(PermissionDenied):
        report_success(action=begun, actor=EmployeeFactory(unit=case.unit), moment="Nej.")
    with pytest.raises(ValidationError):
        report_success(action=plan(case, kind="course"), actor=case.owner, moment="For tidligt.")
    client.force_login(case.owner)

    address = reverse("sparring:action_success", args=[case.code, begun.pk])
    client.post(address, {"moment": "Hun lukkede butikken selv."})

    page = client.get(reverse("sparring:case_detail", args=[case.code])).content.decode()
    assert "Succes på arbejdspladsen" in page
    assert "Hun lukkede butikken selv." in page


def test_a_follow_up_keeps_the_reaction_the_belief_and_what_is_next():
    session = running_session()
    outcome = close(session)
    owner = session.case.owner

    done = follow_up(
        actor=owner, follow_up=outcome.follow_up, action_done="partly", note="Kun det ene sted.",
        citizen_reaction="Jeg vil gerne se det andet.", value=7,
        because="Hun ringede selv til kantinen.",
        next_step="Besøg nummer to.",
    )  # fmt: skip

    assert (done.belief.value, done.belief.setting) == (7, "follow_up")
    assert (done.citizen_reaction, done.next_step) == (
        "Jeg vil gerne se det andet.",
        "Besøg nummer to.",
    )


def test_a_number_again_needs_its_reason_and_is_the_caseworkers_alone():
    session = running_session()
    colleague = session.participations.exclude(employee=session.case.owner).first().employee
    outcome = close(session, responsible=colleague)
    rest = {"follow_up": outcome.follow_up, "action_done": "yes", "value": 7}

    with pytest.raises(ValidationError) as error:
        follow_up(actor=session.case.owner, because=" ", **rest)
    assert list(error.value.message_dict) == ["because"]
    with pytest.raises(PermissionDenied):
        follow_up(actor=colleague, because="Jeg tror på det nu.", **rest)
    outcome.follow_up.refresh_from_db()
    assert outcome.follow_up.done_at is None


@pytest.mark.parametrize(
    ("ahead", "values", "state"),
    [
        (3, {}, "coming"),
        (0, {}, "today"),
        (-1, {}, "overdue"),
        (-1, {"done_at": timezone.now()}, "done"),
        (-1, {"dropped_because": "Flyttet"}, "dropped"),
    ],
)
@time_machine.travel("2026-11-24 10:00+01:00", tick=False)
def test_the_state_of_a_follow_up(ahead, values, state):
    assert FollowUp(due_on=day(ahead), **values).state == state
