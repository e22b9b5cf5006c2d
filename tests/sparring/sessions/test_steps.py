from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from privacy.models import AuditEntry
from sparring.enums import Answer, IdeaMark, ParticipantRole, RequestState, SessionState, StopReason
from sparring.models import (
    Case,
    Idea,
    Participation,
    SessionCard,
    SparringSession,
    StepLog,
    session_formats,
)
from sparring.sessions.domain.ideas import add_idea, mark_idea, pass_own_idea
from sparring.sessions.domain.rounds import swap
from sparring.sessions.domain.steps import (
    NotItsTime,
    end_session,
    go_to_step,
    red_card,
    start_session,
)
from sparring.sessions.queries.sessions import hides_beliefs, sessions_of
from tests.factories.people import EmployeeFactory
from tests.factories.sessions import (
    CardFactory,
    SessionFactory,
    go_on,
    open_bids,
    people_of,
    running_session,
    take_part,
)
from tests.factories.sparring import BeliefFactory, CaseFactory

pytestmark = pytest.mark.django_db


def test_a_partner_starts_the_session_at_its_first_step():
    session = SessionFactory()
    leader = people_of(session)[1]

    session = start_session(actor=leader, session=session)

    assert (session.state, session.step) == (SessionState.RUNNING, session_formats.STORY)
    assert session.step_started_at == session.started_at == StepLog.objects.get().at
    assert AuditEntry.objects.filter(action="session.start", actor=leader).count() == 1


def test_starting_twice_starts_once():
    session = SessionFactory()
    presenter, leader, _ = people_of(session)
    first = start_session(actor=presenter, session=session)

    second = start_session(actor=leader, session=session)

    assert second.started_at == first.started_at
    assert StepLog.objects.count() == 1


def test_an_outsider_and_a_no_start_nothing():
    session = SessionFactory()
    no = EmployeeFactory(unit=session.case.unit)
    take_part(session, no, ParticipantRole.COLLEAGUE, Answer.NO)

    for actor in (EmployeeFactory(unit=session.case.unit), no):
        with pytest.raises(PermissionDenied):
            start_session(actor=actor, session=session)


@pytest.mark.parametrize("days", [-1, 1])
def test_a_session_far_from_its_time_is_confirmed_first(days):
    session = SessionFactory(starts_at=timezone.now() + timedelta(days=days))

    with pytest.raises(NotItsTime):
        start_session(actor=session.case.owner, session=session)
    session = start_session(actor=session.case.owner, session=session, confirmed=True)

    assert session.state == SessionState.RUNNING


def test_only_a_planned_session_is_started():
    session = SessionFactory(state=SessionState.CLOSED)

    with pytest.raises(ValidationError):
        start_session(actor=session.case.owner, session=session)


def test_steps_go_forward_and_back_with_a_clock_of_their_own():
    session = running_session()
    begun = timezone.now() - timedelta(minutes=3)

    go_on(session, 3, at=begun)
    session = go_on(session, 2)

    assert session.step == 2
    assert session.step_started_at > begun
    assert list(StepLog.objects.order_by("pk").values_list("step", flat=True)) == [2, 3, 2]


def test_two_presses_at_once_move_one_step():
    session = running_session()
    leader = people_of(session)[1]

    go_to_step(actor=leader, session=session, step=3, from_step=2)
    session = go_to_step(actor=leader, session=session, step=3, from_step=2)
    session = go_to_step(actor=leader, session=session, step=4, from_step=2)

    assert session.step == 3
    assert StepLog.objects.count() == 2


def test_a_step_the_form_lacks_is_refused():
    session = running_session(length=10)

    with pytest.raises(ValidationError):
        go_on(session, 3)


def test_cards_are_drawn_once_by_rule():
    session = running_session(step=5)
    BeliefFactory(case=session.case, value=1)
    cards = [CardFactory(theme_number=4) for _ in range(3)]

    go_on(session, 6)
    go_on(session, 5)
    go_on(session, 6)

    drawn = list(SessionCard.objects.filter(session=session))
    assert [row.position for row in drawn] == [1, 2]
    assert {row.card for row in drawn} <= set(cards)


def test_the_short_form_gets_one_card():
    session = running_session(step=4, length=10)
    CardFactory.create_batch(3)

    go_on(session, 6)

    assert session.cards.count() == 1


def test_cards_of_the_last_two_sessions_do_not_come_back():
    case = CaseFactory()
    cards = CardFactory.create_batch(6)
    seen = set()
    for days in (30, 20, 10):
        session = SessionFactory(case=case, starts_at=timezone.localtime() - timedelta(days=days))
        start_session(actor=case.owner, session=session, confirmed=True)
        go_on(session, 6)
        used = set(session.cards.values_list("card", flat=True))
        assert not used & seen
        seen |= used
        session.refresh_from_db()
        session.state, session.request.state = SessionState.CLOSED, RequestState.HELD
        session.save()
        session.request.save()
    assert seen == {card.pk for card in cards}


def test_one_card_is_swapped_and_no_more():
    session = running_session(step=5)
    CardFactory.create_batch(5)
    presenter = session.case.owner
    go_on(session, 6)
    first, second = session.cards.filter(swapped_out=False)

    new = swap(actor=presenter, session=session, card=first)

    assert (new.position, new.card_id) != (first.position, first.card_id)
    assert session.cards.filter(swapped_out=False).count() == 2
    with pytest.raises(ValidationError):
        swap(actor=presenter, session=session, card=second)
    with pytest.raises(ValidationError):
        swap(actor=presenter, session=session, card=first)


def test_the_presenter_listens_while_colleagues_think_aloud():
    session = running_session(step=session_formats.CARDS)
    presenter, _, colleague = people_of(session)

    idea = add_idea(actor=colleague, session=session, text="Prøv en gåtur.", anonymous=True)

    assert idea.by is None
    with pytest.raises(ValidationError):
        add_idea(actor=presenter, session=session, text="Ja, men …")
    with pytest.raises(ValidationError):
        mark_idea(actor=presenter, idea=idea, mark=IdeaMark.PLUS)


def test_the_presenter_marks_in_the_round_of_ideas():
    session = running_session(step=session_formats.IDEAS)
    presenter, leader, _ = people_of(session)
    pass_own_idea(actor=presenter, session=session)
    idea = add_idea(actor=leader, session=session, text="Ring til virksomheden i dag.")

    mark_idea(actor=presenter, idea=idea, mark=IdeaMark.QUESTION)

    assert Idea.objects.get().mark == IdeaMark.QUESTION
    with pytest.raises(PermissionDenied):
        mark_idea(actor=leader, idea=idea, mark=IdeaMark.PLUS)
    with pytest.raises(ValidationError):
        mark_idea(actor=presenter, idea=idea, mark="heart")


def test_an_ended_session_waits_for_its_outcome():
    session = running_session()

    presenter, leader, colleague = people_of(session)
    with pytest.raises(PermissionDenied):
        end_session(actor=colleague, session=session)

    session = end_session(actor=leader, session=session)

    assert session.state == SessionState.AWAITING_OUTCOME
    with pytest.raises(ValidationError):
        end_session(actor=presenter, session=session)


@pytest.mark.parametrize(
    ("reason", "request_state"),
    [
        (StopReason.DECIDING, RequestState.WITHDRAWN),
        (StopReason.RECOGNISABLE, RequestState.LISTED),
    ],
)
def test_anybody_stops_the_session_with_a_red_card(reason, request_state):
    session = running_session()
    presenter, _, colleague = people_of(session)

    session = red_card(actor=colleague, session=session, reason=reason)

    assert (session.state, session.stopped_because) == (SessionState.CANCELLED, reason)
    session.request.refresh_from_db()
    assert session.request.state == request_state
    assert not sessions_of(colleague).exists()
    assert not Case.objects.visible_to(colleague).exists()
    assert Case.objects.visible_to(presenter).exists()
    assert not Participation.objects.filter(holds_time=True).exists()
    entry = AuditEntry.objects.get(action="session.red_card")
    assert (entry.reason, entry.details) == (reason, {"case": session.case_id})


def test_a_red_card_needs_a_reason_of_the_two():
    session = running_session()

    with pytest.raises(ValidationError) as error:
        red_card(actor=session.case.owner, session=session, reason="keder mig")

    assert list(error.value.message_dict) == ["reason"]


def test_a_no_takes_the_session_away_at_once():
    session = SessionFactory()
    colleague = people_of(session)[2]
    assert sessions_of(colleague).get() == session

    session.participations.filter(employee=colleague).update(answer=Answer.NO, holds_time=False)

    assert not sessions_of(colleague).exists()


def test_a_proposed_and_a_cancelled_session_are_nobodys():
    for state in (SessionState.PROPOSED, SessionState.CANCELLED):
        session = SessionFactory(state=state)
        for person in people_of(session):
            assert not sessions_of(person).exists()


def test_beliefs_are_kept_from_colleagues_until_the_bids_are_open():
    session = running_session()
    presenter, leader, colleague = people_of(session)

    assert [hides_beliefs(session.case, row) for row in (presenter, leader, colleague)] == [
        False,
        True,
        True,
    ]
    SparringSession.objects.filter(pk=session.pk).update(step=session_formats.BIDS)
    open_bids(session)
    assert not hides_beliefs(session.case, colleague)
