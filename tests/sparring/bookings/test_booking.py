from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from privacy.models import AuditEntry
from sparring.bookings.domain.booking import book_session, cancel_session, reschedule_session
from sparring.bookings.domain.calendar_locks import ConfirmationRequired, TimeTaken
from sparring.enums import Answer, ParticipantRole, RequestState, SessionState
from sparring.models import Case, RenewalNeed
from tests.factories.people import EmployeeFactory
from tests.factories.planning import Town, moment, next_monday
from tests.sent_notifications import session_mails

pytestmark = pytest.mark.django_db
TEN = moment(next_monday(), "10.00")


@pytest.fixture
def town():
    return Town()


def test_a_booked_session_holds_the_time_of_both_and_opens_the_case(town):
    case = town.case()
    partner = town.colleagues[1]

    session = book_session(actor=case.owner, case=case, partners=[partner], starts_at=TEN)

    participations = [
        (participation.employee, participation.role, participation.answer, participation.holds_time)
        for participation in session.participations.order_by("pk")
    ]
    assert participations == [
        (case.owner, ParticipantRole.PRESENTER, Answer.YES, True),
        (partner, ParticipantRole.FACILITATOR, Answer.INVITED, True),
    ]
    assert session.state == SessionState.PLANNED
    assert session.ends_at - session.starts_at == timedelta(minutes=25)
    assert session.request.state == RequestState.BOOKED
    assert list(Case.objects.visible_to(partner)) == [case]
    assert RenewalNeed.objects.get(case=case).held_back == "booked"
    assert AuditEntry.objects.filter(action="session.book", object_id=str(session.pk)).count() == 1


def test_nobody_is_in_two_sessions_at_once(town):
    first, second = town.case(), town.case()
    partner = town.colleagues[1]
    book_session(actor=first.owner, case=first, partners=[partner], starts_at=TEN)

    with pytest.raises(TimeTaken):
        book_session(
            actor=town.coordinator,
            case=second,
            partners=[partner],
            starts_at=TEN + timedelta(minutes=20),
            confirmed=True,
        )


def test_the_line_manager_is_never_a_partner(town):
    case, manager = town.case(), town.colleagues[1]
    case.owner.line_manager = manager
    case.owner.save()

    with pytest.raises(ValidationError) as refused:
        book_session(actor=case.owner, case=case, partners=[manager], starts_at=TEN, confirmed=True)

    assert refused.value.code == "line_manager"


def test_a_colleague_of_another_municipality_is_never_a_partner(town):
    case, stranger = town.case(), Town().colleagues[0]

    with pytest.raises(ValidationError) as refused:
        book_session(
            actor=case.owner, case=case, partners=[stranger], starts_at=TEN, confirmed=True
        )

    assert refused.value.code == "other_municipality"


def test_an_hour_outside_the_week_is_a_warning(town):
    case, partner = town.case(), town.colleagues[1]
    evening = moment(next_monday(), "19.00")

    with pytest.raises(ConfirmationRequired) as warned:
        book_session(actor=case.owner, case=case, partners=[partner], starts_at=evening)
    session = book_session(
        actor=case.owner, case=case, partners=[partner], starts_at=evening, confirmed=True
    )

    assert [(c.employee_id, c.why) for c in warned.value.cautions] == [
        (case.owner_id, "outside_hours"),
        (partner.pk, "outside_hours"),
    ]
    assert session.starts_at == evening


def test_only_the_caseworker_and_the_coordinator_book(town):
    case = town.case()

    with pytest.raises(PermissionDenied):
        book_session(
            actor=town.colleagues[2], case=case, partners=[town.colleagues[1]], starts_at=TEN
        )
    with pytest.raises(PermissionDenied):
        book_session(
            actor=EmployeeFactory(coordinator=True),
            case=case,
            partners=[town.colleagues[1]],
            starts_at=TEN,
        )


@pytest.mark.parametrize("partners", [[], ["same", "same"]])
def test_one_to_three_different_partners(town, partners):
    case = town.case()

    with pytest.raises(ValidationError) as refused:
        book_session(
            actor=case.owner,
            case=case,
            partners=[town.colleagues[1] for _ in partners],
            starts_at=TEN,
        )

    assert "partners" in refused.value.message_dict


def test_a_session_is_booked_ahead_of_the_moment_it_is_booked(town):
    case, partner = town.case(), town.colleagues[1]
    long_ago = moment(next_monday() - timedelta(days=70), "10.00")

    with pytest.raises(ValidationError):
        book_session(actor=case.owner, case=case, partners=[partner], starts_at=long_ago)
    session = book_session(
        actor=case.owner,
        case=case,
        partners=[partner],
        starts_at=long_ago,
        at=long_ago - timedelta(days=5),
        confirmed=True,
    )

    assert session.starts_at == long_ago
    assert session_mails().count() == 0


def test_a_second_session_about_the_same_case_is_refused(town):
    case = town.case()
    book_session(actor=case.owner, case=case, partners=[town.colleagues[1]], starts_at=TEN)

    with pytest.raises(ValidationError) as refused:
        book_session(
            actor=case.owner,
            case=case,
            partners=[town.colleagues[2]],
            starts_at=TEN + timedelta(days=1),
        )

    assert refused.value.code == "booked"


def test_cancelling_frees_time_takes_access_and_lists_the_wish_again(town):
    case, partner = town.case(), town.colleagues[1]
    session = book_session(actor=case.owner, case=case, partners=[partner], starts_at=TEN)

    session = cancel_session(session=session, actor=case.owner)

    assert session.state == SessionState.CANCELLED
    assert session.calendar_sequence == 1
    assert list(session.participations.values_list("holds_time", flat=True)) == [False, False]
    assert list(Case.objects.visible_to(partner)) == []
    session.request.refresh_from_db()
    assert session.request.state == RequestState.LISTED
    assert RenewalNeed.objects.get(case=case).held_back == ""


def test_moving_asks_the_partners_anew(town):
    case, partner = town.case(), town.colleagues[1]
    session = book_session(actor=case.owner, case=case, partners=[partner], starts_at=TEN)
    session.participations.filter(employee=partner).update(answer=Answer.YES)

    session = reschedule_session(
        session=session, actor=case.owner, starts_at=TEN + timedelta(hours=2)
    )

    participation = session.participations.get(employee=partner)
    assert (participation.answer, participation.during.lower) == (
        Answer.INVITED,
        TEN + timedelta(hours=2),
    )
    assert session.calendar_sequence == 1
    assert session.calendar_uid == type(session).objects.get(pk=session.pk).calendar_uid
