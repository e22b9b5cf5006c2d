"""»Var det den rette kollega?«: asked of one person, read by nobody else, weighed a little."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from people.roles import Role
from privacy.leaks import tables_holding
from privacy.models import AuditEntry
from sparring.colleagues.affinity import WEIGHTS, affinity
from sparring.colleagues.calendars import read_calendars
from sparring.colleagues.constraints import read_rules
from sparring.colleagues.pair_report import describe_pair
from sparring.demo import feedback as demo
from sparring.enums import Answer, ParticipantRole, RightColleague
from sparring.feedback.domain.colleague_answers import (
    KEPT,
    answer_about_colleague,
    forget_old_answers,
)
from sparring.handovers.domain.handing_over import hand_over
from sparring.models import ColleagueAnswer
from sparring.plans.domain.make_plan import make_plan
from tests.factories.people import EmployeeFactory
from tests.factories.planning import Town, next_monday
from tests.factories.sessions import SessionFactory, people_of, running_session, take_part
from tests.factories.sparring import CaseFactory
from tests.sparring.journal.scenes import closed_session
from tests.sparring.pages import client_of, url

pytestmark = pytest.mark.django_db
QUESTION = "Var det den rette kollega?"


def answered(session, answer, actor=None):
    return answer_about_colleague(actor=actor or session.case.owner, session=session, answer=answer)


def stored():
    return list(ColleagueAnswer.objects.values_list("session", "answered_by", "answer"))


@pytest.mark.parametrize("answer", RightColleague.values)
def test_one_click_answers(answer):
    session = closed_session()
    client = client_of(session.case.owner)

    response = client.post(url("right_colleague", session.pk), {"answer": answer})

    assert response.status_code == 302
    assert stored() == [(session.pk, session.case.owner_id, answer)]
    page = client.get(response["Location"]).content.decode()
    assert page.count('aria-pressed="true"') == 1


def test_it_is_changed_and_withdrawn_by_the_same_click():
    session = closed_session()
    answered(session, "yes")

    answered(session, "no")
    assert [row[2] for row in stored()] == ["no"]
    assert answered(session, "") is None

    assert stored() == []


def test_htmx_gets_the_question_again_with_the_answer_pressed():
    session = closed_session()

    page = client_of(session.case.owner).post(
        url("right_colleague", session.pk), {"answer": "maybe"}, headers={"HX-Request": "true"}
    ).content.decode()  # fmt: skip

    assert "<html" not in page
    assert page.count('aria-pressed="true"') == 1
    assert "Tak. Du kan ændre det" in page


@pytest.mark.parametrize("seat", [1, 2])
def test_the_colleagues_are_not_asked_and_see_nothing(seat):
    session = closed_session()
    colleague = people_of(session)[seat]
    before = client_of(colleague).get(url("session", session.pk)).content.decode()
    answered(session, "no")

    with pytest.raises(PermissionDenied):
        answered(session, "yes", actor=colleague)
    assert client_of(colleague).post(url("right_colleague", session.pk)).status_code == 404
    page = client_of(colleague).get(url("session", session.pk)).content.decode()
    assert QUESTION not in page
    assert "aria-pressed" not in page
    assert len(page) == len(before)


def test_no_leader_and_no_coordinator_reaches_it():
    session = closed_session()
    answered(session, "no")

    for role in sorted(set(Role.values) - {Role.CASEWORKER}):
        person = EmployeeFactory(unit=session.case.unit, roles=[role])
        answer = client_of(person).post(url("right_colleague", session.pk), {"answer": "yes"})
        assert answer.status_code in (403, 404)
    assert [row[2] for row in stored()] == ["no"]


def test_the_audit_says_that_and_never_what():
    session = closed_session()

    answered(session, "maybe")

    entry = AuditEntry.objects.get(action="session.answer_about_colleague")
    assert entry.actor == session.case.owner
    assert entry.details == {"case": session.case.pk}
    assert tables_holding('"maybe"') == []


def test_who_sat_alone_is_not_asked():
    session = closed_session()
    session.participations.exclude(role=ParticipantRole.PRESENTER).update(answer=Answer.NO)

    page = client_of(session.case.owner).get(url("session", session.pk)).content.decode()

    assert QUESTION not in page


def test_it_is_asked_once_the_session_is_closed():
    session = running_session()

    with pytest.raises(ValidationError):
        answered(session, "yes")
    assert (
        QUESTION
        not in client_of(session.case.owner).get(url("session", session.pk)).content.decode()
    )


def test_a_word_that_is_no_answer_is_refused():
    session = closed_session()

    with pytest.raises(ValidationError):
        answered(session, "aldrig")
    client_of(session.case.owner).post(url("right_colleague", session.pk), {"answer": "aldrig"})
    assert stored() == []
    with pytest.raises(IntegrityError), transaction.atomic():
        ColleagueAnswer.objects.create(
            session=session,
            answered_by=session.case.owner,
            answer="aldrig",
            answered_on=timezone.localdate(),
        )


def test_an_answer_belongs_to_one_session():
    session = closed_session()
    answered(session, "yes")

    with pytest.raises(IntegrityError), transaction.atomic():
        ColleagueAnswer.objects.create(
            session=session,
            answered_by=session.case.owner,
            answer="no",
            answered_on=timezone.localdate(),
        )


def test_whoever_has_handed_the_case_over_no_longer_answers():
    session = closed_session()
    before, after = session.case.owner, EmployeeFactory(unit=session.case.unit)
    hand_over(case=session.case, actor=before, to=after)

    for person in (before, after):
        with pytest.raises(PermissionDenied):
            answered(session, "yes", actor=person)


def test_old_answers_and_those_of_people_who_left_are_deleted():
    today = timezone.localdate()
    kept, old, left = closed_session(), closed_session(), closed_session()
    for session in (kept, old, left):
        answered(session, "yes")
    ColleagueAnswer.objects.filter(session=kept).update(
        answered_on=today - KEPT + timedelta(days=1)
    )
    ColleagueAnswer.objects.filter(session=old).update(answered_on=today - KEPT)
    owner = left.case.owner
    owner.is_active = False
    owner.save()

    assert forget_old_answers(today) == 2
    assert [row[0] for row in stored()] == [kept.pk]
    assert forget_old_answers(today) == 0


# What the matcher makes of it.


def weighed(owner, people):
    case = CaseFactory(owner=owner)
    today = next_monday()
    return affinity(
        [case],
        people,
        hits={},
        calendars=read_calendars(people, today, 7),
        rules=read_rules([case]),
        first_day=today,
    )


def test_the_weights_add_up_to_one():
    assert sum(WEIGHTS.values()) == pytest.approx(1)


def test_the_newest_answer_counts_for_everybody_who_came():
    session = closed_session()
    owner, leader, colleague = people_of(session)
    declined = EmployeeFactory(unit=session.case.unit)
    take_part(session, declined, ParticipantRole.COLLEAGUE, Answer.NO)
    answered(session, "yes")
    older = SessionFactory(
        case=CaseFactory(owner=owner), starts_at=timezone.now() - timedelta(days=40)
    )
    take_part(older, leader, ParticipantRole.FACILITATOR)
    ColleagueAnswer.objects.create(
        session=older,
        answered_by=owner,
        answer="no",
        answered_on=timezone.localdate() - timedelta(days=40),
    )

    parts = weighed(owner, [leader, colleague, declined])

    assert parts.answered.tolist() == [[1.0, 1.0, 0.5]]


@pytest.mark.parametrize(("answer", "moved"), [("yes", 20_000), ("maybe", 0), ("no", -20_000)])
def test_an_answer_moves_the_pair_by_two_of_a_hundred_and_no_page_shows_it(answer, moved):
    session = closed_session()
    owner, leader, _colleague = people_of(session)
    before = weighed(owner, [leader])

    answered(session, answer)
    after = weighed(owner, [leader])

    assert (after.total() - before.total()).tolist() == [[moved]]
    assert np.array_equal(after.shown(), before.shown())
    assert after.parts(0, 0) == before.parts(0, 0)
    assert "answered" not in after.parts(0, 0)


def test_another_caseworkers_cases_and_the_other_way_round_are_not_moved():
    session = closed_session()
    owner, leader, _colleague = people_of(session)
    answered(session, "no")
    stranger = EmployeeFactory(unit=session.case.unit)

    assert weighed(stranger, [leader]).answered.tolist() == [[0.5]]
    assert weighed(leader, [owner]).answered.tolist() == [[0.5]]


def test_the_fit_that_is_shown_is_the_same_whatever_was_answered():
    session = closed_session()
    owner, leader, _colleague = people_of(session)
    case, at = CaseFactory(owner=owner), timezone.now() + timedelta(days=7)
    before = describe_pair(case, leader, at)

    answered(session, "no")

    assert describe_pair(case, leader, at) == before


def met(owner, colleague, answer, *, days):
    """The two sat together long ago, and the owner has answered."""
    pause = {"status": "paused", "paused_reason": "Venter.", "paused_until": next_monday()}
    session = SessionFactory(
        case=CaseFactory(owner=owner, **pause),
        state="closed",
        starts_at=timezone.now() - timedelta(days=days),
    )
    take_part(session, colleague, ParticipantRole.FACILITATOR)
    ColleagueAnswer.objects.create(
        session=session,
        answered_by=owner,
        answer=answer,
        answered_on=timezone.localdate() - timedelta(days=days),
    )


@pytest.mark.parametrize("liked", [1, 2])
def test_a_plan_prefers_the_right_colleague_and_its_proof_holds(liked, client):
    town = Town(colleagues=3)
    owner = town.colleagues[0]
    for number in (1, 2):
        met(owner, town.colleagues[number], "yes" if number == liked else "no", days=300 + number)
    town.case(owner=owner)

    plan = make_plan(
        actor=town.coordinator, municipality=town.municipality, first_day=next_monday(), days=14
    )

    session = plan.sessions.exclude(state="closed").get()
    partners = session.participations.exclude(role=ParticipantRole.PRESENTER)
    assert [row.employee for row in partners] == [town.colleagues[liked]]
    assert plan.certificate["dual_gap"] == pytest.approx(0, abs=1e-6)
    explanation = session.match_explanation
    shown = {parts["affinity"] for parts in explanation["partners"].values()}
    others = explanation["others"]
    # The two fit alike for all that a page says, and choosing the other costs nothing there.
    assert shown == {other["affinity"] for other in others}
    assert [other["loses"] for other in others] == [0.0]
    client.force_login(town.coordinator)
    page = client.get(reverse("sparring:plan", args=[plan.pk])).content.decode()
    assert QUESTION not in page


def test_the_demo_answers_and_leaves_the_newest_sessions_to_be_answered():
    old, new = closed_session(), closed_session()
    type(old).objects.filter(pk=old.pk).update(closed_at=timezone.now() - timedelta(days=30))

    assert demo.load() == {"answers about colleagues": 1}
    assert [row[0] for row in stored()] == [old.pk]
    assert demo.load() == {"answers about colleagues": 0}
    assert new.pk not in {row[0] for row in stored()}
