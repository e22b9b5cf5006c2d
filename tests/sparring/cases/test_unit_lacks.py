"""What a leader is told that the team lacks: numbers of cases, none of few, none of a person."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from people.models import Unit
from sparring.beliefs.domain.needs import recompute
from sparring.cases.queries.unit_lacks import unit_lacks
from sparring.handovers.domain.handing_over import hand_over
from sparring.models import Case, HandoverMeeting, StoryUse
from tests.factories.people import EmployeeFactory, UnitFactory
from tests.factories.sessions import SessionFactory
from tests.factories.sparring import BeliefFactory, CaseFactory
from tests.factories.stories import make_published

pytestmark = pytest.mark.django_db


def leader_of(unit):
    return EmployeeFactory(unit=unit, team_leader=True)


def lacking(unit):
    found = unit_lacks(leader_of(unit), timezone.localdate())
    return [lack.count for lack in found.lacks]


def believed(unit, number, days):
    owner = EmployeeFactory(unit=unit)
    at = timezone.now() - timedelta(days=days)
    for _ in range(number):
        case = CaseFactory(owner=owner)
        for role in ("caseworker", "citizen"):
            BeliefFactory(case=case, by_role=role, value=7, by_employee=owner, registered_at=at)
    recompute(Case.objects.filter(unit=unit))


def test_five_numbers_each_with_what_to_do():
    unit = UnitFactory()
    believed(unit, 6, days=100)
    believed(unit, 5, days=1)

    found = unit_lacks(leader_of(unit), timezone.localdate())

    assert [lack.count for lack in found.lacks] == [None, None, None, 6, None]
    assert all(str(lack.label) and str(lack.to_do) for lack in found.lacks)


def test_handovers_without_a_talk_count_after_ten_working_days():
    unit = UnitFactory()
    giver, new = EmployeeFactory(unit=unit), EmployeeFactory(unit=unit)
    for days, number in ((30, 6), (2, 6)):
        for _ in range(number):
            case = CaseFactory(owner=giver)
            hand_over(case=case, actor=giver, to=new, at=timezone.now() - timedelta(days=days))

    assert lacking(unit)[4] == 6
    meeting = HandoverMeeting.objects.create(
        municipality=unit.municipality,
        former_owner=giver,
        new_owner=new,
        state="held",
        held_on=timezone.localdate(),
    )
    Case.objects.get(code=case.code).ownerships.get(until=None).handover.__class__.objects.update(
        meeting=meeting
    )
    assert lacking(unit)[4] is None


@pytest.mark.parametrize(("old", "fresh"), [(4, 9), (9, 4), (3, 1), (12, 0)])
def test_no_number_tells_of_few(old, fresh):
    unit = UnitFactory()
    believed(unit, old, days=100)
    believed(unit, fresh, days=1)

    assert lacking(unit)[3] is None


def test_a_unit_may_ask_for_more():
    unit = UnitFactory()
    believed(unit, 6, days=100)
    believed(unit, 6, days=1)
    assert lacking(unit)[3] == 6
    Unit.objects.filter(pk=unit.pk).update(suppression_threshold=8)

    assert lacking(Unit.objects.get(pk=unit.pk))[3] is None


def test_sessions_of_ninety_days_and_the_stories_in_them():
    unit = UnitFactory()
    owner, story = EmployeeFactory(unit=unit), make_published()
    now = timezone.now()
    rows = [("closed", 10)] * 12 + [("cancelled", 10)] * 6 + [("closed", 100)] * 3
    for number, (state, days) in enumerate(rows):
        session = SessionFactory(
            case=CaseFactory(owner=owner),
            state=state,
            starts_at=now - timedelta(days=days, hours=number),
        )
        if number < 6:
            StoryUse.objects.create(session=session, story=story)

    found = unit_lacks(leader_of(unit), timezone.localdate())

    assert (found.held, found.cancelled, found.with_a_story) == (12, 6, 6)


def test_nobody_but_the_leader_and_no_other_unit(client):
    unit = UnitFactory()
    believed(unit, 12, days=100)
    assert unit_lacks(EmployeeFactory(unit=unit), timezone.localdate()) is None
    assert lacking(UnitFactory(municipality=unit.municipality)) == [None] * 5

    client.force_login(leader_of(unit))
    page = client.get("/").content.decode()

    assert "Det mangler holdet" in page
    assert "Sparringer de sidste 90 dage" in page
