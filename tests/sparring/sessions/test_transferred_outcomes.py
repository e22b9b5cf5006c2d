"""A case handed over while the outcome of a session is missing: its new caseworker writes it."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sparring.colleagues.constraints import read_rules
from sparring.enums import ChangedMind, ParticipantRole, SessionState
from sparring.handovers.domain.handing_over import hand_over
from sparring.sessions.domain.facilitation import hand_over_lead
from sparring.sessions.domain.outcomes import close_session
from sparring.sessions.domain.rounds import give_bid
from sparring.sessions.domain.steps import end_session
from sparring.sessions.queries.agenda import agenda
from sparring.sessions.queries.sessions import participation_of, sessions_of, visible_bids
from tests.factories.people import EmployeeFactory
from tests.factories.sessions import driver, open_bids, people_of, running_session
from tests.sparring.sessions.test_outcomes import agreement

pytestmark = pytest.mark.django_db
BID = "Kolibrien ringede selv i går"


@pytest.fixture
def ended():
    """A session with open bids, over, without its outcome."""
    session = running_session(step=4)
    owner = session.case.owner
    give_bid(actor=owner, session=session, value=3, because=BID)
    session = hand_over_lead(actor=driver(session), session=session, to=owner)
    open_bids(session)
    return end_session(actor=owner, session=session)


def handed(session, to=None):
    to = to or EmployeeFactory(unit=session.case.unit)
    hand_over(case=session.case, actor=session.case.owner, to=to)
    session.refresh_from_db()
    session.case.refresh_from_db()
    return to


def page(employee, session, name="session"):
    client = Client()
    client.force_login(employee)
    return client.get(reverse(f"sparring:{name}", args=[session.pk]))


def test_the_new_caseworker_writes_the_outcome(ended):
    before = ended.case.owner
    new = handed(ended)

    assert [row.session for row in agenda(new).awaiting] == [ended]
    assert agenda(before).awaiting == []
    assert "Besøge" not in page(new, ended).content.decode()
    assert page(new, ended, "session_close").status_code == 200
    assert page(before, ended, "session_close").status_code == 404

    outcome = close_session(actor=new, session=ended, agreement=agreement(ended, responsible=new))

    ended.refresh_from_db()
    assert ended.state == SessionState.CLOSED
    assert outcome.changed_mind == ChangedMind.SAME
    assert participation_of(ended, new).role == ParticipantRole.PRESENTER
    assert participation_of(ended, before).access_until > timezone.now()


def test_the_predecessors_bid_is_shown_after_the_own_number(ended):
    new = handed(ended)

    for name in ("session", "session_close"):
        assert BID not in page(new, ended, name).content.decode()
    assert visible_bids(ended, new) == []

    close_session(actor=new, session=ended, agreement=agreement(ended, responsible=new))
    ended.refresh_from_db()
    assert BID in page(new, ended).content.decode()


def test_a_colleague_who_was_in_the_session_takes_over_with_their_own_bid_in_sight(ended):
    leader = people_of(ended)[1]

    handed(ended, to=leader)

    assert participation_of(ended, leader).role == ParticipantRole.PRESENTER
    assert [bid.because for bid in visible_bids(ended, leader)] == []
    assert ended.participations.filter(employee=leader).count() == 1


def test_handed_on_again_only_who_was_there_stays_in_it(ended):
    first = ended.case.owner
    second = handed(ended)
    third = handed(ended)

    participations = {row.employee: row.role for row in ended.participations.all()}
    assert participations[first] == ParticipantRole.FORMER
    assert participations[third] == ParticipantRole.PRESENTER
    assert second not in participations
    assert not sessions_of(second).exists()
    handed(ended, to=first)
    assert participation_of(ended, first).role == ParticipantRole.PRESENTER


def test_who_brought_it_does_not_count_as_a_partner(ended):
    before = ended.case.owner
    handed(ended)

    partners = read_rules([ended.case]).earlier_partners

    assert (ended.case.pk, before.pk) not in partners
    assert partners == {(ended.case.pk, person.pk) for person in people_of(ended)[1:3]}


def test_the_former_caseworker_reads_what_was_agreed_and_nothing_else(ended):
    before = ended.case.owner
    new = handed(ended)
    waits = page(before, ended).content.decode()
    assert f"{new} har sagen nu og skriver, hvad I aftalte." in waits
    close_session(actor=new, session=ended, agreement=agreement(ended, responsible=new))

    text = page(before, ended).content.decode()

    assert "Besøge" in text
    assert "Du har givet sagen videre. Indtil" in text
    for hidden in (BID, ended.case.code, "Hun har selv fundet to steder", "/sager/PR"):
        assert hidden not in waits + text
    client = Client()
    client.force_login(before)
    assert client.get(reverse("sparring:case_detail", args=[ended.case.code])).status_code == 404
    follow_up = ended.outcome.follow_up
    assert client.get(reverse("sparring:follow_up", args=[follow_up.pk])).status_code == 404
    with time_machine.travel(timezone.now() + timedelta(days=15)):
        client.force_login(before)
        assert client.get(reverse("sparring:session", args=[ended.pk])).status_code == 404
