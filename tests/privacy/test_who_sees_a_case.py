"""The rule of access to sparring data, one change at a time (SEC-02).

What opens by a place in a session stands in `sparring/models/access_rule.py`, and once more for
rows that are read already; both are asked the same here. The addresses that are made of it are
gone through in test_access_ends and test_case_leaks.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from people.models import Employee
from sparring.beliefs.queries.actions import actions_of
from sparring.cases.search_documents import audience_of, case_documents, visible
from sparring.enums import Answer, CaseStatus, ClosedAs, ParticipantRole, SessionState
from sparring.models import BlindBid, Case, GuestAgreement, Participation, SparringSession
from sparring.models.access_rule import access_is_active, belongs, in_calendar, opening_case
from sparring.sessions.queries.facilitation import may_drive
from sparring.sessions.queries.sessions import (
    answerable,
    has_taken_over,
    hides_beliefs,
    participation_of,
    sees_bids,
    sessions_of,
    visible_bids,
)
from sparring.shared.access_rows import keeps, opens_case
from tests.factories.people import EmployeeFactory, UnitFactory
from tests.factories.sessions import SessionFactory, take_part
from tests.factories.sparring import ActionFactory, CaseFactory

pytestmark = pytest.mark.django_db

RULES = {
    "belongs": belongs, "active": access_is_active, "calendar": in_calendar, "case": opening_case,
}  # fmt: skip
ALL = {"belongs", "active", "calendar", "case"}
PLACE = ALL - {"case"}  # the session, but not the case itself
PARTNERS = ["colleague", "guest"]


class Table:
    """A planned session with a presenter, a leader, a colleague and a guest from elsewhere."""

    def __init__(self, offered="by the guest's"):
        self.case = CaseFactory()
        self.session = SessionFactory(case=self.case)
        self.presenter, self.leader, self.colleague = self.session.participations.order_by("pk")
        guest, host = EmployeeFactory(guest_elsewhere=True), EmployeeFactory(unit=self.case.unit)
        two = [guest.municipality, self.case.municipality]
        if offered == "by the host's":
            two.reverse()
        elif offered == "to somebody else's":
            two[1] = UnitFactory().municipality
        self.agreement = GuestAgreement.objects.create(
            offered_from=two[0],
            offered_to=two[1],
            offered_by=guest,
            offered_at=timezone.now() - timedelta(days=9),
            accepted_by=host,
            accepted_at=timezone.now() - timedelta(days=8),
        )
        self.guest = Participation.objects.create(
            session=self.session,
            employee=guest,
            role=ParticipantRole.GUEST,
            agreement=self.agreement,
            answer=Answer.YES,
            during=(self.session.starts_at, self.session.ends_at),
        )

    def place(self, who):
        return getattr(self, who)


@pytest.fixture
def table():
    return Table()


def read_again(place):
    rows = Participation.objects.select_related("session", "agreement", "employee__unit")
    return rows.get(pk=place.pk)


def opened_by(place):
    """Which of the rules let the place in; rows that are read already have to say the same."""
    found = {
        name for name, rule in RULES.items() if Participation.objects.filter(rule(), pk=place.pk)
    }
    case, employee = Case.objects.get(sessions=place.session_id), place.employee
    by_rows = opens_case(read_again(place), case, at=timezone.now())
    assert by_rows == ("case" in found)
    employee.refresh_from_db()
    read = case_documents().get(pk=case.pk)
    owns = case.owner_id == employee.pk
    sees = Case.objects.visible_to(employee).filter(pk=case.pk).exists()
    assert sees == (employee.pk in audience_of(read))
    assert sees == ("case" in found or (owns and keeps(case, employee)))
    return found


def change(row, **values):
    type(row).objects.filter(pk=row.pk).update(**values)


def test_who_is_in_a_planned_session_sees_the_case(table):
    assert opened_by(table.leader) == ALL
    assert opened_by(table.colleague) == ALL
    assert opened_by(table.guest) == ALL
    assert opened_by(table.presenter) == PLACE
    assert Case.objects.visible_to(table.presenter.employee).get() == table.case


def test_a_guest_is_one_whichever_of_the_two_municipalities_offered():
    assert opened_by(Table("by the host's").guest) == ALL


@pytest.mark.parametrize("who", PARTNERS)
@pytest.mark.parametrize(
    ("answer", "expected"), [(Answer.INVITED, ALL), (Answer.YES, ALL), (Answer.NO, {"belongs"})]
)
def test_a_no_ends_it_and_no_answer_does_not(table, who, answer, expected):
    change(table.place(who), answer=answer)

    assert opened_by(table.place(who)) == expected


@pytest.mark.parametrize("who", PARTNERS)
@pytest.mark.parametrize(("hours", "expected"), [(1, ALL), (-1, {"belongs"})])
def test_it_lasts_until_the_moment_that_stands_there(table, who, hours, expected):
    change(table.place(who), access_until=timezone.now() + timedelta(hours=hours))

    assert opened_by(table.place(who)) == expected


def test_at_that_very_moment_it_is_over(table):
    moment = timezone.now()
    place = read_again(table.colleague)
    place.access_until = moment

    assert not opens_case(place, table.case, at=moment)
    assert opens_case(place, table.case, at=moment - timedelta(microseconds=1))


@pytest.mark.parametrize("who", PARTNERS)
def test_a_place_that_holds_no_time_opens_no_case(table, who):
    change(table.place(who), holds_time=False)

    assert opened_by(table.place(who)) == PLACE


@pytest.mark.parametrize("who", PARTNERS)
@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (SessionState.PROPOSED, PLACE),
        (SessionState.CANCELLED, PLACE),
        (SessionState.PLANNED, ALL),
        (SessionState.AWAITING_OUTCOME, ALL),
    ],
)
def test_neither_a_proposal_nor_a_cancelled_session_opens_the_case(table, who, state, expected):
    step = {"step": 4} if state == SessionState.AWAITING_OUTCOME else {}
    change(table.session, state=state, **step)

    assert opened_by(table.place(who)) == expected


def closed(case):
    values = {"status": CaseStatus.CLOSED, "closed_as": ClosedAs.JOB}
    change(case, closed_on=timezone.localdate(), **values)


def test_a_closed_case_is_its_caseworkers_alone(table):
    closed(table.case)

    assert opened_by(table.colleague) == {"belongs"}
    assert opened_by(table.guest) == {"belongs"}
    assert opened_by(table.presenter) == PLACE


def test_a_paused_case_is_still_seen(table):
    paused = {"status": CaseStatus.PAUSED, "paused_reason": "Venter på svar."}
    change(table.case, paused_until=timezone.localdate() + timedelta(days=9), **paused)

    assert opened_by(table.colleague) == ALL


@pytest.mark.parametrize("who", [*PARTNERS, "presenter"])
def test_who_left_sees_nothing(table, who):
    change(table.place(who).employee, is_active=False)

    assert opened_by(table.place(who)) == set()


@pytest.mark.parametrize("who", [*PARTNERS, "presenter"])
@pytest.mark.parametrize("to", ["another municipality", "no unit"])
def test_who_moved_elsewhere_sees_nothing(table, who, to):
    change(table.place(who).employee, unit=UnitFactory() if to != "no unit" else None)

    assert opened_by(table.place(who)) == set()


def test_another_unit_of_the_municipality_is_no_move(table):
    unit = UnitFactory(municipality=table.case.municipality)
    change(table.colleague.employee, unit=unit)
    change(table.presenter.employee, unit=unit)

    assert opened_by(table.colleague) == ALL
    assert opened_by(table.presenter) == PLACE


def test_a_guest_who_came_to_work_there_is_no_guest_any_more(table):
    change(table.guest.employee, unit=table.case.unit)

    assert opened_by(table.guest) == set()


def test_a_guest_ends_with_the_agreement_or_when_they_want_to(table):
    change(table.guest.employee, guest_elsewhere=False)
    assert opened_by(table.guest) == set()

    change(table.guest.employee, guest_elsewhere=True)
    ended = {"ended_at": timezone.now(), "ended_by": table.agreement.accepted_by}
    change(table.agreement, **ended)
    assert opened_by(table.guest) == set()


def test_an_agreement_with_somebody_else_makes_no_guest_here():
    assert opened_by(Table("to somebody else's").guest) == set()


def test_a_colleague_needs_not_want_to_be_a_guest(table):
    assert not table.colleague.employee.guest_elsewhere
    assert "belongs" in opened_by(table.colleague)


def handed_over(table):
    new = EmployeeFactory(unit=table.case.unit)
    change(table.case, owner=new)
    return new


def test_who_brought_the_case_and_no_longer_has_it_sees_nothing(table):
    handed_over(table)

    assert opened_by(table.presenter) == {"belongs"}


def test_who_handed_it_over_keeps_the_place_and_neither_case_nor_calendar(table):
    handed_over(table)
    change(table.presenter, role=ParticipantRole.FORMER)

    assert opened_by(table.presenter) == {"belongs", "active"}


def test_who_brought_a_closed_case_before_somebody_else_does_not_keep_it(table):
    handed_over(table)
    change(table.presenter, role=ParticipantRole.FORMER)
    closed(table.case)

    assert opened_by(table.presenter) == {"belongs"}


class TestWhoOwns:
    def test_the_own_cases_and_no_others_are_owned(self, table):
        owner = table.case.owner
        CaseFactory()

        assert list(Case.objects.owned_by(owner)) == [table.case]
        assert list(Case.objects.owned_by(table.colleague.employee)) == []

    def test_nobody_without_a_login_and_nobody_who_left_owns_or_sees_one(self, table):
        for left in (table.presenter.employee, table.colleague.employee):
            left.is_active = False
            assert list(Case.objects.owned_by(left)) == []
            assert list(Case.objects.visible_to(left)) == []
            assert list(sessions_of(left)) == []
        assert list(Case.objects.owned_by(AnonymousUser())) == []
        assert list(Case.objects.visible_to(AnonymousUser())) == []
        assert list(sessions_of(AnonymousUser())) == []

    def test_a_caseworker_of_another_municipality_owns_none(self, table):
        change(table.presenter.employee, unit=UnitFactory())
        owner = Employee.objects.get(pk=table.presenter.employee_id)

        assert list(Case.objects.owned_by(owner)) == []
        assert list(Case.objects.visible_to(owner)) == []
        assert not keeps(table.case, owner)

    def test_the_same_code_elsewhere_comes_after_the_nearer_one(self, table):
        other = CaseFactory(code=table.case.code)

        for case in (table.case, other):
            assert Case.objects.find(case.code, near=case.municipality_id) == case
        assert Case.objects.find("XX-1", near=other.municipality_id) is None

    def test_search_shows_of_what_it_found_what_may_be_seen(self, table):
        other = CaseFactory()
        found = [str(table.case.pk), str(other.pk)]

        assert list(visible(table.colleague.employee, found)) == [table.case.pk]
        assert list(visible(table.colleague.employee, [str(other.pk)])) == []
        assert list(visible(EmployeeFactory(unit=table.case.unit), found)) == []


class TestWhoOpensTheSession:
    def test_whose_place_lasts(self, table):
        other = SessionFactory()
        change(table.leader, answer=Answer.NO)

        assert list(sessions_of(table.colleague.employee)) == [table.session]
        assert list(sessions_of(table.leader.employee)) == []
        assert participation_of(table.session, table.colleague.employee) == table.colleague
        assert participation_of(table.session, table.leader.employee) is None
        assert participation_of(other, table.colleague.employee) is None

    @pytest.mark.parametrize("state", SessionState.values)
    def test_while_it_is_planned_or_later_and_not_cancelled(self, table, state):
        late = {SessionState.RUNNING: 1, SessionState.AWAITING_OUTCOME: 4, SessionState.CLOSED: 4}
        change(table.session, state=state, step=late.get(state, 0))

        open_now = state not in (SessionState.PROPOSED, SessionState.CANCELLED)
        assert sessions_of(table.colleague.employee).exists() is open_now

    def test_its_leader_comes_first_among_those_who_may_drive_and_a_guest_does_not(self, table):
        second = EmployeeFactory(unit=table.case.unit)
        later = take_part(table.session, second, ParticipantRole.COLLEAGUE)
        expected = [table.leader, table.presenter, table.colleague, later]

        assert may_drive(table.session) == expected
        change(table.leader, access_until=timezone.now() - timedelta(hours=1))
        assert may_drive(table.session) == expected[1:]
        assert may_drive(SparringSession.objects.get(pk=table.session.pk)) == expected[1:]


def bid(place, value):
    return BlindBid.objects.create(
        session=place.session,
        employee=place.employee,
        value=value,
        because="Han ringede selv.",
        submitted_at=timezone.now(),
    )


def run(session):
    change(session, state=SessionState.RUNNING, step=1, started_at=timezone.now())
    session.refresh_from_db()


def open_all(session, state=SessionState.RUNNING):
    change(session, bids_opened_at=timezone.now(), state=state, step=4)
    session.refresh_from_db()


class TestWhoSeesTheBids:
    def test_before_they_are_open_the_own_one_alone(self, table):
        run(table.session)
        high, low = bid(table.colleague, 9), bid(table.leader, 2)

        assert visible_bids(table.session, table.colleague.employee) == [high]
        assert visible_bids(table.session, table.leader.employee) == [low]
        assert visible_bids(table.session, table.presenter.employee) == []
        assert not sees_bids(table.session, table.colleague.employee)

    def test_once_open_those_who_bid_see_all_the_lowest_first(self, table):
        run(table.session)
        high, low = bid(table.colleague, 9), bid(table.leader, 2)
        open_all(table.session)

        assert visible_bids(table.session, table.colleague.employee) == [low, high]
        assert visible_bids(table.session, table.guest.employee) == []
        assert not sees_bids(table.session, table.guest.employee)

    def test_who_was_excused_sees_them_too(self, table):
        run(table.session)
        bid(table.colleague, 9)
        open_all(table.session)
        change(
            table.guest,
            bid_excused_at=timezone.now(),
            bid_excused_by=table.leader.employee,
        )

        assert sees_bids(table.session, table.guest.employee)
        assert not sees_bids(table.session, table.leader.employee)

    def test_after_the_session_the_cases_own_caseworker_sees_them(self, table):
        bid(table.colleague, 9)
        open_all(table.session, SessionState.CLOSED)

        assert sees_bids(table.session, table.presenter.employee)
        assert not sees_bids(table.session, table.leader.employee)

    def test_while_it_runs_the_caseworker_needs_a_bid_as_well(self, table):
        open_all(table.session)

        assert not sees_bids(table.session, table.presenter.employee)

    def test_who_has_taken_the_case_over_gives_a_number_first(self, table):
        bid(table.colleague, 9)
        open_all(table.session, SessionState.AWAITING_OUTCOME)
        new = handed_over(table)
        table.session.case.refresh_from_db()
        assert not has_taken_over(table.session, new)
        change(table.presenter, role=ParticipantRole.FORMER)

        assert has_taken_over(table.session, new)
        assert not has_taken_over(table.session, table.colleague.employee)
        place = take_part(table.session, new, ParticipantRole.PRESENTER)
        change(place, bid_excused_at=timezone.now(), bid_excused_by=table.leader.employee)
        assert not sees_bids(table.session, new)
        bid(place, 4)
        assert not has_taken_over(table.session, new)
        assert sees_bids(table.session, new)

    def test_nobody_has_taken_over_what_runs_or_is_closed(self, table):
        new = handed_over(table)
        change(table.presenter, role=ParticipantRole.FORMER)
        for state in (SessionState.RUNNING, SessionState.CLOSED):
            open_all(table.session, state)
            table.session.case.refresh_from_db()
            assert not has_taken_over(table.session, new)


class TestWhoSeesTheBeliefs:
    def test_they_are_kept_from_colleagues_until_the_bids_are_open(self, table):
        person = table.colleague.employee
        assert hides_beliefs(table.case, person)
        run(table.session)
        bid(table.colleague, 9)
        assert hides_beliefs(table.case, person)

        open_all(table.session)
        assert not hides_beliefs(table.case, person)
        assert hides_beliefs(table.case, table.leader.employee)

    def test_the_caseworker_sees_them_and_who_is_in_no_session_is_not_asked(self, table):
        assert not hides_beliefs(table.case, table.presenter.employee)
        assert not hides_beliefs(table.case, EmployeeFactory(unit=table.case.unit))
        change(table.colleague, answer=Answer.NO)
        assert not hides_beliefs(table.case, table.colleague.employee)

    def test_a_session_that_is_over_hides_nothing(self, table):
        change(table.session, state=SessionState.CLOSED, step=4)

        assert not hides_beliefs(table.case, table.colleague.employee)

    def test_one_session_to_come_is_enough_to_hide_them(self, table):
        run(table.session)
        bid(table.colleague, 9)
        open_all(table.session)
        begins = timezone.now() + timedelta(days=7)
        request = table.session.request
        change(request, state="open")
        ahead = SessionFactory(case=table.case, starts_at=begins, people=("facilitator",))
        take_part(ahead, table.colleague.employee, ParticipantRole.COLLEAGUE)

        assert hides_beliefs(table.case, table.colleague.employee)


class TestWhoSeesToAnAction:
    def test_the_caseworker_and_who_is_responsible_while_they_see_the_case(self, table):
        person, owner = table.colleague.employee, table.presenter.employee
        action = ActionFactory(case=table.case, responsible=person, deadline=timezone.localdate())
        ActionFactory()

        assert list(actions_of(owner)) == [action]
        assert list(actions_of(person)) == [action]
        assert list(actions_of(table.leader.employee)) == []
        assert answerable(action) == person

        change(table.colleague, answer=Answer.NO)
        assert list(actions_of(person)) == []
        assert answerable(action) == owner

    @pytest.mark.parametrize("agreed", [False, True])
    def test_else_it_is_the_caseworkers(self, table, agreed):
        deadline = timezone.localdate() if agreed else None
        action = ActionFactory(case=table.case, deadline=deadline)
        assert action.responsible == (table.case.owner if agreed else None)

        assert answerable(action) == table.case.owner
