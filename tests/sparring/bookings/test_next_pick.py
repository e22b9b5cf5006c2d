"""The request to be picked next comes back when the session that met it comes to nothing."""

import pytest

from privacy.models import AuditEntry
from sparring.bookings.domain.booking import book_session, cancel_session
from sparring.bookings.domain.changes import change_partner
from sparring.bookings.domain.invitations import answer_invitation
from sparring.plans.domain.publishing import publish_plan
from tests.factories.group_sessions import Group
from tests.factories.planning import Town, moment, next_monday

pytestmark = pytest.mark.django_db


def sparring_requests(employee, *, to_be=True):
    employee.pick_me_next = to_be
    employee.save(update_fields=["pick_me_next"])
    return employee


def still_wishes(employee):
    employee.refresh_from_db()
    return employee.pick_me_next


@pytest.fixture
def town():
    return Town(colleagues=4)


def booked(town, *partners, hour="10.00"):
    case = town.case()
    return book_session(
        actor=case.owner,
        case=case,
        partners=partners,
        starts_at=moment(next_monday(), hour),
        confirmed=True,
    )


def test_a_cancelled_session_gives_the_wish_back_to_whom_it_was_met_for(town):
    eager, other = sparring_requests(town.colleagues[1]), town.colleagues[2]
    session = booked(town, eager, other)
    assert not still_wishes(eager)

    cancel_session(session=session, actor=session.case.owner)

    assert still_wishes(eager)
    assert not still_wishes(other)
    entries = AuditEntry.objects.filter(action="availability.not_picked")
    assert [entry.object_id for entry in entries] == [str(eager.pk)]


def test_who_said_no_or_was_exchanged_does_not_get_it_back(town):
    refuses, leaves, comes = (sparring_requests(colleague) for colleague in town.colleagues[1:])
    session = booked(town, refuses, leaves)
    answer_invitation(session=session, actor=refuses, yes=False)
    change_partner(
        session=session, actor=session.case.owner, leaving=leaves, coming=comes, confirmed=True
    )

    cancel_session(session=session, actor=session.case.owner)

    assert [still_wishes(row) for row in (refuses, leaves, comes)] == [False, False, True]


def test_a_group_session_that_stands_with_one_case_keeps_the_wish_met():
    group = Group(along=True)
    sparring_requests(group.third)
    publish_plan(actor=group.town.coordinator, plan=group.plan)
    assert not still_wishes(group.third)

    cancel_session(session=group.session(0), actor=group.town.coordinator)
    assert not still_wishes(group.third)

    cancel_session(session=group.session(1), actor=group.town.coordinator)
    assert still_wishes(group.third)
