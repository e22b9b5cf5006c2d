"""“Ikke den uge”: the presenter says so of a draft, before anybody is asked."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from privacy.models import AuditEntry
from sparring.bookings.domain.booking import book_session
from sparring.bookings.domain.calendar_locks import ConfirmationRequired
from sparring.bookings.domain.declined_weeks import decline_week, take_back_week
from sparring.bookings.queries.proposals import my_proposals, proposed_weeks
from sparring.colleagues.calendars import monday_of
from sparring.enums import ExclusionReason, NotPlaced
from sparring.models import DeclinedWeek
from sparring.plans.domain.make_plan import make_plan, solve_again
from sparring.plans.domain.publishing import publish_plan
from sparring.plans.standing import standing_of
from tests.factories.people import EmployeeFactory
from tests.factories.planning import Town, moment, next_monday
from tests.sent_notifications import session_mails

pytestmark = pytest.mark.django_db
MONDAY = next_monday()


@pytest.fixture
def town():
    return Town(colleagues=4)


def draft(town, days=14):
    return make_plan(
        actor=town.coordinator, municipality=town.municipality, first_day=MONDAY, days=days
    )


def week_of(session):
    return monday_of(timezone.localdate(session.starts_at))


def test_the_week_leaves_the_draft_and_solving_again_keeps_clear_of_it(town):
    town.case()
    theirs = town.case(owner=town.colleagues[1])
    plan = draft(town)
    session = plan.sessions.get(case__owner=town.colleagues[0])
    week = week_of(session)

    decline_week(actor=town.colleagues[0], session=session)
    plan.refresh_from_db()
    found = standing_of(plan, timezone.now())
    again = solve_again(actor=town.coordinator, plan=plan)

    assert [row.case for row in plan.sessions.all()] == []  # the plan was replaced
    assert (found.holds, found.gain.sessions) == (False, 1)
    moved = again.sessions.get(case__owner=town.colleagues[0])
    assert week_of(moved) != week
    assert again.sessions.filter(case=theirs).exists()
    assert session_mails().count() == 0


def test_all_of_the_week_goes_and_nothing_of_others_or_other_weeks(town):
    own = [town.case() for _ in range(4)]
    theirs = town.case(owner=town.colleagues[1])
    plan = draft(town)
    session = plan.sessions.filter(case__in=own).order_by("starts_at").first()
    week = week_of(session)
    gone = {row.case_id for row in plan.sessions.filter(case__in=own) if week_of(row) == week}

    decline_week(actor=town.colleagues[0], session=session)

    left = set(plan.sessions.values_list("case", flat=True))
    assert left == {case.pk for case in [*own, theirs]} - gone
    assert dict(plan.unplaced.values_list("case", "why")) == dict.fromkeys(
        gone, NotPlaced.NOT_THAT_WEEK
    )
    entry = AuditEntry.objects.get(action="plan.decline_week")
    assert sorted(entry.details["cases"]) == sorted(gone)


def test_twice_is_once_and_taking_back_lets_the_week_be_used_again(town):
    town.case()
    town.case()
    plan = draft(town, days=5)
    first, second = plan.sessions.order_by("pk")

    declined = decline_week(actor=town.colleagues[0], session=first)
    with pytest.raises(ValidationError):
        decline_week(actor=town.colleagues[0], session=second)
    assert DeclinedWeek.objects.count() == 1
    assert draft(town, days=5).sessions.count() == 0
    with pytest.raises(PermissionDenied):
        take_back_week(actor=town.colleagues[1], declined=declined)
    take_back_week(actor=town.colleagues[0], declined=declined)

    assert draft(town, days=5).sessions.count() == 2


def test_only_the_presenter_says_it_and_only_of_a_draft(town):
    town.case()
    plan = draft(town)
    session = plan.sessions.get()

    for other in (town.colleagues[1], town.coordinator, EmployeeFactory()):
        with pytest.raises(PermissionDenied):
            decline_week(actor=other, session=session)
    publish_plan(actor=town.coordinator, plan=plan)
    with pytest.raises(ValidationError):
        decline_week(actor=town.colleagues[0], session=session)

    assert not DeclinedWeek.objects.exists()


def test_it_is_about_bringing_a_case_not_about_coming_to_a_colleague(town):
    owner, other = town.colleagues[:2]
    DeclinedWeek.objects.create(employee=owner, monday=MONDAY)
    ten = moment(MONDAY, "10.00")

    with pytest.raises(ConfirmationRequired) as asked:
        book_session(actor=owner, case=town.case(), partners=[other], starts_at=ten)
    book_session(actor=other, case=town.case(owner=other), partners=[owner], starts_at=ten)

    assert [caution.why for caution in asked.value.cautions] == [ExclusionReason.NOT_THAT_WEEK]


def test_a_week_declined_after_the_draft_was_seen_is_kept_when_it_is_published(town):
    town.case()
    plan = draft(town)
    session = plan.sessions.get()

    DeclinedWeek.objects.create(employee=town.colleagues[0], monday=week_of(session))

    assert set(publish_plan(actor=town.coordinator, plan=plan).left.values()) == {NotPlaced.CHANGED}


def test_a_week_begins_on_a_monday_and_is_declined_once(town):
    employee = town.colleagues[0]
    DeclinedWeek.objects.create(employee=employee, monday=MONDAY)

    for monday in (MONDAY, MONDAY + timedelta(days=8)):
        with pytest.raises(IntegrityError), transaction.atomic():
            DeclinedWeek.objects.create(employee=employee, monday=monday)


def test_the_presenter_sees_time_and_case_and_no_colleague(town, client):
    case = town.case()
    plan = draft(town)
    partner = plan.sessions.get().participations.exclude(employee=case.owner).get().employee
    client.force_login(case.owner)

    text = client.get(reverse("sparring:index")).content.decode()

    assert "Foreslået, ikke udgivet endnu" in text
    assert case.code in text
    assert str(partner) not in text
    assert [week.monday for week in proposed_weeks(case.owner)] == [MONDAY]
    assert not my_proposals(partner).exists()
    client.force_login(partner)
    assert case.code not in client.get(reverse("sparring:index")).content.decode()


def test_one_click_says_it_and_one_takes_it_back(town, client):
    case = town.case()
    session = draft(town).sessions.get()
    client.force_login(case.owner)

    said = client.post(reverse("sparring:decline_week", args=[session.pk]), follow=True)
    declined = DeclinedWeek.objects.get()
    back = client.post(reverse("sparring:take_back_week", args=[declined.pk]), follow=True)

    assert "Ugen holdes fri for dine sager" in said.content.decode()
    assert "Den passer alligevel" in said.content.decode()
    assert "Den passer alligevel" not in back.content.decode()
    assert not DeclinedWeek.objects.exists()


def test_others_find_neither_the_proposal_nor_the_week(town, client):
    town.case()
    session = draft(town).sessions.get()
    declined = DeclinedWeek.objects.create(employee=town.colleagues[0], monday=MONDAY)
    client.force_login(town.colleagues[1])

    assert client.post(reverse("sparring:decline_week", args=[session.pk])).status_code == 404
    assert client.post(reverse("sparring:take_back_week", args=[declined.pk])).status_code == 404
    assert client.get(reverse("sparring:take_back_week", args=[declined.pk])).status_code == 405
    assert DeclinedWeek.objects.exists()
