from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.urls import reverse

from people.enums import AbsenceKind
from people.models import Absence
from sparring.bookings.domain.booking import book_session
from sparring.bookings.domain.calendar_locks import ConfirmationRequired, TimeTaken
from sparring.bookings.domain.changes import change_partner, change_time
from sparring.bookings.domain.drafts import discard_plan, remove_from_plan
from sparring.bookings.domain.requests import request_sparring
from sparring.colleagues.pair_report import colleagues
from sparring.enums import Answer, ParticipantRole, PlanState, RequestState, SessionState
from sparring.handovers.domain.handing_over import hand_over
from sparring.models import (
    Case,
    Participation,
    SparringPlan,
    SparringRequest,
    SparringSession,
)
from sparring.plans.domain.make_plan import make_plan
from sparring.plans.domain.publishing import publish_plan
from sparring.plans.queries.plan_load import load_now
from tests.factories.people import EmployeeFactory
from tests.factories.planning import Town, at_work, moment, next_monday
from tests.factories.sparring import TargetGroupFactory
from tests.sent_notifications import session_mails

pytestmark = pytest.mark.django_db
MONDAY = next_monday()


def plan_for(town, **values):
    return make_plan(
        actor=town.coordinator,
        municipality=town.municipality,
        **{"first_day": MONDAY, "days": 14, **values},
    )


def partner_of(session):
    return session.participations.exclude(role=ParticipantRole.PRESENTER).get().employee


def exclusion_reasons(plan):
    return dict(plan.unplaced.values_list("case", "why"))


def test_a_draft_has_a_colleague_and_a_time_for_a_due_case_and_tells_nobody():
    town = Town()
    case = town.case()

    plan = plan_for(town)

    session = plan.sessions.get()
    assert (session.case, session.state) == (case, SessionState.PROPOSED)
    assert partner_of(session) in town.colleagues[1:]
    assert session.request.state == RequestState.LISTED
    assert session.request.reasons == ["R0", "R5", "R11"]
    assert not session.participations.filter(holds_time=True).exists()
    assert session_mails().count() == 0
    assert not Case.objects.visible_to(partner_of(session)).exists()


def test_the_certificate_proves_the_match_and_keeps_who_is_how_full():
    town = Town()
    town.case()

    plan = plan_for(town)

    assert plan.certificate["dual_gap"] == 0
    assert plan.certificate["affinity"] <= plan.certificate["bound"]
    assert [load.in_plan for load in load_now(plan)].count(1) == 1


def test_why_this_colleague_and_who_else_was_possible():
    town = Town()
    case = town.case()
    loving_hope, other = town.colleagues[1:]
    loving_hope.theme_numbers = [1]  # R0 points at theme 1
    loving_hope.save()
    manager = at_work(EmployeeFactory(unit=town.unit))
    case.owner.line_manager = manager
    case.owner.save()

    match = plan_for(town).sessions.get().match_explanation

    assert list(match["partners"]) == [str(loving_hope.pk)]
    parts = match["partners"][str(loving_hope.pk)]
    assert (parts["themes"], parts["last_met"], parts["fresh"]) == ([1], None, 1.0)
    assert [row["employee"] for row in match["others"]] == [other.pk]
    assert match["others"][0]["loses"] > 0
    assert match["left_out"] == [{"employee": manager.pk, "why": "line_manager"}]


def test_what_the_whole_would_lose_is_told_of_everybody_who_can_be_chosen():
    town = Town(colleagues=9)
    case = town.case()
    best = town.colleagues[1]
    best.theme_numbers = [1]  # R0 points at theme 1
    best.save()
    session = plan_for(town).sessions.get(case=case)

    choices = {colleague.employee: colleague.loses for colleague in colleagues(session)}

    stored = {row["employee"]: row["loses"] for row in session.match_explanation["others"]}
    others = [colleague for colleague in town.colleagues[2:] if colleague.pk not in stored]
    assert len(others) == 2  # five are stored exactly, the prices answer for the rest
    assert all(choices[other] > 0 for other in others)
    assert all(choices[choice] == stored[choice.pk] for choice in choices if choice.pk in stored)
    publish_plan(actor=town.coordinator, plan=session.plan)
    session.refresh_from_db()
    assert {colleague.loses for colleague in colleagues(session)} == {None}


def test_who_would_be_taken_from_another_case_has_no_price(client):
    town = Town(colleagues=2, max_per_7_days=1, max_per_14_days=1, max_per_30_days=1)
    owner, only = town.colleagues
    earlier = at_work(
        EmployeeFactory(unit=town.unit, max_per_7_days=1, max_per_14_days=1, max_per_30_days=1)
    )
    theirs = town.case(owner=earlier)
    hand_over(case=theirs, actor=earlier, to=owner)
    case = town.case(owner=owner)
    plan = plan_for(town)
    assert {partner_of(session) for session in plan.sessions.all()} == {only, earlier}

    (other,) = plan.sessions.get(case=case).match_explanation["others"]

    assert (other["employee"], other["takes_away"], other["loses"]) == (only.pk, True, None)
    client.force_login(town.coordinator)
    page = client.get(reverse("sparring:plan", args=[plan.pk])).content.decode()
    assert "men så mangler en anden sag en kollega" in page
    assert "det ville koste helheden" not in page


def test_a_plan_from_before_that_was_asked_can_still_be_looked_at(client):
    town = Town()
    town.case()
    session = plan_for(town).sessions.get()
    for other in session.match_explanation["others"]:
        del other["takes_away"]
    session.save(update_fields=["match_explanation"])
    client.force_login(town.coordinator)

    assert client.get(reverse("sparring:plan", args=[session.plan_id])).status_code == 200
    assert {colleague.takes_away for colleague in colleagues(session)} == {False}


def test_an_earlier_owner_and_who_said_no_are_left_out():
    town = Town(colleagues=4)
    first, present, decliner, free = town.colleagues
    case = town.case(owner=first)
    hand_over(case=case, actor=first, to=present)
    request = request_sparring(case=case, actor=present, key_question="Hvad overser jeg?")
    request.declined_by.add(decliner)

    session = plan_for(town).sessions.get()

    assert partner_of(session) == free
    assert {(row["employee"], row["why"]) for row in session.match_explanation["left_out"]} == {
        (first.pk, "earlier_owner"),
        (decliner.pk, "declined"),
    }


def test_a_colleague_who_is_away_the_whole_period_is_left_out():
    town = Town()
    town.case()
    away = town.colleagues[1]
    Absence.objects.create(employee=away, first_day=MONDAY, last_day=MONDAY + timedelta(days=20))

    session = plan_for(town).sessions.get()

    assert partner_of(session) == town.colleagues[2]
    assert session.match_explanation["left_out"] == [{"employee": away.pk, "why": "away"}]


def test_follow_ups_only_is_asked_again_about_a_case_known_to_them():
    town = Town(colleagues=2)
    known, unknown = town.case(), town.case()
    owner, partner = town.colleagues
    then = moment(MONDAY - timedelta(days=91), "10.00")
    before = book_session(
        actor=owner,
        case=known,
        partners=[partner],
        starts_at=then,
        at=then - timedelta(days=3),
        confirmed=True,
    )
    SparringSession.objects.filter(pk=before.pk).update(state=SessionState.CLOSED)
    SparringRequest.objects.update(state=RequestState.HELD)
    Absence.objects.create(
        employee=partner,
        kind=AbsenceKind.FOLLOW_UPS_ONLY,
        first_day=MONDAY,
        last_day=MONDAY + timedelta(days=30),
    )

    plan = plan_for(town)

    assert [session.case for session in plan.sessions.all()] == [known]
    assert exclusion_reasons(plan) == {unknown.pk: "nobody"}


def test_nobody_gets_more_sessions_a_week_or_a_month_than_they_want():
    town = Town(colleagues=2, max_per_7_days=1, max_per_30_days=2)
    town.colleagues[1].max_per_30_days = 6
    for _ in range(5):
        town.case(owner=town.colleagues[0])

    plan = plan_for(town, days=14)

    days = sorted(session.starts_at for session in plan.sessions.all())
    assert len(days) == 2
    assert days[1].date() - days[0].date() >= timedelta(days=7)
    assert set(exclusion_reasons(plan).values()) == {"full"}
    assert plan.unplaced.count() == 3
    assert plan.unplaced.first().colleagues == [town.colleagues[1].pk]


def test_two_weeks_have_a_limit_of_their_own():
    town = Town(colleagues=2, max_per_7_days=2, max_per_14_days=2, max_per_30_days=9)
    for _ in range(5):
        town.case(owner=town.colleagues[0])

    plan = plan_for(town, days=14)

    assert plan.sessions.count() == 2


def test_who_was_picked_is_not_next_for_ever():
    town = Town(colleagues=2)
    owner, eager = town.colleagues
    eager.pick_me_next = True
    eager.save()
    town.case(owner=owner)
    plan = plan_for(town)
    eager.refresh_from_db()
    assert eager.pick_me_next

    publish_plan(actor=town.coordinator, plan=plan)

    eager.refresh_from_db()
    assert not eager.pick_me_next


def test_the_target_group_one_knows_counts_and_is_kept_as_a_word_only(client):
    town = Town(colleagues=3)
    owner, novice, knowing = town.colleagues
    rare = TargetGroupFactory(code="rehab", label="Revalidering")
    pause = {"status": "paused", "paused_reason": "Venter.", "paused_until": MONDAY}
    town.case(owner=knowing, target_group=rare, **pause)
    town.case(owner=novice, **pause)
    case = town.case(owner=owner, target_group=rare)

    session = plan_for(town).sessions.get(case=case)

    assert partner_of(session) == knowing
    assert session.match_explanation["partners"][str(knowing.pk)]["knows_group"] is True
    assert "group" not in session.match_explanation["partners"][str(knowing.pk)]
    client.force_login(town.coordinator)
    page = client.get(reverse("sparring:plan", args=[session.plan_id])).content.decode()
    assert page.count("Kender målgruppen.") == 1


def test_a_unit_has_room_for_so_many_sessions_a_week_and_the_rest_wait():
    town = Town(colleagues=6)
    town.unit.capacity_per_week = 1
    town.unit.save()
    for owner in town.colleagues[:4]:
        town.case(owner=owner)

    plan = plan_for(town, days=14)

    assert plan.sessions.count() == 2
    assert list(plan.waiting.values_list("unit", "cases")) == [(town.unit.pk, 2)]


def test_a_caseworker_without_free_time_is_named():
    town = Town()
    owner = EmployeeFactory(unit=town.unit)
    case = town.case(owner=owner)

    plan = plan_for(town)

    unplaced = plan.unplaced.get()
    assert (unplaced.case, unplaced.why, unplaced.colleagues) == (
        case,
        "presenter_away",
        [owner.pk],
    )


def test_a_session_is_as_long_as_wished_and_a_group_session_alone_is_25_minutes():
    town = Town(colleagues=2)
    owner = town.colleagues[0]
    for minutes in (10, 25, 40):
        case = town.case(owner=owner)
        sparring_request(case, duration_minutes=minutes)

    plan = plan_for(town)

    lengths = plan.sessions.order_by("request__duration_minutes").values_list("length", flat=True)
    assert list(lengths) == [10, 25, 25]


def test_a_wish_says_how_many_colleagues_and_the_plan_says_it_for_the_others():
    town = Town(colleagues=6)
    owner = town.colleagues[0]
    many, one, due = (town.case(owner=owner) for _ in range(3))
    sparring_request(many, partners=3)
    sparring_request(one, partners=1)

    plan = plan_for(town, partners=2)

    seats = {session.case: session.participations.count() - 1 for session in plan.sessions.all()}
    assert seats == {many: 3, one: 1, due: 2}
    assert plan.sessions.get(case=due).request.partners == 2
    session = plan.sessions.get(case=many)
    assert set(session.match_explanation["partners"]) == {
        str(row.employee_id) for row in session.participations.exclude(employee=owner)
    }


def test_where_so_many_cannot_be_had_as_many_come_as_can():
    town = Town(colleagues=3)
    case = town.case(owner=town.colleagues[0])
    sparring_request(case, partners=3)

    plan = plan_for(town)

    session = plan.sessions.get()
    assert session.participations.count() - 1 == 2
    assert session.as_matched is False
    assert not plan.unplaced.exists()


@pytest.mark.parametrize("partners", [0, 4])
def test_one_to_three_colleagues_are_wished_for(partners):
    case = Town(colleagues=1).case()

    with pytest.raises(ValidationError) as error:
        sparring_request(case, partners=partners)
    assert list(error.value.message_dict) == ["partners"]
    with pytest.raises(IntegrityError, match="request_1_to_3_partners"):
        SparringRequest.objects.create(case=case, created_by=case.owner, partners=partners)


def sparring_request(case, **values):
    return request_sparring(case=case, actor=case.owner, key_question="Hvad overser jeg?", **values)


def test_two_partners_when_asked_for():
    town = Town(colleagues=4)
    town.case()

    session = plan_for(town, partners=2).sessions.get()

    assert list(session.participations.values_list("role", flat=True)) == [
        "presenter",
        "facilitator",
        "colleague",
    ]


def test_only_the_municipalitys_own_cases_and_colleagues():
    town, other = Town(colleagues=2), Town(colleagues=2)
    case = town.case()
    other.case()

    plan = plan_for(town)

    assert [session.case for session in plan.sessions.all()] == [case]
    with pytest.raises(PermissionDenied):
        make_plan(
            actor=other.coordinator, municipality=town.municipality, first_day=MONDAY, days=14
        )
    with pytest.raises(PermissionDenied):
        make_plan(
            actor=town.colleagues[0], municipality=town.municipality, first_day=MONDAY, days=14
        )


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"first_day": MONDAY - timedelta(days=60)}, "first_day"),
        ({"days": 0}, "days"),
        ({"days": 43}, "days"),
        ({"partners": 4}, "partners"),
    ],
)
def test_a_window_that_cannot_be_is_refused(values, field):
    with pytest.raises(ValidationError) as refused:
        plan_for(Town(), **values)

    assert list(refused.value.message_dict) == [field]


def test_without_cases_the_plan_is_empty():
    plan = plan_for(Town())

    assert (plan.sessions.count(), plan.unplaced.count()) == (0, 0)


def test_a_new_draft_replaces_the_old_one_and_keeps_its_pairs():
    town = Town(colleagues=5)
    for owner in town.colleagues:
        town.case(owner=owner)
    first = plan_for(town)
    pairs = {(s.case_id, partner_of(s).pk) for s in first.sessions.all()}

    second = plan_for(town)

    first.refresh_from_db()
    assert first.state == PlanState.DISCARDED
    assert {(s.case_id, partner_of(s).pk) for s in second.sessions.all()} == pairs
    assert SparringRequest.objects.count() == 5


def test_discarding_leaves_the_wishes_somebody_made_and_no_others():
    town = Town()
    requested, due = town.case(), town.case()
    request = request_sparring(case=requested, actor=requested.owner, key_question="Hvad nu?")
    plan = plan_for(town)
    assert SparringRequest.objects.filter(case=due).exists()

    discard_plan(actor=town.coordinator, plan=plan)

    assert list(SparringRequest.objects.all()) == [request]
    assert not SparringSession.objects.exists()


def test_taking_one_out_names_it():
    town = Town()
    case = town.case()
    plan = plan_for(town)

    plan = remove_from_plan(actor=town.coordinator, session=plan.sessions.get())

    assert exclusion_reasons(plan) == {case.pk: "removed"}
    assert not plan.sessions.exists()


def test_publishing_takes_the_time_asks_everybody_and_opens_the_case():
    town = Town()
    case = town.case()
    plan = plan_for(town)

    published = publish_plan(actor=town.coordinator, plan=plan)

    session = SparringSession.objects.get()
    partner = partner_of(session)
    assert (published.booked, published.left) == ([session], {})
    assert session.state == SessionState.PLANNED
    assert session.request.state == RequestState.BOOKED
    assert session.participations.filter(holds_time=True).count() == 2
    assert list(Case.objects.visible_to(partner)) == [case]
    assert set(session_mails().values_list("kind", "employee")) == {
        ("sparring.invited", case.owner_id),
        ("sparring.invited", partner.pk),
    }
    with pytest.raises(ValidationError):
        publish_plan(actor=town.coordinator, plan=plan)


def test_what_was_taken_meanwhile_is_named_and_the_rest_is_published():
    town = Town(colleagues=2)
    first, second = town.case(), town.case()
    plan = plan_for(town)
    proposal = plan.sessions.get(case=first)
    rival = town.case()
    book_session(
        actor=rival.owner,
        case=rival,
        partners=[partner_of(proposal)],
        starts_at=proposal.starts_at,
    )

    published = publish_plan(actor=town.coordinator, plan=plan)

    assert published.left == {first.pk: "taken"}
    assert [session.case for session in published.booked] == [second]
    assert not SparringSession.objects.filter(case=first).exists()


def test_who_fell_ill_after_the_draft_is_not_asked():
    town = Town(colleagues=2)
    case = town.case()
    plan = plan_for(town)
    Absence.objects.create(
        employee=town.colleagues[1], first_day=MONDAY, last_day=MONDAY + timedelta(days=20)
    )

    published = publish_plan(actor=town.coordinator, plan=plan)

    assert published.left == {case.pk: "changed"}


def test_another_partner_by_hand_with_a_warning_never_the_line_manager():
    town = Town(colleagues=4)
    owner, _partner, decliner, manager = town.colleagues
    case = town.case(owner=owner)
    owner.line_manager = manager
    owner.save()
    request = request_sparring(case=case, actor=owner, key_question="Hvad overser jeg?")
    request.declined_by.add(decliner)
    session = plan_for(town).sessions.get()
    leaving = partner_of(session)
    change = {"session": session, "actor": town.coordinator, "leaving": leaving}

    with pytest.raises(ConfirmationRequired) as warned:
        change_partner(**change, coming=decliner)
    with pytest.raises(ValidationError) as refused:
        change_partner(**change, coming=manager, confirmed=True)
    changed = change_partner(**change, coming=decliner, confirmed=True)

    assert [caution.why for caution in warned.value.cautions] == ["declined"]
    assert refused.value.code == "line_manager"
    assert partner_of(changed) == decliner
    assert list(changed.match_explanation["partners"]) == [str(decliner.pk)]
    published = publish_plan(actor=town.coordinator, plan=session.plan)
    assert [other_session.pk for other_session in published.booked] == [session.pk]


def test_another_time_by_hand_warns_and_refuses_what_is_taken():
    town = Town(colleagues=2)
    owner = town.colleagues[0]
    town.case(owner=owner)
    town.case(owner=owner)
    first, second = plan_for(town).sessions.order_by("starts_at")
    actor = town.coordinator

    with pytest.raises(TimeTaken):
        change_time(session=second, actor=actor, starts_at=first.starts_at, confirmed=True)
    with pytest.raises(ConfirmationRequired):
        change_time(session=second, actor=actor, starts_at=moment(MONDAY, "18.00"))
    moved = change_time(session=second, actor=actor, starts_at=moment(MONDAY, "14.00"))

    assert moved.starts_at == moment(MONDAY, "14.00")
    assert {participation.during.lower for participation in moved.participations.all()} == {
        moved.starts_at
    }
    assert moved.calendar_sequence == 0


def test_a_planned_session_gets_another_partner_and_the_old_one_loses_access():
    town = Town(colleagues=3)
    case = town.case()
    publish_plan(actor=town.coordinator, plan=plan_for(town))
    session = SparringSession.objects.get()
    leaving = partner_of(session)
    coming = next(colleague for colleague in town.colleagues[1:] if colleague != leaving)

    session = change_partner(
        session=session, actor=town.coordinator, leaving=leaving, coming=coming
    )

    assert list(Case.objects.visible_to(leaving)) == []
    assert list(Case.objects.visible_to(coming)) == [case]
    assert Participation.objects.get(employee=coming).answer == Answer.INVITED
    assert set(session_mails(sequence=1).values_list("kind", "employee")) == {
        ("sparring.cancelled", leaving.pk),
        ("sparring.invited", coming.pk),
        ("sparring.changed", case.owner_id),
    }


def test_the_coordinator_of_another_municipality_changes_nothing():
    town, other = Town(), Town()
    town.case()
    session = plan_for(town).sessions.get()

    for call in (
        lambda: remove_from_plan(actor=other.coordinator, session=session),
        lambda: publish_plan(actor=other.coordinator, plan=session.plan),
        lambda: discard_plan(actor=other.coordinator, plan=session.plan),
        lambda: change_time(
            session=session, actor=other.coordinator, starts_at=moment(MONDAY, "12.00")
        ),
    ):
        with pytest.raises(PermissionDenied):
            call()
    assert SparringPlan.objects.get().state == PlanState.DRAFT
