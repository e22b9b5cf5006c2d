"""Who drives a session: its leader, or who they hand it to, or who takes over from somebody
gone.
"""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from privacy.models import AuditEntry
from sparring.enums import Answer, ParticipantRole
from sparring.models import SparringSession, session_formats
from sparring.sessions.domain.facilitation import hand_over_lead, take_over_lead
from sparring.sessions.domain.rounds import give_bid
from sparring.sessions.domain.steps import go_to_step
from sparring.sessions.queries.facilitation import driver_of
from tests.factories.guests import TwoTowns
from tests.factories.people import EmployeeFactory
from tests.factories.sessions import driver, people_of, running_session, take_part
from tests.sparring.pages import client_of, url

pytestmark = pytest.mark.django_db
NEXT = "Videre: "


def text_of(person, session):
    return client_of(person).get(url("session", session.pk)).content.decode()


def test_only_the_leader_moves_the_session_on_and_the_others_see_who_does():
    session = running_session(step=session_formats.FACTS)
    presenter, leader, colleague = people_of(session)

    assert NEXT in text_of(leader, session)
    for other in (presenter, colleague):
        page = text_of(other, session)
        assert NEXT not in page
        assert f"{leader} er sparringsleder og fører jer videre." in page
        answer = client_of(other).post(url("session_step", session.pk), {"from": 3, "step": 4})
        assert answer.status_code == 403
        with pytest.raises(PermissionDenied):
            go_to_step(actor=other, session=session, step=session_formats.BIDS)
    session.refresh_from_db()
    assert session.step == session_formats.FACTS
    client_of(leader).post(url("session_step", session.pk), {"from": 3, "step": 4})
    session.refresh_from_db()
    assert session.step == session_formats.BIDS


@pytest.mark.parametrize("length", [10, 25])
def test_the_presenter_who_has_not_bid_goes_nowhere(length):
    """The ten minutes in which the one who had not answered skipped the heart of the method."""
    session = running_session(
        step=session_formats.BIDS, length=length, people=[ParticipantRole.FACILITATOR]
    )
    presenter, leader = people_of(session)
    give_bid(actor=leader, session=session, value=5, because="Hun mødte til tiden i går.")

    for person in (presenter, leader):
        assert NEXT not in text_of(person, session)
        client_of(person).post(url("session_step", session.pk), {"from": 4, "step": 6})
    session.refresh_from_db()

    assert session.step == session_formats.BIDS
    assert f"Gå videre uden bud fra {presenter}" in text_of(leader, session)
    client_of(leader).post(url("session_open", session.pk), {"of": presenter.pk})
    assert NEXT in text_of(leader, session)


def test_the_lead_is_handed_on():
    session = running_session()
    presenter, leader, colleague = people_of(session)
    assert "Giv rollen videre til" in text_of(leader, session)

    client_of(leader).post(url("session_lead", session.pk), {"to": presenter.pk})

    session.refresh_from_db()
    assert driver(session) == presenter
    assert NEXT in text_of(presenter, session)
    assert NEXT not in text_of(leader, session)
    assert AuditEntry.objects.filter(action="session.hand_on_lead", actor_id=leader.pk).count() == 1
    assert "(sparringsleder)" not in text_of(presenter, session)
    with pytest.raises(PermissionDenied):
        hand_over_lead(actor=leader, session=session, to=colleague)
    for wrong in (presenter, EmployeeFactory(unit=session.case.unit)):
        with pytest.raises(ValidationError):
            hand_over_lead(actor=presenter, session=session, to=wrong)


def test_it_is_taken_over_only_from_somebody_who_has_been_gone_for_two_minutes():
    with time_machine.travel(timezone.now().replace(microsecond=0), tick=False) as clock:
        session = running_session()
        presenter, leader, colleague = people_of(session)
        clock.shift(timedelta(seconds=100))
        text_of(leader, session)  # seen
        clock.shift(timedelta(seconds=100))
        assert "Overtag sparringslederrollen" not in text_of(colleague, session)
        with pytest.raises(ValidationError):
            take_over_lead(actor=colleague, session=session)
        clock.shift(timedelta(seconds=21))

        page = text_of(colleague, session)
        client_of(colleague).post(url("session_lead", session.pk))

        assert f"{leader} har ikke været her i to minutter." in page
        session.refresh_from_db()
        assert driver(session) == colleague
        entry = AuditEntry.objects.get(action="session.take_over_lead")
        assert entry.actor_id == colleague.pk
        # The leader who comes back asks for it; nobody drives beside the one who does.
        assert NEXT not in text_of(leader, session)
        assert driver_of(session).employee != presenter


def test_a_leader_who_never_came_counts_from_the_beginning():
    with time_machine.travel(timezone.now().replace(microsecond=0), tick=False) as clock:
        session = running_session()
        presenter = people_of(session)[0]
        with pytest.raises(ValidationError):
            take_over_lead(actor=presenter, session=session)
        clock.shift(timedelta(minutes=2, seconds=1))

        assert driver(take_over_lead(actor=presenter, session=session)) == presenter


def test_a_browser_learns_that_the_leader_is_gone_without_being_drawn_anew():
    with time_machine.travel(timezone.now().replace(microsecond=0), tick=False) as clock:
        session = running_session()
        client = client_of(people_of(session)[2])
        asks = client.get(url("session", session.pk)).content.decode()
        asks = asks.split('hx-get="')[1].split('"')[0]
        assert client.get(asks).status_code == 204
        clock.shift(timedelta(minutes=3))

        changed = client.get(asks).content.decode()

        assert "Overtag sparringslederrollen" in changed
        assert 'id="session-main"' not in changed


def test_a_guest_never_leads_and_a_no_falls_to_the_next():
    towns = TwoTowns()
    session = running_session(case=towns.case, request=towns.sparring_request)
    presenter, leader, _ = people_of(session)
    participation = take_part(
        session, EmployeeFactory(unit=session.case.unit), ParticipantRole.COLLEAGUE
    )
    participation.role, participation.employee, participation.agreement = (
        "guest",
        towns.guest,
        towns.agreement,
    )
    participation.save()
    with pytest.raises(ValidationError):
        hand_over_lead(actor=leader, session=session, to=towns.guest)
    with time_machine.travel(timezone.now() + timedelta(minutes=5)):
        with pytest.raises(PermissionDenied):
            take_over_lead(actor=towns.guest, session=session)
        assert "Overtag" not in text_of(towns.guest, session)
    session.participations.filter(employee=leader).update(answer=Answer.NO)

    assert driver(SparringSession.objects.get(pk=session.pk)) == presenter
