"""A group session: two cases back to back, one calendar entry, each case's own outcome."""

import re
from datetime import timedelta

import icalendar
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from people.models import BusyTime
from sparring.bookings.domain.absences import report_away
from sparring.bookings.domain.booking import cancel_session, reschedule_session
from sparring.bookings.domain.changes import change_partner, change_time
from sparring.bookings.domain.drafts import discard_plan, remove_from_plan
from sparring.bookings.domain.invitations import answer_invitation
from sparring.bookings.domain.requests import request_sparring
from sparring.bookings.session_calendar import calendar
from sparring.enums import Answer, ParticipantRole, PlanState, RequestState, SessionState
from sparring.models import Participation, SparringSession
from sparring.plans.domain.join import join_sessions
from sparring.plans.domain.make_plan import make_plan
from sparring.plans.domain.publishing import publish_plan
from sparring.sessions.domain.steps import end_session, start_session
from sparring.sessions.queries.agenda import agenda
from tests.calendar_parts import calendar_bytes
from tests.factories.group_sessions import MONDAY, Group
from tests.factories.planning import Town, moment
from tests.sent_notifications import message, session_mails
from tests.sparring.pages import client_of, url

pytestmark = pytest.mark.django_db
TWENTY = timedelta(minutes=20)
PRESENTER, LEADER, COLLEAGUE = (
    ParticipantRole.PRESENTER,
    ParticipantRole.FACILITATOR,
    ParticipantRole.COLLEAGUE,
)


def roles(session):
    rows = session.participations.exclude(answer=Answer.NO)
    return {row.employee: row.role for row in rows}


def mails(kind):
    return session_mails(kind=kind)


def check_constraints():
    """Ask now for what the database otherwise asks for at the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def test_two_proposals_become_one_session_of_forty_minutes():
    group = Group(along=True)
    first, second = group.both

    assert (first.length, second.length) == (20, 20)
    assert first.ends_at == second.starts_at == first.starts_at + TWENTY
    assert (second.follows, second.calendar_uid) == (first, first.calendar_uid)
    assert roles(first) == {group.one: PRESENTER, group.two: LEADER, group.third: COLLEAGUE}
    assert roles(second) == {group.two: PRESENTER, group.one: LEADER, group.third: COLLEAGUE}
    assert not Participation.objects.filter(holds_time=True).exists()
    assert not session_mails().exists()
    assert set(first.match_explanation["partners"]) == {str(group.two.pk), str(group.third.pk)}
    check_constraints()


def test_published_it_holds_forty_minutes_and_asks_once():
    group = Group(along=True, published=True)
    first, second = group.both

    assert first.state == second.state == SessionState.PLANNED
    invitations = mails("sparring.invited")
    assert {mail.employee for mail in invitations} == {group.one, group.two, group.third}
    assert len(invitations) == 3
    assert {(mail.event_starts_at, mail.event_ends_at) for mail in invitations} == {
        (first.starts_at, second.ends_at)
    }
    asked = Participation.objects.filter(answer=Answer.INVITED)
    assert {row.employee for row in asked} == {group.third}
    check_constraints()


def test_all_get_the_same_event_of_forty_minutes():
    group = Group(published=True)
    first, second = group.both

    events = [icalendar.Calendar.from_ical(calendar(row)).events[0] for row in (first, second)]
    events += [
        icalendar.Calendar.from_ical(calendar_bytes(message(mail))).events[0]
        for mail in mails("sparring.invited")
    ]

    assert len({event["UID"] for event in events}) == 1
    assert {event.end - event.start for event in events} == {2 * TWENTY}
    assert "40 minutter" in message(mails("sparring.invited").first()).body


def test_the_database_holds_the_halves_together():
    group = Group(published=True)
    second = group.session(1)
    changes = {
        "starts_at": second.starts_at + TWENTY,
        "length": 25,
        "follows": second,
        "calendar_uid": "6f1c2d0e-4f6e-4c1e-9a52-0d9f0f5f6a01",
    }

    for name, value in changes.items():
        with pytest.raises(IntegrityError), transaction.atomic():
            pull_apart(second, **{name: value})


def pull_apart(second, **values):
    later = second.ends_at + 2 * TWENTY
    SparringSession.objects.filter(pk=second.pk).update(ends_at=later, **values)
    check_constraints()


def test_nobody_is_booked_into_the_second_half():
    group = Group(published=True)
    _first, second = group.both
    participation = second.participations.get(employee=group.one)

    with pytest.raises(IntegrityError, match="participation_no_double_booking"):
        Participation.objects.create(
            session=SparringSession.objects.create(
                request=second.request,
                case=second.case,
                starts_at=second.starts_at,
                ends_at=second.ends_at,
                calendar_uid="6f1c2d0e-4f6e-4c1e-9a52-0d9f0f5f6a01",
            ),
            employee=group.one,
            role=COLLEAGUE,
            during=participation.during,
        )


def test_it_is_moved_as_one():
    group = Group(along=True, published=True)
    for hours in (1 / 3, -1 / 2, 24):
        first, second = group.both
        target = first.starts_at + timedelta(hours=hours)

        reschedule_session(session=second, actor=group.two, starts_at=target, confirmed=True)

        first, second = group.both
        assert (first.starts_at, second.starts_at) == (target, target + TWENTY)
        assert first.calendar_sequence == second.calendar_sequence
        check_constraints()
    newest = mails("sparring.changed").filter(event_sequence=first.calendar_sequence)
    assert {mail.employee for mail in newest} == {group.one, group.two, group.third}
    assert len(newest) == 3


@pytest.mark.parametrize("number", [0, 1])
def test_when_one_is_called_off_the_other_is_a_session_of_25_minutes(number):
    group = Group(along=True, published=True)
    began, uid = group.session(0).starts_at, group.session(0).calendar_uid
    leaving = group.session(number)

    cancel_session(session=leaving, actor=leaving.case.owner)

    staying = group.session(1 - number)
    assert (staying.length, staying.starts_at, staying.follows) == (25, began, None)
    assert staying.ends_at == began + timedelta(minutes=25)
    assert staying.calendar_uid == uid
    assert not mails("sparring.cancelled").exists()
    assert mails("sparring.changed").filter(object_id=str(staying.pk)).count() == 3
    assert {row.during.lower for row in staying.participations.all()} == {began}
    leaving.request.refresh_from_db()
    assert leaving.request.state == RequestState.LISTED
    check_constraints()


def test_both_are_called_off_together_with_one_cancellation_each():
    group = Group(along=True, published=True)
    first, second = group.both

    with pytest.raises(PermissionDenied):
        cancel_session(session=first, actor=group.one, both=True)
    cancel_session(session=second, actor=group.town.coordinator, both=True)

    assert not Participation.objects.filter(holds_time=True).exists()
    assert {mail.employee for mail in mails("sparring.cancelled")} == {
        group.one,
        group.two,
        group.third,
    }
    assert mails("sparring.cancelled").count() == 3
    check_constraints()


def test_one_answer_is_for_both_cases_and_a_no_leaves_the_others():
    group = Group(along=True, published=True)

    answer_invitation(session=group.session(0), actor=group.third, yes=True)
    assert set(
        Participation.objects.filter(employee=group.third).values_list("answer", flat=True)
    ) == {Answer.YES}
    answer_invitation(session=group.session(1), actor=group.third, yes=False)

    first, second = group.both
    assert first.state == second.state == SessionState.PLANNED
    assert group.third not in roles(first) | roles(second)
    assert [mail.employee for mail in mails("sparring.cancelled")] == [group.third]
    assert group.third in first.request.declined_by.all()
    assert group.third in second.request.declined_by.all()


def test_whoever_brings_a_case_says_no_to_the_other_one():
    group = Group(published=True)

    answer_invitation(session=group.session(1), actor=group.one, yes=False)

    staying = group.session(0)
    assert (staying.length, staying.follows) == (25, None)
    assert roles(staying) == {group.one: PRESENTER, group.two: LEADER}
    assert not SparringSession.objects.filter(
        case=group.cases[1], state=SessionState.PLANNED
    ).exists()
    assert not mails("sparring.cancelled").exists()


def test_when_a_caseworker_is_away_both_cases_become_sessions_of_their_own():
    group = Group(along=True, published=True)
    day = group.session(0).starts_at.date()

    report_away(actor=group.one, employee=group.one, first_day=day, last_day=day)

    staying = group.session(1)
    assert (staying.length, staying.follows, staying.missing_partners) == (25, None, 1)
    assert group.one not in roles(staying)
    case = group.cases[0]
    assert case.sessions.get().state == SessionState.CANCELLED
    assert case.requests.get().state == RequestState.LISTED
    check_constraints()


def test_another_colleague_along_comes_to_both_cases():
    group = Group(along=True, published=True)

    change_partner(
        session=group.session(1),
        actor=group.town.coordinator,
        leaving=group.third,
        coming=group.spare,
        confirmed=True,
    )

    assert roles(group.session(0))[group.spare] == COLLEAGUE
    assert roles(group.session(1))[group.spare] == COLLEAGUE
    assert [mail.employee for mail in mails("sparring.cancelled")] == [group.third]
    with pytest.raises(ValidationError):
        change_partner(
            session=group.session(0),
            actor=group.town.coordinator,
            leaving=group.two,
            coming=group.third,
            confirmed=True,
        )


def test_out_of_the_draft_one_leaves_the_other_a_session_of_25_minutes():
    group = Group()
    first, second = group.both

    remove_from_plan(actor=group.town.coordinator, session=first)

    second.refresh_from_db()
    assert (second.length, second.follows) == (25, None)
    assert second.starts_at == first.starts_at
    assert list(group.plan.unplaced.values_list("case", flat=True)) == [first.case_id]
    check_constraints()


def test_a_draft_with_a_group_session_is_moved_and_thrown_away():
    group = Group()
    later = group.session(0).starts_at + TWENTY

    change_time(
        session=group.session(1), actor=group.town.coordinator, starts_at=later, confirmed=True
    )
    assert [session.starts_at for session in group.both] == [later, later + TWENTY]
    check_constraints()
    discard_plan(actor=group.town.coordinator, plan=group.plan)

    assert not SparringSession.objects.exists()
    group.plan.refresh_from_db()
    assert group.plan.state == PlanState.DISCARDED


def test_what_stands_in_the_way_of_one_case_leaves_both_out():
    group = Group()
    BusyTime.objects.create(
        employee=group.two,
        during=(group.session(1).starts_at, group.session(1).ends_at),
        source="test",
    )

    published = publish_plan(actor=group.town.coordinator, plan=group.plan)

    assert set(published.left) == {case.pk for case in group.cases}
    assert not SparringSession.objects.exists()


def test_only_two_caseworkers_with_forty_minutes_in_common_are_put_together():
    town = Town(colleagues=3)
    one, two, _ = town.colleagues
    mine, also_mine, theirs = town.case(owner=one), town.case(owner=one), town.case(owner=two)
    plan = make_plan(
        actor=town.coordinator, municipality=town.municipality, first_day=MONDAY, days=2
    )
    of = {session.case: session for session in plan.sessions.all()}
    for day in range(2):
        for hour in range(9, 15):
            start = moment(MONDAY + timedelta(days=day), f"{hour}.00")
            BusyTime.objects.create(
                employee=two, during=(start, start + timedelta(minutes=25)), source="test"
            )

    for first, second, code in (
        (of[mine], of[also_mine], "same_owner"),
        (of[mine], of[theirs], "no_common_time"),
    ):
        with pytest.raises(ValidationError) as error:
            join_sessions(actor=town.coordinator, first=first, second=second, confirmed=True)
        assert error.value.code == code
    with pytest.raises(PermissionDenied):
        join_sessions(actor=one, first=of[mine], second=of[theirs])


def test_who_comes_along_is_a_colleague_with_neither_case():
    town = Town(colleagues=4)
    one, two, third, _ = town.colleagues
    for owner in (one, two, third):
        town.case(owner=owner)
    plan = make_plan(
        actor=town.coordinator, municipality=town.municipality, first_day=MONDAY, days=5
    )
    of = {session.case.owner: session for session in plan.sessions.select_related("case__owner")}

    def join(first, second, along):
        return join_sessions(
            actor=town.coordinator, first=first, second=second, along=along, confirmed=True
        )

    with pytest.raises(ValidationError) as error:
        join(of[one], of[two], two)
    assert list(error.value.message_dict) == ["along"]
    with pytest.raises(ValidationError, match="En gæst er med til én sag"):
        join(of[one], of[two], Town(colleagues=1).colleagues[0])
    join(of[one], of[two], None)
    of[one].refresh_from_db()
    with pytest.raises(ValidationError) as error:
        join(of[third], of[one], None)
    assert error.value.code == "in_a_group"


def test_the_line_manager_is_nobodys_other_half():
    town = Town(colleagues=3)
    one, two, _ = town.colleagues
    one.line_manager = two
    one.save()
    mine, theirs = town.case(owner=one), town.case(owner=two)
    plan = make_plan(
        actor=town.coordinator, municipality=town.municipality, first_day=MONDAY, days=5
    )

    with pytest.raises(ValidationError) as error:
        join_sessions(
            actor=town.coordinator,
            first=plan.sessions.get(case=mine),
            second=plan.sessions.get(case=theirs),
            confirmed=True,
        )
    assert error.value.code == "line_manager"


def test_the_second_case_waits_for_the_first():
    group = Group(published=True)
    first, second = group.both

    with pytest.raises(ValidationError) as error:
        start_session(actor=group.two, session=second, confirmed=True)
    assert error.value.code == "first_case_first"
    start_session(actor=group.one, session=first, confirmed=True)
    end_session(actor=group.two, session=first)

    assert (
        start_session(actor=group.one, session=second, confirmed=True).state == SessionState.RUNNING
    )


def test_the_second_case_is_moved_by_itself_when_the_first_is_over():
    group = Group(published=True)
    first, second = group.both
    start_session(actor=group.one, session=first, confirmed=True)
    end_session(actor=group.two, session=first)

    reschedule_session(
        session=second,
        actor=group.two,
        starts_at=second.starts_at + timedelta(days=1),
        confirmed=True,
    )

    second.refresh_from_db()
    assert (second.length, second.follows) == (25, None)
    assert second.calendar_uid != first.calendar_uid
    check_constraints()


def test_the_agenda_shows_one_session_with_both_cases():
    group = Group(along=True, published=True)

    for person in (group.one, group.two, group.third):
        found = agenda(person)
        [row] = [*found.asked, *found.coming]
        assert {part.case for part in row.parts} == set(group.cases)
        assert row.is_asked == (person == group.third)


steps = st.lists(
    st.tuples(
        st.sampled_from(["move", "cancel", "both", "yes", "no", "swap"]),
        st.integers(0, 1),
        st.integers(0, 3),
    ),
    max_size=5,
)


@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps, st.booleans())
def test_whatever_happens_the_halves_stay_in_step(steps, along):
    with transaction.atomic():
        group = Group(along=along, published=True)
        for verb, number, who in steps:
            try:
                with transaction.atomic():
                    _do(group, verb, number, group.town.colleagues[who])
            except (PermissionDenied, ValidationError, SparringSession.DoesNotExist):
                continue
            check_constraints()
            _check(group)
        transaction.set_rollback(True)


def _do(group, verb, number, person):
    session, boss = group.session(number), group.town.coordinator
    if verb == "move":
        later = session.starts_at + timedelta(minutes=30)
        reschedule_session(session=session, actor=boss, starts_at=later, confirmed=True)
    elif verb in ("cancel", "both"):
        cancel_session(session=session, actor=boss, both=verb == "both")
    elif verb == "swap":
        leaving = session.participations.exclude(role=PRESENTER).filter(holds_time=True)
        change_partner(
            session=session,
            actor=boss,
            leaving=leaving.last().employee,
            coming=person,
            confirmed=True,
        )
    else:
        answer_invitation(session=session, actor=person, yes=verb == "yes")


def _check(group):
    planned = SparringSession.objects.filter(state=SessionState.PLANNED)
    for second in planned.filter(follows__isnull=False):
        assert set(roles(second)) == set(roles(second.follows))
        assert second.calendar_sequence == second.follows.calendar_sequence
        assert second.follows.state == SessionState.PLANNED
    for session in planned:
        paired = session.follows_id or SparringSession.objects.filter(follows=session).exists()
        assert session.length == (20 if paired else 25)
        held = session.participations.filter(holds_time=True)
        assert {(row.during.lower, row.during.upper) for row in held} == {
            (session.starts_at, session.ends_at)
        }
    # At most one event stands in anybody's calendar for each calendar entry.
    uids = planned.filter(follows__isnull=True).values_list("calendar_uid", flat=True)
    assert len(set(uids)) == len(uids)
    for person in group.town.colleagues:
        last = {}
        for mail in session_mails(employee=person).order_by("pk"):
            if mail.kind != "sparring.declined":
                last[mail.event_uid] = mail.kind
        for uid, kind in last.items():
            comes = planned.filter(
                calendar_uid=uid, participations__employee=person, participations__holds_time=True
            ).exists()
            assert comes == (kind != "sparring.cancelled")


def test_the_coordinator_puts_two_cases_together_on_the_plan():
    town = Town(colleagues=3)
    one, two, third = town.colleagues
    mine, theirs = town.case(owner=one), town.case(owner=two)
    request_sparring(case=theirs, actor=two, key_question="Hvad nu?", duration_minutes=40)
    plan = make_plan(
        actor=town.coordinator, municipality=town.municipality, first_day=MONDAY, days=5
    )
    first, second = plan.sessions.get(case=mine), plan.sessions.get(case=theirs)
    client = client_of(town.coordinator)

    plan_page = client.get(url("plan", plan.pk)).content.decode()
    assert url("session_join", first.pk) in plan_page
    assert "ønsker fælles sparring" in plan_page
    page = client.get(url("session_join", first.pk)).content.decode()
    assert f"{theirs.code}, {two}" in page
    assert "har ønsket det" in page
    answer = client.post(
        url("session_join", first.pk), {"other": second.pk, "along": "", "confirmed": "1"}
    )

    assert answer.status_code == 302
    second.refresh_from_db()
    assert second.follows == first
    plan_page = client.get(url("plan", plan.pk)).content.decode()
    assert "sag 2 af 2 i en fælles sparring" in plan_page
    assert url("session_join", first.pk) not in plan_page
    for stranger in (one, third):
        assert client_of(stranger).get(url("session_join", first.pk)).status_code == 403


def test_closing_the_first_case_leads_to_the_second():
    group = Group(published=True)
    first, second = group.both
    start_session(actor=group.one, session=first, confirmed=True)
    page = client_of(group.two).get(url("session", first.pk)).content.decode()
    assert "Fælles sparring: sag 1 af 2" in page
    end_session(actor=group.one, session=first)

    page = client_of(group.two).get(url("session", first.pk)).content.decode()
    asks = re.search(r'hx-get="([^"]+)"', page)[1]
    assert f"Videre til næste sag: {second.case.code}" in page
    assert client_of(group.two).get(asks).status_code == 204
    client_of(group.one).post(url("session_start", second.pk), {"confirmed": "1"})

    assert client_of(group.two).get(asks)["HX-Redirect"] == url("session", second.pk)
    page = client_of(group.one).get(url("session", second.pk)).content.decode()
    assert "Fælles sparring: sag 2 af 2" in page


def test_the_index_shows_a_group_session_once():
    group = Group(along=True, published=True)

    for person in (group.one, group.third):
        page = client_of(person).get(url("index")).content.decode()
        assert page.count("Fælles sparring: Først kommer") == 1
        assert "40 minutter" in page
    page = client_of(group.two).get(url("session_cancel", group.session(1).pk)).content.decode()
    assert "fortsætter som en sparring på 25 minutter" in page
    assert 'name="both"' not in page
