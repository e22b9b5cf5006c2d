"""Guests from another municipality: agreed, willing and allowed, or not at all (decision 0012)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from people.roles import Role
from privacy.models import AuditEntry
from search.engines.base import CASES
from search.outbox import deliver_batch
from search.services import search_for
from sparring.bookings.domain.booking import book_session
from sparring.bookings.domain.changes import change_partner
from sparring.bookings.domain.guests import (
    accept_agreement,
    allow_guest,
    end_agreement,
    offer_agreement,
)
from sparring.bookings.domain.invitations import answer_invitation
from sparring.bookings.domain.requests import withdraw_request
from sparring.cases.search_documents import audience_of, case_documents
from sparring.enums import NotPlaced, ParticipantRole, RequestState, SessionState
from sparring.models import Case, GuestAgreement, Participation
from sparring.plans.domain.make_plan import make_plan
from sparring.plans.domain.publishing import publish_plan
from sparring.plans.queries.plan_load import load_now
from tests.factories.guests import TwoTowns
from tests.factories.people import EmployeeFactory
from tests.factories.planning import Town, at_work, moment, next_monday
from tests.sent_notifications import session_mails

pytestmark = pytest.mark.django_db
MONDAY = next_monday()
TEN = moment(MONDAY, "10.00")


def booked(towns, **values):
    return book_session(
        actor=towns.case.owner,
        case=towns.case,
        partners=values.pop("partners", [towns.guest]),
        starts_at=TEN,
        **values,
    )


def draft(towns):
    return make_plan(
        actor=towns.home.coordinator,
        municipality=towns.home.municipality,
        first_day=MONDAY,
        days=14,
    )


def mails(employee):
    return list(session_mails(employee=employee).values_list("kind", flat=True))


def test_a_guest_comes_when_all_three_want_it():
    towns = TwoTowns()

    session = booked(towns)

    participation = session.participations.get(employee=towns.guest)
    assert (participation.role, participation.agreement) == (ParticipantRole.GUEST, towns.agreement)
    assert list(Case.objects.visible_to(towns.guest)) == [towns.case]


@pytest.mark.parametrize("missing", ["agreed", "willing", "allowed"])
def test_with_one_of_the_three_missing_nobody_can_bring_the_guest(missing):
    towns = TwoTowns(**{missing: False})

    with pytest.raises(ValidationError) as refused:
        booked(towns, confirmed=True)

    assert refused.value.code == "other_municipality"
    plan = draft(towns)
    assert not Participation.objects.filter(session__plan=plan, employee=towns.guest).exists()


def test_the_plan_asks_a_guest_where_nobody_else_may_come():
    towns = TwoTowns(colleagues=1)

    plan = publish_plan(actor=towns.home.coordinator, plan=draft(towns)).plan

    session = plan.sessions.get()
    assert [participation.employee for participation in session.participations.order_by("pk")] == [
        towns.case.owner,
        towns.guest,
    ]
    assert mails(towns.guest) == ["sparring.invited"]


def test_a_plan_tells_nothing_of_the_guests_days():
    towns = TwoTowns(colleagues=2)
    other = towns.home.case(owner=towns.home.colleagues[1])

    plan = draft(towns)

    session = plan.sessions.get(case=other)
    told = [row["employee"] for row in session.match_explanation["left_out"]]
    load = [row.employee.pk for row in load_now(plan)]
    assert towns.guest.pk not in told + load


def test_a_guest_never_leads():
    towns = TwoTowns(colleagues=2)
    colleague = towns.home.colleagues[1]

    session = booked(towns, partners=[towns.guest, colleague])

    roles = dict(session.participations.values_list("employee", "role"))
    assert roles[towns.guest.pk] == ParticipantRole.GUEST
    assert roles[colleague.pk] == ParticipantRole.FACILITATOR


def test_a_guest_in_the_leaders_place_leaves_the_leading_to_a_colleague():
    towns = TwoTowns(colleagues=3)
    leader, colleague = towns.home.colleagues[1:]
    session = booked(towns, partners=[leader, colleague])

    change_partner(
        session=session, actor=towns.case.owner, leaving=leader, coming=towns.guest, confirmed=True
    )

    roles = dict(session.participations.values_list("employee", "role"))
    assert roles[colleague.pk] == ParticipantRole.FACILITATOR
    assert roles[towns.guest.pk] == ParticipantRole.GUEST


def pages(session, case):
    return [
        reverse("sparring:session", args=[session.pk]),
        reverse("sparring:session_state", args=[session.pk]),
        reverse("sparring:case_detail", args=[case.code]),
        reverse("sparring:answer", args=[session.pk]),
        reverse("sparring:session_ics", args=[session.pk]),
    ]


def seen(client, employee, session, case):
    client.force_login(employee)
    return [client.get(page).status_code for page in pages(session, case)]


def test_the_guest_sees_the_session_and_nothing_else_and_other_strangers_nothing(client):
    towns = TwoTowns(colleagues=2)
    other = towns.home.case(owner=towns.home.colleagues[1])
    session = booked(towns)

    assert seen(client, towns.guest, session, towns.case) == [200] * 5
    for stranger in (towns.away.coordinator, towns.away.colleagues[0]):
        assert seen(client, stranger, session, towns.case) == [404] * 5
    client.force_login(towns.guest)
    assert client.get(reverse("sparring:case_detail", args=[other.code])).status_code == 404
    assert towns.case.code not in client.get(reverse("sparring:case_list")).content.decode()
    session = client.get(pages(session, towns.case)[0]).content.decode()
    assert f"gæst fra {towns.away.municipality}" in session


@pytest.mark.parametrize("way", ["no", "after 14 days", "agreement", "not allowed any more"])
def test_the_guests_access_ends(client, way):
    towns = TwoTowns()
    session = booked(towns)
    if way == "no":
        answer_invitation(session=session, actor=towns.guest, yes=False)
    elif way == "after 14 days":
        session.participations.filter(employee=towns.guest).update(
            access_until=timezone.now() - timedelta(seconds=1)
        )
    elif way == "agreement":
        end_agreement(actor=towns.away.coordinator, agreement=towns.agreement)
    else:
        allow_guest(actor=towns.case.owner, sparring_request=towns.sparring_request, allow=False)

    statuses = seen(client, towns.guest, session, towns.case)

    assert statuses[:3] == [404] * 3
    case = case_documents().get(pk=towns.case.pk)
    assert audience_of(case) == {towns.case.owner_id}


def test_search_finds_the_case_for_the_guest_alone_and_only_while_access_lasts():
    towns = TwoTowns()
    booked(towns)
    deliver_batch()

    def found(employee):
        return search_for(employee, towns.case.code, index=CASES).total

    assert found(towns.guest)
    assert not found(towns.away.colleagues[0])
    end_agreement(actor=towns.home.coordinator, agreement=towns.agreement)
    assert not found(towns.guest)
    deliver_batch()
    assert not found(towns.guest)


def test_when_the_agreement_ends_a_free_colleague_takes_the_guests_place():
    towns = TwoTowns(colleagues=2)
    session = booked(towns)

    end_agreement(actor=towns.home.coordinator, agreement=towns.agreement)

    session.refresh_from_db()
    colleague = towns.home.colleagues[1]
    assert session.state == SessionState.PLANNED
    assert session.participations.get(employee=colleague).role == ParticipantRole.FACILITATOR
    assert mails(towns.guest) == ["sparring.invited", "sparring.cancelled"]
    assert mails(colleague) == ["sparring.invited"]
    assert mails(towns.case.owner) == ["sparring.invited", "sparring.changed"]


def test_when_nobody_can_take_the_place_the_session_is_called_off_and_the_wish_is_on_the_list():
    towns = TwoTowns(colleagues=1)
    session = booked(towns)

    end_agreement(actor=towns.away.coordinator, agreement=towns.agreement)

    session.refresh_from_db()
    towns.sparring_request.refresh_from_db()
    assert (session.state, towns.sparring_request.state) == (
        SessionState.CANCELLED,
        RequestState.LISTED,
    )
    assert mails(towns.guest) == ["sparring.invited", "sparring.cancelled"]
    assert mails(towns.case.owner) == ["sparring.invited", "sparring.cancelled"]


def test_a_draft_made_before_the_agreement_ended_does_not_bring_the_guest():
    towns = TwoTowns(colleagues=1)
    plan = draft(towns)
    end_agreement(actor=towns.home.coordinator, agreement=towns.agreement)
    again = offer_agreement(actor=towns.home.coordinator, to=towns.away.municipality)
    accept_agreement(actor=towns.away.coordinator, agreement=again)

    published = publish_plan(actor=towns.home.coordinator, plan=plan)

    assert published.left == {towns.case.pk: NotPlaced.CHANGED}
    assert not Case.objects.visible_to(towns.guest).exists()


def test_a_guest_who_said_no_cannot_come_back_after_the_agreement_ended():
    towns = TwoTowns(colleagues=2)
    session = booked(towns, partners=[towns.guest, towns.home.colleagues[1]])
    answer_invitation(session=session, actor=towns.guest, yes=False)
    end_agreement(actor=towns.home.coordinator, agreement=towns.agreement)

    with pytest.raises(PermissionDenied):
        answer_invitation(session=session, actor=towns.guest, yes=True)


def test_only_the_presenter_allows_a_guest():
    towns = TwoTowns(allowed=False)

    with pytest.raises(PermissionDenied):
        allow_guest(
            actor=towns.home.coordinator, sparring_request=towns.sparring_request, allow=True
        )

    allow_guest(actor=towns.case.owner, sparring_request=towns.sparring_request, allow=True)
    assert booked(towns).participations.filter(employee=towns.guest).exists()


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.EDITOR, Role.AUDITOR])
def test_only_leaders_and_coordinators_speak_for_a_municipality(role):
    home, away = Town(colleagues=0), Town(colleagues=0)
    actor = EmployeeFactory(unit=home.unit, roles=[role])

    with pytest.raises(PermissionDenied):
        offer_agreement(actor=actor, to=away.municipality)


def test_nobody_says_yes_to_their_own_offer_and_no_third_party_touches_it():
    home, away, third = Town(colleagues=0), Town(colleagues=0), Town(colleagues=0)
    offer = offer_agreement(actor=home.coordinator, to=away.municipality)

    for stranger in (home.coordinator, third.coordinator):
        with pytest.raises(PermissionDenied):
            accept_agreement(actor=stranger, agreement=offer)
    with pytest.raises(PermissionDenied):
        end_agreement(actor=third.coordinator, agreement=offer)
    with pytest.raises(ValidationError):
        offer_agreement(actor=away.coordinator, to=home.municipality)


def test_the_rows_are_the_history():
    towns = TwoTowns()
    end_agreement(actor=towns.away.coordinator, agreement=towns.agreement)
    again = offer_agreement(actor=towns.away.coordinator, to=towns.home.municipality)

    assert GuestAgreement.objects.count() == 2
    assert not again.holds
    verbs = AuditEntry.objects.filter(action__startswith="guests.").values_list("action", flat=True)
    assert sorted(verbs) == ["guests.accept", "guests.end", "guests.offer", "guests.offer"]


@pytest.mark.parametrize(
    ("ended", "change"),
    [
        (True, {"ended_at": None, "ended_by": None}),
        (False, {"accepted_at": None, "accepted_by": None}),
        (False, {"offered_at": timezone.now()}),
    ],
)
def test_the_database_keeps_what_was_agreed(ended, change):
    towns = TwoTowns()
    if ended:
        end_agreement(actor=towns.away.coordinator, agreement=towns.agreement)
    rows = GuestAgreement.objects.filter(pk=towns.agreement.pk)

    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.delete()


def test_the_database_refuses_a_guest_without_an_agreement():
    towns = TwoTowns(colleagues=2)
    session = booked(towns, partners=[towns.home.colleagues[1]])

    with pytest.raises(IntegrityError), transaction.atomic():
        session.participations.filter(employee=towns.home.colleagues[1]).update(
            role=ParticipantRole.GUEST
        )


def test_an_agreement_is_offered_accepted_and_ended_in_the_browser(client):
    home, away = Town(colleagues=0), Town(colleagues=0)
    leader = EmployeeFactory(unit=away.unit, roles=[Role.TEAM_LEADER])
    page = reverse("sparring:guests")
    client.force_login(home.coordinator)
    client.post(page, {"municipality": away.municipality.pk})
    agreement = GuestAgreement.objects.get()
    client.force_login(leader)

    assert str(home.municipality) in client.get(page).content.decode()
    client.post(reverse("sparring:guest_accept", args=[agreement.pk]))
    agreement.refresh_from_db()
    assert agreement.holds
    assert client.get(reverse("sparring:guest_end", args=[agreement.pk])).status_code == 200
    client.post(reverse("sparring:guest_end", args=[agreement.pk]))
    agreement.refresh_from_db()
    assert not agreement.holds


def test_a_third_municipality_does_not_see_the_agreement(client):
    towns, third = TwoTowns(), Town(colleagues=0)
    client.force_login(third.coordinator)

    for name in ("sparring:guest_accept", "sparring:guest_end"):
        assert client.post(reverse(name, args=[towns.agreement.pk])).status_code == 404
    assert (
        str(towns.away.coordinator) not in client.get(reverse("sparring:guests")).content.decode()
    )


def test_the_caseworker_allows_a_guest_on_the_case_page(client):
    towns = TwoTowns(allowed=False)
    client.force_login(towns.case.owner)
    page = reverse("sparring:sparring_guest", args=[towns.case.code])

    assert (
        page in client.get(reverse("sparring:case_detail", args=[towns.case.code])).content.decode()
    )
    client.post(page, {"allow": "yes"})

    towns.sparring_request.refresh_from_db()
    assert towns.sparring_request.allow_guest


def test_without_an_agreement_the_wish_does_not_mention_guests(client):
    town = Town(colleagues=1)
    case = town.case()
    client.force_login(case.owner)

    page = client.get(reverse("sparring:request", args=[case.code])).content.decode()

    assert "allow_guest" not in page


def test_the_account_page_takes_the_wish_to_be_a_guest(client):
    employee = at_work(EmployeeFactory())
    client.force_login(employee)

    client.post(
        reverse("people:account"),
        {
            "form": "limits",
            "limits-max_per_7_days": "2",
            "limits-max_per_30_days": "6",
            "limits-max_presented_per_week": "2",
            "limits-max_sessions_per_week": "3",
            "limits-guest_elsewhere": "on",
        },
    )

    employee.refresh_from_db()
    assert employee.guest_elsewhere


def test_an_agreement_is_offered_accepted_and_ended_once():
    towns = TwoTowns(agreed=False)
    home, away = towns.home, towns.away

    def refused(verb):
        with pytest.raises(ValidationError) as refusal:
            verb()
        return refusal.value.code

    assert refused(lambda: offer_agreement(actor=home.coordinator, to=home.municipality)) == "own"
    assert refused(lambda: offer_agreement(actor=home.coordinator, to=away.municipality)) == "open"
    agreement = accept_agreement(actor=away.coordinator, agreement=towns.agreement)
    accept = lambda: accept_agreement(actor=away.coordinator, agreement=agreement)  # noqa: E731
    assert refused(accept) == "not_open"
    end_agreement(actor=home.coordinator, agreement=agreement)
    end = lambda: end_agreement(actor=away.coordinator, agreement=agreement)  # noqa: E731
    assert refused(end) == "ended"
    assert refused(accept) == "not_open"


def test_a_wish_that_is_taken_back_lets_nobody_in():
    towns = TwoTowns(allowed=False)
    withdraw_request(sparring_request=towns.sparring_request, actor=towns.case.owner)

    with pytest.raises(ValidationError) as refusal:
        allow_guest(actor=towns.case.owner, sparring_request=towns.sparring_request, allow=True)

    assert refusal.value.code == "not_open"


def test_the_others_go_on_when_the_guest_goes_and_nobody_is_free():
    """Two colleagues beside the guest: one session less full, and its people get the change."""
    towns = TwoTowns(colleagues=2)
    session = booked(towns, partners=[towns.home.colleagues[1], towns.guest])

    end_agreement(actor=towns.home.coordinator, agreement=towns.agreement)

    session.refresh_from_db()
    assert session.state == SessionState.PLANNED
    assert mails(towns.guest) == ["sparring.invited", "sparring.cancelled"]
    assert mails(towns.home.colleagues[1]) == ["sparring.invited", "sparring.changed"]
    assert not session.participations.filter(employee=towns.guest, holds_time=True).exists()
