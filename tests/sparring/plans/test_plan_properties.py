"""No hard rule is broken in any municipality that hypothesis can think of (docs/domain.md B4)."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from people.enums import AbsenceKind
from people.models import Absence, BusyTime
from people.working_days import is_working_day
from sparring.bookings.domain.conflicts import declare_conflict
from sparring.enums import ParticipantRole, RequestState
from sparring.models import CaseOwnership, Conflict, Participation, SparringRequest
from sparring.plans.domain.make_plan import make_plan
from sparring.plans.domain.publishing import publish_plan
from sparring.plans.standing import standing_of
from tests.factories.people import EmployeeFactory
from tests.factories.planning import COPENHAGEN, Town, at_work, moment, next_monday

pytestmark = pytest.mark.django_db
MONDAY = next_monday()
HOURS = [(time(9), time(15)), (time(9), time(10)), (time(12), time(13, 30)), None]

colleague = st.fixed_dictionaries(
    {
        "hours": st.sampled_from(HOURS),
        "week": st.integers(0, 2),
        "fortnight": st.none() | st.integers(0, 3),
        "month": st.integers(0, 3),
        "themes": st.lists(st.integers(1, 9), max_size=3, unique=True),
        "presented": st.integers(0, 3),
        "in_all": st.integers(0, 4),
        "several": st.booleans(),
        "next": st.booleans(),
        "away": st.none() | st.tuples(st.sampled_from(AbsenceKind.values), st.integers(0, 9)),
        "busy": st.lists(st.tuples(st.integers(0, 9), st.integers(9, 14)), max_size=2, unique=True),
    }
)
case = st.fixed_dictionaries(
    {
        "owner": st.integers(0, 4),
        "earlier": st.none() | st.integers(0, 4),
        "declined": st.none() | st.integers(0, 4),
        "conflict": st.none() | st.integers(0, 4),
        "minutes": st.sampled_from([None, 10, 25, 40]),
        "partners": st.integers(1, 3),
    }
)
town_strategy = st.fixed_dictionaries(
    {
        "people": st.lists(colleague, min_size=2, max_size=5),
        "cases": st.lists(case, min_size=1, max_size=6),
        "manager": st.none() | st.tuples(st.integers(0, 4), st.integers(0, 4)),
        "odds": st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=2),
        "partners": st.integers(1, 3),
        "capacity": st.integers(0, 4),
    }
)


def build(spec):
    town = Town(colleagues=0)
    town.unit.capacity_per_week = spec["capacity"]
    town.unit.save()
    for layer in spec["people"]:
        person = EmployeeFactory(
            unit=town.unit,
            max_per_7_days=layer["week"],
            max_per_14_days=layer["fortnight"],
            max_per_30_days=layer["month"],
            max_presented_per_week=layer["presented"],
            max_sessions_per_week=layer["in_all"],
            several_a_day=layer["several"],
            theme_numbers=layer["themes"],
            pick_me_next=layer["next"],
        )
        town.colleagues.append(at_work(person, *layer["hours"]) if layer["hours"] else person)
        if layer["away"]:
            kind, day = layer["away"]
            first = MONDAY + timedelta(days=day)
            Absence.objects.create(
                employee=person, kind=kind, first_day=first, last_day=first + timedelta(days=3)
            )
        for day, hour in layer["busy"]:
            start = moment(MONDAY + timedelta(days=day), f"{hour}.15")
            BusyTime.objects.create(
                employee=person, during=(start, start + timedelta(hours=1)), source="test"
            )
    people = town.colleagues
    if spec["manager"]:
        low, high = (people[index % len(people)] for index in spec["manager"])
        if low != high:
            low.line_manager = high
            low.save()
    for first, second in spec["odds"]:
        one, other = people[first % len(people)], people[second % len(people)]
        if one != other:
            declare_conflict(actor=one, colleague=other)
    return town, [build_case(town, layer) for layer in spec["cases"]]


def build_case(town, each):
    people = town.colleagues
    made = town.case(owner=people[each["owner"] % len(people)])
    if each["earlier"] is not None:
        CaseOwnership.objects.create(
            case=made,
            employee=people[each["earlier"] % len(people)],
            since=made.started - timedelta(days=90),
            until=made.started,
        )
    if each["conflict"] is not None:
        declare_conflict(actor=people[each["conflict"] % len(people)], case_code=made.code)
    if each["minutes"]:
        sparring_request = SparringRequest.objects.create(
            case=made,
            created_by=made.owner,
            key_question="Hvad nu?",
            duration_minutes=each["minutes"],
            partners=each["partners"],
            state=RequestState.REQUESTED,
        )
        if each["declined"] is not None:
            sparring_request.declined_by.add(people[each["declined"] % len(people)])
    return made


def check_people(session, partners):
    owner = session.case.owner
    earlier = set(session.case.ownerships.values_list("employee", flat=True))
    declined = set(session.request.declined_by.values_list("pk", flat=True))
    for partner in partners:
        assert partner.pk != owner.pk
        assert partner.pk != owner.line_manager_id
        assert partner.pk not in earlier | declined
        assert partner.municipality_id == session.case.municipality_id
    everybody = [owner, *partners]
    declared = Conflict.objects.filter(employee__in=everybody)
    assert not declared.filter(case_code=session.case.code, employee__in=partners).exists()
    assert not declared.filter(colleague__in=everybody).exists()


def check_times(person, start, end, *, is_partner):
    local, until = start.astimezone(COPENHAGEN), end.astimezone(COPENHAGEN)
    assert is_working_day(local.date())
    assert any(
        hours.weekday == local.weekday()
        and hours.start <= local.time()
        and until.time() <= hours.end
        for hours in person.hours.all()
    )
    for absence in person.absences.all():
        if absence.kind == AbsenceKind.AWAY or is_partner:
            assert not absence.first_day <= local.date() <= absence.last_day
    for busy in person.busy_times.all():
        assert end <= busy.during.lower or busy.during.upper <= start


def check_limits(person, days):
    fortnight = 99 if person.max_per_14_days is None else person.max_per_14_days
    limits = ((7, person.max_per_7_days), (14, fortnight), (30, person.max_per_30_days))
    for span, most in limits:
        for first in days:
            last = first + timedelta(days=span)
            assert sum(first <= day < last for day in days) <= most


def check_weeks(person, booked, presented):
    """No more than wanted in a calendar week, and one session a day unless more are fine."""
    weeks, days = Counter(), Counter()
    for start, _end in booked:
        day = start.astimezone(COPENHAGEN).date()
        weeks[day.isocalendar()[:2]] += 1
        days[day] += 1
    assert max(weeks.values(), default=0) <= person.max_sessions_per_week
    assert person.several_a_day or max(days.values(), default=0) <= 1
    own = Counter(day.isocalendar()[:2] for day in presented)
    assert max(own.values(), default=0) <= person.max_presented_per_week


@settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(town_strategy)
def test_no_hard_rule_is_broken_and_every_case_is_accounted_for(spec):
    with transaction.atomic():
        town, cases = build(spec)

        plan = make_plan(
            actor=town.coordinator,
            municipality=town.municipality,
            first_day=MONDAY,
            days=10,
            partners=spec["partners"],
        )

        check_plan(plan, town, cases, spec)
        published = publish_plan(actor=town.coordinator, plan=plan)
        assert published.left == {}
        transaction.set_rollback(True)


def check_plan(plan, town, cases, spec):
    seats: dict[int, list[datetime]] = {}
    presented: dict[int, list[date]] = {}
    booked: dict[int, list[tuple[datetime, datetime]]] = {}
    sessions = list(plan.sessions.all())
    for session in sessions:
        participations = Participation.objects.filter(session=session).select_related("employee")
        partners = [p.employee for p in participations if p.role != ParticipantRole.PRESENTER]
        assert 1 <= len(partners) <= session.request.partners
        assert len(partners) == session.request.partners or not session.as_matched
        presenters = [p.employee for p in participations if p.role == ParticipantRole.PRESENTER]
        assert presenters == [session.case.owner]
        check_people(session, partners)
        for participation in participations:
            is_partner = participation.role != ParticipantRole.PRESENTER
            check_times(
                participation.employee, session.starts_at, session.ends_at, is_partner=is_partner
            )
            booked.setdefault(participation.employee_id, []).append(
                (session.starts_at, session.ends_at)
            )
            day = session.starts_at.astimezone(COPENHAGEN).date()
            in_role = seats if is_partner else presented
            in_role.setdefault(participation.employee_id, []).append(day)
    for mine in booked.values():
        mine.sort()
        assert all(first[1] <= second[0] for first, second in pairwise(mine))
    for person in town.colleagues:
        check_limits(person, seats.get(person.pk, []))
        check_weeks(person, booked.get(person.pk, []), presented.get(person.pk, []))
    placed = {session.case_id for session in sessions}
    named = set(plan.unplaced.values_list("case", flat=True))
    waiting = sum(plan.waiting.values_list("cases", flat=True))
    assert not placed & named
    assert len(placed) + len(named) + waiting == len(cases)
    assert plan.certificate["dual_gap"] == 0
    assert standing_of(plan, timezone.now()).holds
