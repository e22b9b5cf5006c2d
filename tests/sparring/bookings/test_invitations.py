from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from privacy.models import AuditEntry
from sparring.bookings.domain.booking import book_session, cancel_session
from sparring.bookings.domain.calendar_locks import TimeTaken
from sparring.bookings.domain.invitations import answer_invitation
from sparring.colleagues.candidate_pairs import Window
from sparring.colleagues.pair_report import colleagues, offers
from sparring.enums import Answer, ParticipantRole, RequestState, SessionState
from sparring.models import Case
from sparring.plans.domain.make_plan import make_plan
from tests.factories.planning import Town, moment, next_monday
from tests.sent_notifications import session_mails

pytestmark = pytest.mark.django_db
MONDAY = next_monday()
TEN = moment(MONDAY, "10.00")


@pytest.fixture
def town():
    return Town(colleagues=4)


@pytest.fixture
def session(town):
    case = town.case()
    return book_session(actor=case.owner, case=case, partners=[town.colleagues[1]], starts_at=TEN)


def test_yes_is_kept_and_audited(town, session):
    participation = answer_invitation(session=session, actor=town.colleagues[1], yes=True)

    assert (participation.answer, participation.holds_time) == (Answer.YES, True)
    assert participation.answered_at is not None
    entries = AuditEntry.objects.filter(action="session.accept", actor=town.colleagues[1])
    assert entries.count() == 1


def test_the_same_answer_twice_changes_nothing(town, session):
    first = answer_invitation(session=session, actor=town.colleagues[1], yes=True)

    second = answer_invitation(session=session, actor=town.colleagues[1], yes=True)

    assert second.answered_at == first.answered_at
    assert AuditEntry.objects.filter(action="session.accept").count() == 1


def test_a_no_frees_the_time_ends_access_and_lists_the_wish_again(town, session):
    partner = town.colleagues[1]

    participation = answer_invitation(session=session, actor=partner, yes=False)

    session.refresh_from_db()
    assert (participation.answer, participation.holds_time) == (Answer.NO, False)
    assert list(Case.objects.visible_to(partner)) == []
    assert session.state == SessionState.CANCELLED
    assert session.request.state == RequestState.LISTED
    assert list(session.request.declined_by.all()) == [partner]
    told = session_mails().exclude(kind="sparring.invited")
    assert set(told.values_list("kind", "employee")) == {
        ("sparring.cancelled", session.case.owner_id),
        ("sparring.cancelled", partner.pk),
        ("sparring.declined", town.coordinator.pk),
    }


def test_who_said_no_is_not_chosen_again_by_plan_or_offer_but_by_hand(town, session):
    decliner, case = town.colleagues[1], session.case
    answer_invitation(session=session, actor=decliner, yes=False)

    plan = make_plan(
        actor=town.coordinator, municipality=town.municipality, first_day=MONDAY, days=5
    )
    found = offers(case, Window(MONDAY, 5, TEN - timedelta(days=9)), length=timedelta(minutes=25))
    by_hand = colleagues(session)

    chosen = plan.sessions.get().participations.exclude(role=ParticipantRole.PRESENTER).get()
    assert chosen.employee != decliner
    assert decliner not in [offer.employee for offer in found]
    assert [
        colleague.exclusion_reasons for colleague in by_hand if colleague.employee == decliner
    ] == [["declined"]]


def test_an_offer_keeps_the_time_where_it_can(town, session):
    answer_invitation(session=session, actor=town.colleagues[1], yes=False)

    found = offers(
        session.case,
        Window(MONDAY, 5, TEN - timedelta(days=9)),
        length=timedelta(minutes=25),
        wanted=TEN,
    )

    assert [(offer.employee, offer.starts_at, offer.keeps_time) for offer in found] == [
        (town.colleagues[2], TEN, True),
        (town.colleagues[3], TEN, True),
    ]


def test_with_two_partners_the_session_stands_and_the_other_leads(town):
    case = town.case()
    leader, other = town.colleagues[1:3]
    session = book_session(actor=case.owner, case=case, partners=[leader, other], starts_at=TEN)

    answer_invitation(session=session, actor=leader, yes=False)

    session.refresh_from_db()
    assert session.state == SessionState.PLANNED
    assert session.participations.get(employee=other).role == ParticipantRole.FACILITATOR
    assert list(Case.objects.visible_to(leader)) == []


def test_a_yes_after_a_no_takes_the_time_anew_if_it_is_free(town):
    case, rival = town.case(), town.case(owner=town.colleagues[3])
    leader, other = town.colleagues[1:3]
    session = book_session(actor=case.owner, case=case, partners=[leader, other], starts_at=TEN)
    answer_invitation(session=session, actor=leader, yes=False)
    book_session(actor=rival.owner, case=rival, partners=[leader], starts_at=TEN)

    with pytest.raises(TimeTaken):
        answer_invitation(session=session, actor=leader, yes=True)

    assert session.participations.get(employee=leader).answer == Answer.NO


def test_only_who_is_asked_answers(town, session):
    for stranger in (town.colleagues[3], town.coordinator, session.case.owner):
        with pytest.raises(PermissionDenied):
            answer_invitation(session=session, actor=stranger, yes=True)


def test_a_called_off_session_takes_no_answers(town, session):
    cancel_session(session=session, actor=session.case.owner)

    with pytest.raises(ValidationError):
        answer_invitation(session=session, actor=town.colleagues[1], yes=True)
