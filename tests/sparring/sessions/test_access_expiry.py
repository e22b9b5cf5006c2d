"""The 14 days run out without anybody doing anything; the index learns it the next night."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from people.access import acl_tokens
from search.engines.base import CASES, SearchRequest
from search.engines.select import postgres
from search.outbox import deliver_batch
from search.services import search_for
from sparring.enums import Answer, ParticipantRole
from sparring.sessions.domain.access_expiry import reindex_expired_access
from sparring.tasks import nightly_access
from tests.factories.people import EmployeeFactory
from tests.factories.sessions import SessionFactory, take_part

pytestmark = pytest.mark.django_db
LATER = timedelta(days=14, minutes=1)


@pytest.fixture
def session(settings):
    settings.ELASTICSEARCH_URL = ""
    session = SessionFactory(people=(ParticipantRole.FACILITATOR,), state="closed")
    until = timezone.now() + timedelta(days=14)
    session.participations.exclude(role=ParticipantRole.PRESENTER).update(access_until=until)
    tell(session)
    return session


def tell(session):
    from search.outbox import enqueue_instance

    enqueue_instance(session.case)
    deliver_batch()


def counted(person, case):
    """What the index itself counts for the person, before anything is asked again."""
    return postgres().search(SearchRequest(case.code, acl_tokens(person), CASES)).total


def partner_of(session):
    return session.participations.get(role=ParticipantRole.FACILITATOR).employee


def test_the_night_after_the_index_counts_right(session):
    partner, case = partner_of(session), session.case
    assert (counted(partner, case), reindex_expired_access()) == (1, 0)

    with time_machine.travel(timezone.now() + LATER):
        assert search_for(partner, case.code, index=CASES).hits == []
        assert counted(partner, case) == 1
        assert nightly_access(0) == 1
        deliver_batch()
        assert counted(partner, case) == 0
        assert counted(case.owner, case) == 1


def test_run_twice_it_tells_nothing_new(session):
    with time_machine.travel(timezone.now() + LATER):
        assert [reindex_expired_access(), reindex_expired_access()] == [1, 0]


def test_one_session_with_three_partners_is_told_once(session):
    for _ in range(2):
        colleague = EmployeeFactory(unit=session.case.unit)
        participation = take_part(session, colleague, ParticipantRole.COLLEAGUE, Answer.YES)
        participation.access_until = timezone.now() + timedelta(days=14)
        participation.save()

    with time_machine.travel(timezone.now() + LATER):
        assert reindex_expired_access() == 1
