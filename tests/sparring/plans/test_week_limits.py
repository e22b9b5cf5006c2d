"""The limits of a week count in every role: in a plan, by hand, and when it is published."""

from datetime import timedelta

import pytest
from django.utils import timezone

from sparring.bookings.domain.booking import book_session
from sparring.bookings.domain.calendar_locks import ConfirmationRequired
from sparring.bookings.domain.changes import change_time
from sparring.colleagues.calendars import read_calendars
from sparring.enums import ExclusionReason, NotPlaced, ParticipantRole
from sparring.plans.domain.make_plan import make_plan
from sparring.plans.domain.publishing import publish_plan
from tests.factories.group_sessions import Group
from tests.factories.planning import Town, moment, next_monday

pytestmark = pytest.mark.django_db
MONDAY = next_monday()
AS_NEW = {"max_presented_per_week": 2, "max_sessions_per_week": 3, "several_a_day": False}
"""What somebody has who has chosen nothing."""


def draft(town, **values):
    return make_plan(
        actor=town.coordinator,
        municipality=town.municipality,
        **{"first_day": MONDAY, "days": 14, **values},
    )


def days_of(plan, person):
    """The days of somebody's sessions in a plan, in any role."""
    sessions = plan.sessions.filter(participations__employee=person)
    return sorted(timezone.localdate(session.starts_at) for session in sessions)


def weeks_of(days):
    return [sum(day.isocalendar().week == week for day in days) for week in weeks()]


def weeks():
    return [(MONDAY + timedelta(days=number)).isocalendar().week for number in (0, 7)]


def set_limits(person, **values):
    for name, value in values.items():
        setattr(person, name, value)
    person.save()


def test_a_presenter_brings_two_cases_a_week_never_two_a_day_and_the_rest_says_why():
    town = Town(colleagues=6, **AS_NEW)
    owner = town.colleagues[0]
    cases = [town.case() for _ in range(5)]

    plan = draft(town)

    days = days_of(plan, owner)
    assert weeks_of(days) == [2, 2]
    assert len(set(days)) == 4
    (left,) = plan.unplaced.all()
    assert (left.case in cases, left.why) == (True, NotPlaced.PRESENTER_FULL)
    assert left.colleagues == [owner.pk]
    assert publish_plan(actor=town.coordinator, plan=plan).left == {}


def test_sessions_lie_apart_while_the_window_has_room():
    town = Town(colleagues=6, **AS_NEW)
    for _ in range(2):
        town.case()

    first, second = days_of(draft(town), town.colleagues[0])

    assert (second - first).days > 1
    assert weeks_of([first, second]) == [1, 1]


def test_seats_and_own_cases_together_are_held_to_the_limit_in_all():
    town = Town(colleagues=2, **AS_NEW | {"max_sessions_per_week": 3}, max_per_7_days=3)
    for owner in town.colleagues:
        for _ in range(3):
            town.case(owner=owner)

    plan = draft(town, days=7)

    assert plan.sessions.count() == 3  # each is the other's only colleague
    for person in town.colleagues:
        days = days_of(plan, person)
        assert len(days) == len(set(days)) == 3
    presenters = [session.case.owner_id for session in plan.sessions.select_related("case")]
    assert max(presenters.count(person.pk) for person in town.colleagues) <= 2


def test_who_is_fine_with_several_a_day_gets_them_when_one_day_is_all_there_is():
    town = Town(colleagues=4, **AS_NEW)
    for _ in range(2):
        town.case()

    assert draft(town, days=1).sessions.count() == 1
    set_limits(town.colleagues[0], several_a_day=True)
    plan = draft(town, days=1)

    assert days_of(plan, town.colleagues[0]) == [MONDAY, MONDAY]


def test_what_is_booked_already_counts():
    town = Town(colleagues=4, **AS_NEW)
    owner, partner = town.colleagues[:2]
    for day in (0, 1):
        book_session(
            actor=owner,
            case=town.case(),
            partners=[partner],
            starts_at=moment(MONDAY + timedelta(days=day), "10.00"),
        )
    town.case()

    (day,) = days_of(draft(town), owner)

    assert weeks_of([day]) == [0, 1]


def test_by_hand_a_second_session_the_same_day_is_asked_about_first():
    town = Town(colleagues=4, **AS_NEW)
    owner, partner, other = town.colleagues[:3]
    book_session(
        actor=owner, case=town.case(), partners=[partner], starts_at=moment(MONDAY, "10.00")
    )
    second = {"actor": owner, "case": town.case(), "starts_at": moment(MONDAY, "13.00")}

    with pytest.raises(ConfirmationRequired) as asked:
        book_session(partners=[other], **second)
    session = book_session(partners=[other], confirmed=True, **second)

    assert [caution.why for caution in asked.value.cautions] == [ExclusionReason.SAME_DAY]
    assert session.starts_at == moment(MONDAY, "13.00")


def test_a_day_chosen_by_hand_stands_when_the_plan_is_published():
    town = Town(colleagues=4, **AS_NEW)
    for _ in range(2):
        town.case()
    plan = draft(town)
    first, second = plan.sessions.order_by("starts_at")

    change_time(
        session=second,
        actor=town.coordinator,
        starts_at=first.starts_at + timedelta(hours=1),
        confirmed=True,
    )
    published = publish_plan(actor=town.coordinator, plan=plan)

    assert (len(published.booked), published.left) == (2, {})


def test_a_limit_lowered_since_the_draft_is_kept_when_it_is_published():
    town = Town(colleagues=4, **AS_NEW)
    for _ in range(4):
        town.case()
    plan = draft(town)
    assert plan.sessions.count() == 4

    set_limits(town.colleagues[0], max_presented_per_week=1)
    published = publish_plan(actor=town.coordinator, plan=plan)

    assert len(published.booked) == 2
    assert set(published.left.values()) == {NotPlaced.CHANGED}


def test_the_two_cases_of_a_group_session_are_one_session_of_the_day():
    group = Group(along=True, published=True)
    first, _second = group.both
    day = timezone.localdate(first.starts_at)

    calendar = read_calendars([group.one], day, 1)[group.one.pk]

    assert len(calendar.sessions) == 2
    assert calendar.sittings_on(day) == 1
    calendar.several_a_day = False
    assert calendar.left_on(day) == 0


def test_who_brings_two_cases_is_not_asked_where_others_bring_none():
    town = Town(colleagues=5, **AS_NEW)
    busy, owner = town.colleagues[:2]
    for _ in range(2):
        town.case(owner=busy)
    theirs = town.case(owner=owner)

    plan = draft(town, days=7)

    seat = plan.sessions.get(case=theirs).participations.exclude(role=ParticipantRole.PRESENTER)
    assert seat.get().employee in town.colleagues[2:]
