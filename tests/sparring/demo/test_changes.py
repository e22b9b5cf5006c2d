"""The demo's group session and repair: made by the domain's functions, once."""

import pytest
from django.utils import timezone

from demo_content.files import read
from people import demo as people_demo
from people.models import Employee
from sparring.beliefs.domain.needs import recompute
from sparring.bookings.domain.booking import book_session
from sparring.demo import changes
from sparring.enums import Band, SessionState
from sparring.models import RenewalNeed, SparringPlan, SparringSession
from sparring.models.session_formats import PART_LENGTH
from sparring.plans.repair_proposal import propose
from tests.factories.planning import moment, next_monday
from tests.factories.sparring import CaseFactory

pytestmark = pytest.mark.django_db


def test_two_cases_are_one_session_and_the_coordinator_can_look_at_a_repair():
    people_demo.load(read("people"))
    people = {person.username: person for person in Employee.objects.all()}
    for name in ("nadia.rahimi", "rasmus.friis"):
        case = CaseFactory(owner=people[name])
        recompute([case])
        RenewalNeed.objects.filter(case=case).update(band=Band.HIGH)
    host = people["amina.yusuf"]
    book_session(
        actor=host,
        case=CaseFactory(owner=host),
        partners=[people["leyla.demir"]],
        starts_at=moment(next_monday(), "10.00"),
        confirmed=True,
    )

    made = changes.load()

    assert made == {"group sessions": 1, "away": 1, "drafts": 1}
    second = SparringSession.objects.get(follows__isnull=False)
    assert (second.state, second.length) == (SessionState.PLANNED, PART_LENGTH)
    assert {second.case.owner, second.follows.case.owner} == {
        people["nadia.rahimi"],
        people["rasmus.friis"],
    }
    proposal = propose(host.municipality, timezone.now())
    assert [change.leaving or change.coming for change in proposal.changes] != []
    assert SparringPlan.objects.count() == 2
    assert changes.load() == {"group sessions": 0, "away": 0, "drafts": 0}
