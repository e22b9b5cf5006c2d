"""Illness, a no and new requests: repaired with the fewest moves, shown before it is done."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from people.domain.availability import add_absence
from people.enums import AbsenceKind
from people.models import Absence, WorkingHours
from sparring.bookings.domain.absences import report_away
from sparring.bookings.domain.booking import book_session
from sparring.bookings.domain.invitations import answer_invitation
from sparring.bookings.domain.requests import request_sparring, withdraw_request
from sparring.enums import Answer, ParticipantRole, RepairReason, RequestState, SessionState
from sparring.models import Case, SparringSession
from sparring.plans.domain.repair import apply_repair
from sparring.plans.repair_proposal import propose
from tests.factories.people import EmployeeFactory
from tests.factories.planning import Town, at_work, moment, next_monday
from tests.sent_notifications import session_mails

pytestmark = pytest.mark.django_db
MONDAY = next_monday()
TUESDAY, LATE = MONDAY + timedelta(days=1), MONDAY + timedelta(days=60)
TEN = moment(MONDAY, "10.00")


@pytest.fixture
def town():
    return Town(colleagues=4)


def book(town, owner, partner, at=TEN):
    case = town.case(owner=owner)
    return book_session(
        actor=town.coordinator,
        case=case,
        partners=[partner],
        starts_at=at,
        confirmed=True,
    )


def ill(town, person, first=MONDAY, last=MONDAY, actor=None):
    report_away(actor=actor or person, employee=person, first_day=first, last_day=last)


def proposal(town):
    return propose(town.municipality, timezone.now())


def do(town):
    return apply_repair(
        actor=town.coordinator, municipality=town.municipality, key=proposal(town).key
    )


def partners(session):
    seats = session.participations.filter(holds_time=True)
    return {
        participation.employee for participation in seats.exclude(role=ParticipantRole.PRESENTER)
    }


def mails(session):
    sent = session_mails(session=session)
    return sorted(sent.values_list("kind", "employee", "event_sequence"))


def test_nothing_broken_is_nothing_to_do(town):
    owner, partner = town.colleagues[:2]
    book(town, owner, partner)

    assert (proposal(town).changes, proposal(town).stuck) == ((), ())
    with pytest.raises(ValidationError):
        do(town)


def test_an_ill_colleague_leaves_at_once_and_is_not_remembered_as_a_no(town):
    owner, partner = town.colleagues[:2]
    session = book(town, owner, partner)
    session_mails(session=session).update(kind="sparring.changed")

    ill(town, partner)

    session.refresh_from_db()
    assert (session.state, session.missing_partners) == (SessionState.PLANNED, 1)
    assert not Case.objects.visible_to(partner).exists()
    assert not session.request.declined_by.exists()
    kinds = set(session_mails().exclude(kind="sparring.changed").values_list("kind", "employee"))
    assert kinds == {
        ("sparring.cancelled", partner.pk),
        ("sparring.declined", owner.pk),
        ("sparring.declined", town.coordinator.pk),
    }


def test_the_seat_is_offered_to_somebody_free_at_the_same_time_and_nobody_else_moves(town):
    owner, sick, fresh, other = town.colleagues
    session = book(town, owner, sick)
    untouched = book(town, fresh, other, moment(TUESDAY, "10.00"))
    ill(town, sick)

    (change,) = proposal(town).changes

    assert (change.because, change.starts_at) == (RepairReason.MISSING, TEN)
    assert change.coming[0] in (fresh, other)
    assert (change.leaving, change.moves) == ((), False)
    before = mails(untouched)
    done = do(town)
    session.refresh_from_db()
    assert partners(session) == set(done.changes[0].coming)
    assert (session.starts_at, session.calendar_sequence, session.missing_partners) == (TEN, 1, 0)
    assert mails(untouched) == before
    assert [row for row in mails(session) if row[2] == 1] == sorted(
        [("sparring.changed", owner.pk, 1), ("sparring.invited", done.changes[0].coming[0].pk, 1)]
    )
    assert proposal(town).changes == ()


def test_all_sessions_of_the_period_are_mended_in_one_go_and_none_outside_it():
    town = Town(colleagues=8)
    sick, *others = town.colleagues
    first = book(town, others[0], sick, moment(MONDAY, "09.00"))
    second = book(town, others[1], sick, moment(TUESDAY, "09.00"))
    later = book(town, others[2], sick, moment(MONDAY + timedelta(days=9), "09.00"))
    ill(town, sick, MONDAY, TUESDAY)

    done = do(town)

    assert {change.session for change in done.changes} == {first, second}
    assert partners(later) == {sick}
    for session in (first, second):
        assert len(partners(session)) == 1
        assert sick not in partners(session)


def test_the_absent_ones_own_session_keeps_its_colleague_and_gets_another_day(town):
    sick, partner = town.colleagues[:2]
    session = book(town, sick, partner)
    answer_invitation(session=session, actor=partner, yes=True)
    ill(town, sick)

    (change,) = do(town).changes

    session.refresh_from_db()
    assert change.because == RepairReason.PRESENTER_AWAY
    assert partners(session) == {partner}
    assert session.starts_at.date() > MONDAY
    assert session.participations.get(employee=partner).answer == Answer.INVITED
    assert session.participations.get(employee=sick).answer == Answer.YES
    assert [row for row in mails(session) if row[2] == 1] == sorted(
        [("sparring.changed", sick.pk, 1), ("sparring.changed", partner.pk, 1)]
    )
    assert proposal(town).changes == ()


def only_at(person, *windows):
    """Work at these hours only; a window is (weekday, from, to)."""
    WorkingHours.objects.filter(employee=person).delete()
    for weekday, start, end in windows:
        WorkingHours.objects.create(employee=person, weekday=weekday, start=start, end=end)


def test_a_chain_moves_one_who_has_not_answered_when_nobody_is_free_directly():
    """Only `key` can be there at ten; who sits with `key`s session can be taken by `spare`."""

    town = Town(colleagues=0)
    owner, second, sick, key, spare = (at_work(EmployeeFactory(unit=town.unit)) for _ in range(5))
    key.max_per_7_days = 1
    key.save()
    only_at(owner, (0, time(9), time(11)))
    only_at(second, (0, time(13), time(14)))
    only_at(spare, (0, time(12), time(15)))
    broken = book(town, owner, sick)
    other = book(town, second, key, moment(MONDAY, "13.00"))
    Absence.objects.create(
        employee=second, kind=AbsenceKind.FOLLOW_UPS_ONLY, first_day=MONDAY, last_day=MONDAY
    )
    ill(town, sick)

    done = do(town)

    assert {(belief.session, belief.because) for belief in done.changes} == {
        (broken, RepairReason.MISSING),
        (other, RepairReason.MAKES_ROOM),
    }
    assert (partners(broken), partners(other)) == ({key}, {spare})
    other.refresh_from_db()
    assert other.starts_at == moment(MONDAY, "13.00")
    assert [row for row in mails(other) if row[2] == 1] == sorted(
        [
            ("sparring.cancelled", key.pk, 1),
            ("sparring.changed", second.pk, 1),
            ("sparring.invited", spare.pk, 1),
        ]
    )


def test_an_agreed_session_moves_only_when_the_other_would_have_nobody():

    town = Town(colleagues=0)
    owner, second, sick, key, spare = (at_work(EmployeeFactory(unit=town.unit)) for _ in range(5))
    key.max_per_7_days = 1
    key.save()
    only_at(second, (0, time(13), time(14)))
    only_at(spare, (0, time(12), time(15)))
    broken = book(town, owner, sick)
    other = book(town, second, key, moment(MONDAY, "13.00"))
    answer_invitation(session=other, actor=key, yes=True)
    ill(town, sick)

    # The owner has other hours: the broken session moves rather than the agreed one.
    (change,) = proposal(town).changes
    assert (change.session, change.moves) == (broken, True)

    # With these hours nobody but `key` can come, so now the agreed session must.
    only_at(owner, (0, time(9), time(11)))
    for first, last in ((timezone.localdate(), MONDAY - timedelta(days=1)), (TUESDAY, LATE)):
        for person in (sick, key):
            Absence.objects.create(employee=person, first_day=first, last_day=last)
    assert {other_change.session for other_change in proposal(town).changes} == {broken, other}


def test_a_no_puts_the_case_back_and_the_repair_books_it_anew_at_the_same_time(town):
    owner, decliner, *_others = town.colleagues
    session = book(town, owner, decliner)
    answer_invitation(session=session, actor=decliner, yes=False)
    assert session.request.sessions.get().state == SessionState.CANCELLED

    (change,) = do(town).changes

    assert (change.because, change.starts_at) == (RepairReason.WAITING, TEN)
    anew = SparringSession.objects.get(state=SessionState.PLANNED)
    assert anew.request == session.request
    assert anew.request.state == RequestState.BOOKED or anew.request.pk == session.request_id
    assert decliner not in partners(anew)


def test_a_new_wish_and_one_taken_back_after_publishing(town):
    owner, partner, third, _fourth = town.colleagues
    standing = book(town, owner, partner)
    requested, regretted = town.case(owner=third), town.case(owner=third)
    request_sparring(case=requested, actor=third, key_question="Hvad overser jeg?")
    withdraw_request(
        sparring_request=request_sparring(case=regretted, actor=third, key_question="Hvad nu?"),
        actor=third,
    )

    done = do(town)

    assert [change.case for change in done.changes] == [requested]
    assert partners(standing) == {partner}


def test_of_two_partners_the_one_who_stays_stays(town):
    owner, one, two, spare = town.colleagues
    case = town.case(owner=owner)
    session = book_session(actor=owner, case=case, partners=[one, two], starts_at=TEN)
    answer_invitation(session=session, actor=one, yes=False)

    (change,) = do(town).changes

    assert (change.staying, change.coming) == ((two,), (spare,))
    assert partners(session) == {two, spare}
    roles = session.participations.filter(holds_time=True).values_list("role", flat=True)
    assert sorted(roles) == ["colleague", "facilitator", "presenter"]


def test_when_nobody_can_come_the_session_is_called_off_and_named():
    town = Town(colleagues=2)
    owner, sick = town.colleagues
    session = book(town, owner, sick)
    ill(town, sick, timezone.localdate(), LATE)

    found = proposal(town)

    assert [other_session.case for other_session in found.stuck] == [session.case]
    assert found.changes[0].starts_at is None
    do(town)
    session.refresh_from_db()
    assert session.state == SessionState.CANCELLED
    assert session.request.sessions.count() == 1


def test_what_was_shown_is_what_is_done(town):
    owner, sick = town.colleagues[:2]
    session = book(town, owner, sick)
    ill(town, sick)
    shown = proposal(town)
    taken = shown.changes[0].coming[0]
    Absence.objects.create(employee=taken, first_day=MONDAY, last_day=MONDAY)

    with pytest.raises(ValidationError) as refused:
        apply_repair(actor=town.coordinator, municipality=town.municipality, key=shown.key)

    assert refused.value.code == "changed"
    assert partners(session) == set()


def test_only_the_coordinator_mends_and_registers_others(town):
    owner, partner = town.colleagues[:2]
    book(town, owner, partner)
    ill(town, partner, actor=town.coordinator)
    key = proposal(town).key

    for stranger in (owner, Town().coordinator):
        with pytest.raises(PermissionDenied):
            apply_repair(actor=stranger, municipality=town.municipality, key=key)
        with pytest.raises(PermissionDenied):
            ill(town, partner, actor=stranger)
    with pytest.raises(ValidationError):
        report_away(actor=owner, employee=owner, first_day=TUESDAY, last_day=MONDAY)


def test_a_period_of_follow_ups_only_breaks_nothing(town):
    owner, partner = town.colleagues[:2]
    session = book(town, owner, partner)

    add_absence(
        actor=partner,
        employee=partner,
        kind=AbsenceKind.FOLLOW_UPS_ONLY,
        first_day=MONDAY,
        last_day=MONDAY,
    )

    assert partners(session) == {partner}


def test_who_is_well_again_can_take_the_seat_back(town):
    owner, partner = town.colleagues[:2]
    session = book(town, owner, partner)
    ill(town, partner)

    answer_invitation(session=session, actor=partner, yes=True)

    session.refresh_from_db()
    assert (partners(session), session.missing_partners) == ({partner}, 0)
    assert proposal(town).changes == ()
