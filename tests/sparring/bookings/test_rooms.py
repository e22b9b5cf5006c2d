"""Rooms are guarded like people's time; sessions get them by themselves."""

from __future__ import annotations

from datetime import timedelta

import icalendar
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from people.roles import Role
from sparring.bookings.domain.booking import book_session, cancel_session, reschedule_session
from sparring.bookings.domain.calendar_locks import TimeTaken
from sparring.bookings.domain.room_admin import add_room, change_room_details, choose_room
from sparring.colleagues.room_assignment import BookableRoom, Seeking, give
from sparring.plans.domain.make_plan import make_plan
from sparring.plans.domain.publishing import publish_plan
from tests.calendar_parts import calendar_bytes
from tests.factories.group_sessions import Group
from tests.factories.guests import TwoTowns
from tests.factories.people import EmployeeFactory, UnitFactory
from tests.factories.planning import Town, moment, next_monday
from tests.sent_notifications import message, session_mails

MONDAY = next_monday()
TEN = moment(MONDAY, "10.00")
MINUTES = timedelta(minutes=1)


@pytest.fixture
def town(db):
    return Town(colleagues=4)


def room(town, name="Lokale 1", seats=4, location="1. sal", **more):
    return add_room(
        actor=town.coordinator, unit=more.pop("unit", town.unit), name=name, seats=seats,
        location=location, **more,
    )  # fmt: skip


def booked(town, number=0, starts_at=TEN, **values):
    owner, partner = town.colleagues[number * 2 : number * 2 + 2]
    case = town.case(owner=owner)
    return book_session(actor=owner, case=case, partners=[partner], starts_at=starts_at, **values)


def test_a_session_gets_a_room_by_itself_and_the_next_one_another_or_none(town):
    only = room(town)

    first, second = booked(town), booked(town, number=1)

    assert (first.room, second.room) == (only, None)


def test_a_place_somebody_wrote_needs_no_room(town):
    room(town)

    assert booked(town, location="Ved søen").room is None


def test_a_called_off_session_gives_the_room_back(town):
    only = room(town)
    first = booked(town)
    cancel_session(session=first, actor=first.case.owner)

    assert booked(town, number=1).room == only


def test_a_moved_session_keeps_its_room_where_it_is_free_and_loses_it_where_not(town):
    only = room(town)
    first, second = booked(town), booked(town, number=1, starts_at=TEN + 60 * MINUTES)

    moved = reschedule_session(
        session=second, actor=second.case.owner, starts_at=TEN + 30 * MINUTES
    )
    assert moved.room == only
    moved = reschedule_session(session=second, actor=second.case.owner, starts_at=TEN)
    assert (moved.room, first.room) == (None, only)


def test_too_small_a_room_is_not_given(town):
    room(town, seats=2)
    large = room(town, name="Lokale 2", seats=3)
    owner, *partners = town.colleagues[:3]

    session = book_session(
        actor=owner, case=town.case(owner=owner), partners=partners, starts_at=TEN
    )

    assert session.room == large


def test_with_a_guest_a_room_with_a_link_comes_first(db):
    towns = TwoTowns()
    room(towns.home)
    online = room(
        towns.home,
        name="Online",
        seats=8,
        location="",
        online_link="https://moede.example/sparring",
    )

    session = book_session(
        actor=towns.case.owner, case=towns.case, partners=[towns.guest], starts_at=TEN
    )

    assert session.room == online


def test_a_plan_gives_rooms_and_says_where_there_is_none(town, client):
    only = room(town)
    for owner in town.colleagues:
        town.case(owner=owner)
    plan = make_plan(
        actor=town.coordinator, municipality=town.municipality, first_day=MONDAY, days=1
    )
    publish_plan(actor=town.coordinator, plan=plan)
    sessions = list(plan.sessions.all())
    client.force_login(town.coordinator)

    page = client.get(reverse("sparring:plan", args=[plan.pk])).content.decode()

    assert {session.room for session in sessions} <= {only, None}
    assert any(session.room == only for session in sessions)
    lacking = sum(session.room is None for session in sessions)
    assert page.count("uden lokale") == lacking
    assert page.count("Lokale 1, 1. sal") == len(sessions) - lacking


def test_publishing_finds_another_room_when_the_proposed_one_is_taken(town):
    first, second = room(town), room(town, name="Lokale 2")
    town.case(owner=town.colleagues[0])
    plan = make_plan(
        actor=town.coordinator, municipality=town.municipality, first_day=MONDAY, days=7
    )
    proposal = plan.sessions.get()
    assert proposal.room == first
    busy = {proposal.case.owner_id, *proposal.participations.values_list("employee", flat=True)}
    others = [colleague for colleague in town.colleagues if colleague.pk not in busy]
    book_session(
        actor=others[0], case=town.case(owner=others[0]), partners=[others[1]],
        starts_at=proposal.starts_at,
    )  # fmt: skip

    publish_plan(actor=town.coordinator, plan=plan)

    proposal.refresh_from_db()
    assert proposal.room == second


def test_a_room_is_chosen_by_hand_and_everybody_is_told(town, client):
    session = booked(town)
    other = room(town)
    client.force_login(session.case.owner)

    page = reverse("sparring:session_room", args=[session.pk])
    assert "Lokale 1" in client.get(page).content.decode()
    client.post(page, {"room": other.pk})

    session.refresh_from_db()
    assert session.room == other
    changed = session_mails(session=session, kind="sparring.changed")
    assert changed.count() == 2


@pytest.mark.parametrize("why", ["taken", "small", "out of use", "elsewhere"])
def test_a_room_that_cannot_be_is_refused(town, why):
    session = booked(town)
    wanted = room(town, seats=2)
    if why == "taken":
        choose_room(actor=town.coordinator, session=booked(town, number=1), room=wanted)
    elif why == "small":
        wanted.seats = 2
        wanted.save()
        third = EmployeeFactory(unit=town.unit)
        session.participations.create(
            employee=third, role="colleague", during=(session.starts_at, session.ends_at)
        )
    elif why == "out of use":
        change_room_details(
            actor=town.coordinator, room=wanted, name="A", seats=2, location="B", in_use=False
        )
    else:
        away = Town(colleagues=0)
        wanted = room(away)

    with pytest.raises(TimeTaken if why == "taken" else ValidationError):
        choose_room(actor=town.coordinator, session=session, room=wanted)


def test_the_room_stands_in_the_mail_and_its_calendar_file(town):
    room(town, online_link="https://moede.example/1")
    session = booked(town)
    mail = session_mails(session=session).first()

    email = message(mail)

    where = "Lokale 1, 1. sal, https://moede.example/1"
    calendar = icalendar.Calendar.from_ical(calendar_bytes(email))
    event = next(iter(calendar.walk("VEVENT")))
    assert (str(event["LOCATION"]), where in email.body) == (where, True)


def test_a_room_taken_out_of_use_gives_its_sessions_another_one_and_tells(town):
    first = room(town)
    session = booked(town)
    second = room(town, name="Lokale 2")

    change_room_details(
        actor=town.coordinator,
        room=first,
        name="Lokale 1",
        seats=4,
        location="1. sal",
        in_use=False,
    )

    session.refresh_from_db()
    assert session.room == second
    assert session_mails(session=session, kind="sparring.changed").count() == 2


def test_a_group_sessions_people_get_one_mail_about_their_room(db):
    group = Group(published=True)
    keeper, unit = group.town.coordinator, group.town.unit
    both = add_room(actor=keeper, unit=unit, name="Lokale 1", seats=4, location="1. sal")
    choose_room(actor=keeper, session=group.session(0), room=both)
    before = set(session_mails().values_list("pk", flat=True))

    change_room_details(actor=keeper, room=both, name="Lokale 1", seats=4, location="Stuen")

    told = session_mails().exclude(pk__in=before)
    assert sorted(told.values_list("employee", "kind")) == sorted(
        (location.employee_id, "sparring.changed")
        for location in group.session(0).participations.all()
    )
    assert {part.room for part in group.both} == {both}


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.TEAM_LEADER, Role.EDITOR])
def test_only_a_coordinator_or_administrator_of_the_municipality_keeps_rooms(town, role):
    other = Town(colleagues=0)

    for actor in (EmployeeFactory(unit=town.unit, roles=[role]), other.coordinator):
        with pytest.raises(PermissionDenied):
            add_room(actor=actor, unit=town.unit, name="X", seats=2, location="Y")


def test_rooms_are_added_and_changed_in_the_browser(town, client):
    UnitFactory(municipality=town.municipality)
    client.force_login(town.coordinator)
    page = reverse("sparring:rooms")

    refused = client.post(page, {"unit": town.unit.pk, "name": "Lokale 3", "seats": 4})
    assert refused.status_code == 422
    client.post(page, {"unit": town.unit.pk, "name": "Lokale 3", "seats": 4, "location": "Stuen"})
    made = town.unit.rooms.get()
    client.post(
        reverse("sparring:room", args=[made.pk]),
        {"name": "Lokale 4", "seats": 6, "location": "Stuen"},
    )

    made.refresh_from_db()
    assert (made.name, made.seats, made.in_use) == ("Lokale 4", 6, False)
    assert "Lokale 4" in client.get(page).content.decode()


def test_another_municipalitys_rooms_do_not_exist(town, client):
    other = Town(colleagues=0)
    theirs = room(other)
    client.force_login(town.coordinator)

    assert client.get(reverse("sparring:room", args=[theirs.pk])).status_code == 404


spans = st.builds(
    lambda start, length, seats, online: Seeking(
        1, TEN + start * MINUTES, TEN + (start + length) * MINUTES, seats, online
    ),
    st.integers(0, 90), st.sampled_from([10, 25]), st.integers(2, 4), st.booleans(),
)  # fmt: skip
participations = st.lists(
    st.tuples(st.integers(1, 2), st.integers(2, 5), st.booleans()), max_size=4
).map(lambda rows: [BookableRoom(pk, *row) for pk, row in enumerate(rows, start=1)])


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(spans, max_size=12), participations)
def test_no_room_twice_at_a_time_and_none_left_empty_that_would_do(seeking, rooms):
    found = give(seeking, rooms, {})
    by_pk = {location.pk: location for location in rooms}
    for index, (want, pk) in enumerate(zip(seeking, found, strict=True)):
        fitting = {p.pk for p in rooms if p.unit == want.unit and p.seats >= want.seats}
        others = {
            got
            for other, got in zip(seeking, found, strict=True)
            if got and other is not want
            and other.starts_at < want.ends_at and want.starts_at < other.ends_at
        }  # fmt: skip
        if pk is None:
            assert fitting <= others
        else:
            assert pk in fitting
            assert by_pk[pk].seats >= want.seats
            for location, other in enumerate(seeking):
                overlap = other.starts_at < want.ends_at and want.starts_at < other.ends_at
                assert location == index or not overlap or found[location] != pk


def test_alike_rooms_are_enough_when_there_are_as_many_as_sessions_at_once():
    seeking = [
        Seeking(1, TEN + n * 10 * MINUTES, TEN + (n * 10 + 25) * MINUTES, 2) for n in range(9)
    ]

    found = give(seeking, [BookableRoom(pk, 1, 2) for pk in (1, 2, 3)], {})

    assert None not in found
