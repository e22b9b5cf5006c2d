"""Quiet exceptions: hard for the matcher, told to nobody (docs/domain.md B4)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from people.domain.availability import add_absence
from privacy.models import AuditEntry
from sparring.bookings.domain.booking import book_session, reschedule_session
from sparring.bookings.domain.calendar_locks import ConfirmationRequired
from sparring.bookings.domain.changes import change_partner
from sparring.bookings.domain.conflicts import declare_conflict, withdraw_conflict
from sparring.bookings.domain.invitations import answer_invitation
from sparring.colleagues.candidate_pairs import Window
from sparring.colleagues.pair_report import colleagues, offers
from sparring.enums import Answer, ParticipantRole
from sparring.models import Conflict
from sparring.plans.domain.make_plan import make_plan
from sparring.plans.domain.publishing import publish_plan
from tests.factories.kb import ThemePageFactory
from tests.factories.planning import Town, moment, next_monday

pytestmark = pytest.mark.django_db
MONDAY = next_monday()
TEN = moment(MONDAY, "10.00")


def plan_for(town, **values):
    return make_plan(
        actor=town.coordinator,
        municipality=town.municipality,
        **{"first_day": MONDAY, "days": 14, **values},
    )


def partners_of(session):
    participations = session.participations.exclude(role=ParticipantRole.PRESENTER)
    return {participation.employee for participation in participations}


@pytest.fixture
def town():
    return Town(colleagues=4)


def test_a_declared_case_is_never_given_and_the_screen_does_not_say_why(town, client):
    case = town.case()
    quiet = town.colleagues[1]
    declare_conflict(actor=quiet, case_code=case.code.lower())

    plan = plan_for(town, partners=2)

    session = plan.sessions.get()
    assert partners_of(session) == set(town.colleagues[2:])
    assert session.match_explanation["left_out"] == [
        {"employee": quiet.pk, "why": "no_common_time"}
    ]
    client.force_login(town.coordinator)
    page = client.get(reverse("sparring:plan", args=[plan.pk])).content.decode()
    assert "kan ikke være med" not in page
    assert f"<p>{quiet}. Noget taler imod hver af dem" in page


def test_who_is_left_out_stands_in_one_line_without_a_reason(town, client):
    case = town.case()
    quiet, busy = town.colleagues[1:3]
    declare_conflict(actor=quiet, case_code=case.code)
    add_absence(
        actor=busy, employee=busy, kind="away", first_day=MONDAY, last_day=MONDAY + timedelta(13)
    )

    plan = plan_for(town)

    left_out = plan.sessions.get().match_explanation["left_out"]
    assert {entry["why"] for entry in left_out} == {"no_common_time", "away"}
    client.force_login(town.coordinator)
    page = client.get(reverse("sparring:plan", args=[plan.pk])).content.decode()
    names = ", ".join(sorted([str(quiet), str(busy)]))
    assert f"<p>{names}. Noget taler imod hver af dem" in page
    assert "er væk" not in page


def test_two_at_odds_never_sit_together_whoever_said_it_and_whoever_presents(town):
    owner, quiet, other, free = town.colleagues
    case = town.case(owner=owner)
    declare_conflict(actor=quiet, colleague=owner)
    declare_conflict(actor=free, colleague=other)

    assert partners_of(plan_for(town).sessions.get()) <= {other, free}
    two = plan_for(town, partners=2).sessions.get(case=case)  # as many as can sit together
    assert len(partners_of(two)) == 1
    assert partners_of(two) <= {other, free}


def test_by_hand_nobody_is_missing_and_all_left_out_read_alike(town, client):
    owner, quiet, other, busy = town.colleagues
    case = town.case(owner=owner)
    session = book_session(actor=owner, case=case, partners=[other], starts_at=TEN)
    add_absence(actor=busy, employee=busy, kind="away", first_day=MONDAY, last_day=MONDAY)
    declare_conflict(actor=quiet, colleague=owner)
    client.force_login(owner)
    address = reverse("sparring:session_partner", args=[session.pk])

    page = client.get(address).content.decode()

    for person in (quiet, busy):
        assert f"{person} (noget taler imod)" in page
    # Trying tells no more than that: the same words as for somebody who is in another session.
    typed = {"leaving": other.pk, "coming": quiet.pk}
    refused = client.post(address, typed)
    assert refused.status_code == 422
    assert f"{quiet} kan ikke være med i denne sparring i perioden." in refused.content.decode()
    Conflict.objects.all().delete()
    book_session(
        actor=quiet, case=town.case(owner=quiet), partners=[busy], starts_at=TEN, confirmed=True
    )
    again = client.post(address, typed)
    assert f"{quiet} kan ikke være med i denne sparring i perioden." in again.content.decode()
    assert "i en anden" not in again.content.decode()


def test_a_seat_changed_by_hand_is_weighed_with_those_who_stay(town, client):
    owner, leaving, staying, quiet = town.colleagues
    case = town.case(owner=owner)
    session = book_session(actor=owner, case=case, partners=[leaving, staying], starts_at=TEN)
    declare_conflict(actor=quiet, colleague=staying)

    with pytest.raises(ValidationError):
        change_partner(session=session, actor=owner, leaving=leaving, coming=quiet, confirmed=True)
    client.force_login(owner)
    page = client.get(reverse("sparring:session_partner", args=[session.pk])).content.decode()
    assert f"{quiet} (noget taler imod)" in page
    # Whom they are at odds with may be the one who leaves.
    change_partner(session=session, actor=owner, leaving=staying, coming=quiet, confirmed=True)
    assert partners_of(session) == {leaving, quiet}


def test_who_said_no_does_not_come_back_to_somebody_they_are_at_odds_with(town):
    owner, first, second, quiet = town.colleagues
    case = town.case(owner=owner)
    session = book_session(actor=owner, case=case, partners=[first, second], starts_at=TEN)
    answer_invitation(session=session, actor=first, yes=False)
    change_partner(session=session, actor=owner, leaving=second, coming=quiet, confirmed=True)
    declare_conflict(actor=quiet, colleague=first)

    with pytest.raises(ValidationError):
        answer_invitation(session=session, actor=first, yes=True)

    assert session.participations.get(employee=first).answer == Answer.NO


def test_two_partners_of_a_draft_at_odds_are_not_published(town):
    case = town.case()
    plan = plan_for(town, partners=2)
    one, other = partners_of(plan.sessions.get())
    declare_conflict(actor=one, colleague=other)

    assert publish_plan(actor=town.coordinator, plan=plan).left == {case.pk: "changed"}


def test_a_session_of_two_at_odds_is_still_weighed_by_its_time(town):
    owner, one, other, _free = town.colleagues
    case = town.case(owner=owner)
    session = book_session(actor=owner, case=case, partners=[one, other], starts_at=TEN)
    declare_conflict(actor=one, colleague=other)

    with pytest.raises(ConfirmationRequired):
        reschedule_session(session=session, actor=owner, starts_at=moment(MONDAY, "20.00"))


def test_by_hand_they_are_refused(town):
    owner, quiet, other, _free = town.colleagues
    case = town.case(owner=owner)
    declare_conflict(actor=quiet, case_code=case.code)
    session = book_session(actor=owner, case=case, partners=[other], starts_at=TEN)

    assert [
        colleague.exclusion_reasons
        for colleague in colleagues(session)
        if colleague.employee == quiet
    ] != [[]]
    window = Window(MONDAY, 7, moment(MONDAY, "00.01"))
    found = offers(case, window, length=timedelta(minutes=25))
    assert quiet not in [participation.employee for participation in found]
    with pytest.raises(ValidationError) as refused:
        change_partner(
            session=session, actor=town.coordinator, leaving=other, coming=quiet, confirmed=True
        )
    assert "kan ikke være med" in refused.value.message


def test_partners_by_hand_who_are_at_odds_are_refused(town):
    owner, one, other, _free = town.colleagues
    declare_conflict(actor=other, colleague=one)

    with pytest.raises(ValidationError):
        book_session(
            actor=owner, case=town.case(owner=owner), partners=[one, other], starts_at=TEN,
            confirmed=True,
        )  # fmt: skip


def test_a_conflict_declared_after_the_draft_is_not_published(town):
    case = town.case()
    plan = plan_for(town)
    (partner,) = partners_of(plan.sessions.get())
    declare_conflict(actor=partner, case_code=case.code)

    assert publish_plan(actor=town.coordinator, plan=plan).left == {case.pk: "changed"}


def test_a_booked_session_can_still_be_moved_though_somebody_has_declared_a_conflict(town):
    owner, partner = town.colleagues[:2]
    case = town.case(owner=owner)
    session = book_session(actor=owner, case=case, partners=[partner], starts_at=TEN)
    declare_conflict(actor=partner, case_code=case.code)

    moved = reschedule_session(session=session, actor=owner, starts_at=moment(MONDAY, "13.00"))

    assert moved.starts_at == moment(MONDAY, "13.00")


def test_one_of_the_two_and_not_oneself_and_only_the_own_municipality(town):
    me, colleague = town.colleagues[:2]
    for wrong in ({}, {"case_code": "FJ-1", "colleague": colleague}, {"colleague": me}):
        with pytest.raises(ValidationError):
            declare_conflict(actor=me, **wrong)
    with pytest.raises(ValidationError):
        declare_conflict(actor=me, case_code="Hr. Hansen")
    with pytest.raises(PermissionDenied):
        declare_conflict(actor=me, colleague=Town().coordinator)
    assert not Conflict.objects.exists()


def test_the_database_holds_the_shape_too(town):
    me, colleague = town.colleagues[:2]
    for wrong in (
        {"case_code": "FJ-1", "colleague": colleague},
        {"case_code": ""},
        {"case_code": "noget"},
        {"colleague": me},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Conflict.objects.create(employee=me, **wrong)


def test_twice_is_once_and_only_ones_own_can_be_taken_back(town):
    me, colleague = town.colleagues[:2]
    first = declare_conflict(actor=me, colleague=colleague)
    assert declare_conflict(actor=me, colleague=colleague) == first

    with pytest.raises(PermissionDenied):
        withdraw_conflict(actor=colleague, conflict=first)
    withdraw_conflict(actor=me, conflict=first)
    assert not Conflict.objects.exists()


def test_the_audit_says_that_and_never_about_whom(town):
    me, colleague = town.colleagues[:2]
    declare_conflict(actor=me, colleague=colleague)
    declare_conflict(actor=me, case_code="FJ-0042")

    entries = AuditEntry.objects.filter(action="conflict.change")
    assert [(entry.object_id, entry.details) for entry in entries] == [(str(me.pk), {})] * 2


def test_the_page_takes_themes_and_exceptions_in_two_small_forms(town, client):
    me, colleague = town.colleagues[:2]
    client.force_login(me)
    address = reverse("sparring:own")
    themes = [ThemePageFactory().number, ThemePageFactory().number]

    client.post(address, {"form": "themes", "themes-theme_numbers": themes})
    client.post(address, {"form": "conflict", "conflict-colleague": colleague.pk})
    page = client.post(address, {"form": "conflict", "conflict-case_code": "fj-0042"}, follow=True)

    me.refresh_from_db()
    assert me.theme_numbers == themes
    assert "FJ-0042" in page.content.decode()
    assert Conflict.objects.filter(employee=me).count() == 2
    wrong = client.post(address, {"form": "conflict"})
    assert wrong.status_code == 422


def test_nobody_sees_or_removes_anothers(town, client):
    me, colleague = town.colleagues[:2]
    mine = declare_conflict(actor=me, case_code="FJ-0042")
    for other in (colleague, town.coordinator):
        client.force_login(other)
        assert "FJ-0042" not in client.get(reverse("sparring:own")).content.decode()
        assert client.post(reverse("sparring:own_withdraw", args=[mine.pk])).status_code == 404
    client.force_login(me)
    client.post(reverse("sparring:own_withdraw", args=[mine.pk]))
    assert not Conflict.objects.exists()


def test_a_no_can_be_for_good(town, client):
    case = town.case()
    partner = town.colleagues[1]
    session = book_session(actor=case.owner, case=case, partners=[partner], starts_at=TEN)
    client.force_login(partner)

    client.post(reverse("sparring:answer", args=[session.pk]), {"answer": "no", "never": "1"})

    assert session.participations.get(employee=partner).answer == Answer.NO
    assert Conflict.objects.get().case_code == case.code


def test_who_is_in_a_session_about_it_is_told(town, client):
    case = town.case()
    partner = town.colleagues[1]
    book_session(actor=case.owner, case=case, partners=[partner], starts_at=TEN)
    client.force_login(partner)

    page = client.post(
        reverse("sparring:own"),
        {"form": "conflict", "conflict-colleague": case.owner.pk},
        follow=True,
    )

    assert "Du er med i en sparring, det handler om." in page.content.decode()
