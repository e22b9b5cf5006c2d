from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from privacy.models import AuditEntry
from sparring.enums import (
    ActionDone,
    ActionKind,
    BeliefSetting,
    ChangedMind,
    RequestState,
    SessionState,
)
from sparring.models import Action, Belief, Case, FollowUp, Outcome
from sparring.sessions.domain.outcomes import Agreement, close_session, drop_follow_up, follow_up
from sparring.sessions.domain.rounds import give_bid
from sparring.sessions.domain.steps import end_session
from sparring.sessions.queries.sessions import sessions_of
from tests.factories.people import EmployeeFactory
from tests.factories.sessions import SessionFactory, people_of, running_session
from tests.factories.sparring import BeliefFactory

pytestmark = pytest.mark.django_db


def day(days):
    return timezone.localdate() + timedelta(days=days)


def agreement(session, **values):
    return replace(
        Agreement(
            value=6,
            because="Hun har selv fundet to steder, hun vil se.",
            kind=ActionKind.COMPANY_VISIT,
            what="Besøge det ene sted sammen.",
            responsible=session.case.owner,
            first_step_on=day(7),
            deadline=day(10),
            citizen_told="At vi tager afsted sammen i næste uge.",
            citizen_told_on=day(2),
        ),
        **values,
    )


def close(session, **values):
    return close_session(
        actor=session.case.owner, session=session, agreement=agreement(session, **values)
    )


def test_closing_stores_belief_action_word_and_date_at_once():
    session = running_session()

    outcome = close(session)

    session.refresh_from_db()
    session.request.refresh_from_db()
    assert (session.state, session.request.state) == (SessionState.CLOSED, RequestState.HELD)
    assert (outcome.belief.value, outcome.belief.setting) == (6, BeliefSetting.SPARRING)
    assert (outcome.action.outcome_of.session, outcome.action.deadline) == (session, day(10))
    assert outcome.follow_up.due_on == day(30)
    assert session.case.need.held_back == "recent"
    assert AuditEntry.objects.filter(action="session.close").count() == 1


def test_a_session_that_waits_for_its_outcome_is_closed_too():
    session = running_session()
    end_session(actor=session.case.owner, session=session)

    assert close(session).pk


@pytest.mark.parametrize(
    "field",
    [
        "value",
        "because",
        "kind",
        "what",
        "responsible",
        "first_step_on",
        "deadline",
        "citizen_told",
        "citizen_told_on",
    ],
)
def test_nothing_is_stored_while_something_is_missing(field):
    session = running_session()
    empty = "" if field in ("because", "kind", "what", "citizen_told") else None

    with pytest.raises(ValidationError) as error:
        close(session, **{field: empty})

    assert list(error.value.message_dict) == [field]
    assert not Belief.objects.exists()
    assert not Action.objects.exists()
    assert not Outcome.objects.exists()
    session.refresh_from_db()
    assert session.state == SessionState.RUNNING


def test_all_that_is_missing_is_told_at_once():
    session = running_session()

    with pytest.raises(ValidationError) as error:
        close_session(actor=session.case.owner, session=session, agreement=Agreement())

    assert len(error.value.message_dict) == 9


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"value": 11}, "value"),
        ({"because": "Se 010190-1234"}, "because"),
        ({"kind": "tryllestav"}, "kind"),
        ({"what": "Ring til 010190-1234"}, "what"),
        ({"deadline": day(-1)}, "deadline"),
        ({"citizen_told": "Cpr 010190-1234"}, "citizen_told"),
        ({"citizen_told_on": day(-1)}, "citizen_told_on"),
        ({"follow_up_on": day(-1)}, "follow_up_on"),
        ({"first_step_on": day(-1)}, "first_step_on"),
        ({"first_step_on": day(15)}, "first_step_on"),
        ({"chosen_because": "derfor"}, "chosen_because"),
    ],
)
def test_closing_refuses(values, field):
    session = running_session()

    with pytest.raises(ValidationError) as error:
        close(session, **values)

    assert list(error.value.message_dict) == [field]
    assert not Belief.objects.exists()


def test_only_somebody_in_the_session_is_responsible():
    session = running_session()

    with pytest.raises(ValidationError) as error:
        close(session, responsible=EmployeeFactory(unit=session.case.unit))

    assert list(error.value.message_dict) == ["responsible"]


def test_partners_and_outsiders_close_nothing():
    session = running_session()
    for actor in [*people_of(session)[1:], EmployeeFactory()]:
        with pytest.raises(PermissionDenied):
            close_session(actor=actor, session=session, agreement=agreement(session))


def test_a_session_is_closed_once():
    session = running_session()
    close(session)

    with pytest.raises(ValidationError):
        close(session)


def test_a_planned_session_is_not_closed():
    with pytest.raises(ValidationError):
        close(SessionFactory())


@pytest.mark.parametrize(
    ("before", "after", "changed"),
    [(4, 6, ChangedMind.UP), (6, 6, ChangedMind.SAME), (8, 6, ChangedMind.DOWN)],
)
def test_a_changed_mind_is_read_off_the_blind_bid(before, after, changed):
    session = running_session(step=4)
    BeliefFactory(case=session.case, value=6)
    give_bid(actor=session.case.owner, session=session, value=before, because="Mødet gik bedre nu.")

    assert close(session, value=after).changed_mind == changed


def test_without_a_bid_it_is_read_off_the_last_belief():
    session = running_session()
    BeliefFactory(case=session.case, value=9)

    assert close(session, value=6).changed_mind == ChangedMind.DOWN


def test_partners_see_the_case_for_14_days_more():
    session = running_session()
    presenter, _, colleague = people_of(session)
    close(session)
    closed = timezone.now()

    with time_machine.travel(closed + timedelta(days=13, hours=23)):
        assert sessions_of(colleague).exists()
        assert Case.objects.visible_to(colleague).exists()
    with time_machine.travel(closed + timedelta(days=14, minutes=1)):
        assert not sessions_of(colleague).exists()
        assert not Case.objects.visible_to(colleague).exists()
        assert sessions_of(presenter).exists()


def test_a_yes_marks_the_agreement_as_done():
    session = running_session()
    row = close(session).follow_up

    row = follow_up(actor=session.case.owner, follow_up=row, action_done=ActionDone.YES)

    assert row.done_at is not None
    assert Action.objects.get().done_on == day(0)
    with pytest.raises(ValidationError):
        follow_up(actor=session.case.owner, follow_up=row, action_done=ActionDone.YES)


@pytest.mark.parametrize("answer", [ActionDone.NO, ActionDone.PARTLY])
def test_a_no_says_why(answer):
    session = running_session()
    row = close(session).follow_up
    owner = session.case.owner

    with pytest.raises(ValidationError) as error:
        follow_up(actor=owner, follow_up=row, action_done=answer)
    assert list(error.value.message_dict) == ["note"]
    follow_up(actor=owner, follow_up=row, action_done=answer, note="Stedet havde lukket.")

    assert FollowUp.objects.get().note == "Stedet havde lukket."
    assert Action.objects.get().done_on is None


def test_a_follow_up_refuses_a_cpr_number_and_a_stranger():
    session = running_session()
    row = close(session).follow_up

    with pytest.raises(ValidationError) as error:
        follow_up(actor=session.case.owner, follow_up=row, action_done="no", note="Se 010190-1234")
    assert list(error.value.message_dict) == ["note"]
    with pytest.raises(ValidationError):
        follow_up(actor=session.case.owner, follow_up=row, action_done="måske")
    with pytest.raises(PermissionDenied):
        follow_up(actor=people_of(session)[2], follow_up=row, action_done="yes")


def test_a_follow_up_is_dropped_with_a_reason():
    session = running_session()
    row = close(session).follow_up
    owner = session.case.owner

    with pytest.raises(ValidationError):
        drop_follow_up(actor=owner, follow_up=row, because=" ")
    drop_follow_up(actor=owner, follow_up=row, because="Borgeren er flyttet.")

    assert FollowUp.objects.get().dropped_because == "Borgeren er flyttet."
    with pytest.raises(ValidationError):
        follow_up(actor=owner, follow_up=row, action_done="yes")
