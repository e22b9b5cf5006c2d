"""The colleagues' second bid: blind again, nobody waits for it, and it is nobody's by name."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from sparring.enums import BidMoment, SessionState
from sparring.models import BlindBid, SparringSession, session_formats
from sparring.sessions.domain.later_bids import give_later_bid
from sparring.sessions.domain.rounds import give_bid
from tests.factories.people import EmployeeFactory
from tests.factories.sessions import people_of, running_session
from tests.sparring.pages import client_of, url
from tests.sparring.sessions.test_session_pages import closing

pytestmark = pytest.mark.django_db
WHY = "Hun kom selv med to steder."


def shown(person, session):
    return client_of(person).get(url("session", session.pk)).content.decode()


def at_agreement(**values):
    """A session whose first bids are in (2, 5 and 8), at its last step."""
    session = running_session(step=session_formats.BIDS, **values)
    for person, value in zip(people_of(session), (2, 5, 8), strict=True):
        give_bid(actor=person, session=session, value=value, because=WHY)
    SparringSession.objects.update(step=session_formats.AGREEMENT)
    session.refresh_from_db()
    return session


def test_it_is_its_authors_alone_until_the_session_is_closed():
    session = at_agreement()
    presenter, leader, colleague = people_of(session)

    give_later_bid(actor=colleague, session=session, value=9, because="Kolibrien sang for hende.")
    give_later_bid(actor=leader, session=session, value=6, because="Spurven var der også i dag.")

    assert "Kolibrien" in shown(colleague, session)
    assert "Dit bud er med." in shown(colleague, session)
    for person in (presenter, leader):
        assert "Kolibrien" not in shown(person, session)
        assert "9 af 10" not in shown(person, session)
    assert "Dit eget tal nu" not in shown(presenter, session)


def test_afterwards_numbers_are_shown_and_nobodys_name_or_words():
    session = at_agreement()
    presenter, leader, colleague = people_of(session)
    give_later_bid(actor=colleague, session=session, value=9, because="Kolibrien sang for hende.")
    close(presenter, session)
    assert "Kollegernes bud efter samtalen" not in shown(presenter, session)  # one is a person's

    give_as_stored(session, leader)

    for person in (presenter, leader, colleague):
        page = shown(person, session)
        later = page[page.index("Kollegernes bud efter samtalen") :].split("</ul>")[0]
        assert "En kollega: 6 af 10" in later
        assert "En kollega: 9 af 10" in later
        assert str(colleague) not in later
        assert "Kolibrien" not in page


def close(presenter, session):
    answer = client_of(presenter).post(url("session_close", session.pk), closing(session))
    assert answer.status_code == 302
    session.refresh_from_db()


def give_as_stored(session, person):
    BlindBid.objects.create(
        session=session,
        employee=person,
        moment=BidMoment.AFTER,
        value=6,
        because=WHY,
        submitted_at=timezone.now(),
    )


def test_the_first_bids_stay_what_they_were():
    session = at_agreement()
    presenter, leader, _ = people_of(session)

    give_later_bid(actor=leader, session=session, value=9, because=WHY)

    assert sorted(bid.value for bid in session.first_bids) == [2, 5, 8]
    close(presenter, session)
    assert session.outcome.changed_mind == "up"  # 6 beside the presenter's first 2
    assert "Fra 2 til 8." in shown(presenter, session)


def test_it_is_changed_and_a_double_click_is_one():
    session = at_agreement()
    leader = people_of(session)[1]
    client, address = client_of(leader), url("session_bid_again", session.pk)

    for value in (6, 6, 7):
        answer = client.post(address, {"value": value, "because": WHY})
        assert answer.status_code == 302

    bid = BlindBid.objects.get(moment=BidMoment.AFTER)
    assert bid.value == 7
    with pytest.raises(IntegrityError), transaction.atomic():
        give_as_stored(session, leader)


@pytest.mark.parametrize(
    "values", [{"value": "11", "because": WHY}, {"value": "5", "because": "Født 010190-1234"}]
)
def test_bad_input_is_refused_and_kept(values):
    session = at_agreement()
    leader = people_of(session)[1]

    answer = client_of(leader).post(url("session_bid_again", session.pk), values)

    assert answer.status_code == 422
    assert values["because"] in answer.content.decode()
    assert not BlindBid.objects.filter(moment=BidMoment.AFTER).exists()


def test_who_and_when():
    session = at_agreement()
    presenter, leader, _ = people_of(session)
    for other in (presenter, EmployeeFactory(unit=session.case.unit)):
        with pytest.raises(PermissionDenied):
            give_later_bid(actor=other, session=session, value=5, because=WHY)
    SparringSession.objects.update(step=session_formats.IDEAS)
    with pytest.raises(ValidationError):
        give_later_bid(actor=leader, session=session, value=5, because=WHY)
    SparringSession.objects.update(
        step=session_formats.AGREEMENT, state=SessionState.AWAITING_OUTCOME
    )
    with pytest.raises(ValidationError):
        give_later_bid(actor=leader, session=session, value=5, because=WHY)
