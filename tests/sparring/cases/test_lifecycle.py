from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from privacy.models import AuditEntry
from sparring.bookings.domain.requests import request_sparring, withdraw_request
from sparring.cases.domain import lifecycle
from sparring.enums import CaseStatus, ClosedAs, RequestState, SessionState
from sparring.handovers.domain.handing_over import hand_over
from sparring.models import Case, CaseOwnership, RenewalNeed, SparringRequest
from tests.factories.people import EmployeeFactory, UnitFactory
from tests.factories.sessions import SessionFactory
from tests.factories.sparring import CaseFactory, TargetGroupFactory
from tests.sent_notifications import session_mails

pytestmark = pytest.mark.django_db


def today() -> date:
    return timezone.localdate()


def open_one(actor, code="FJ-0217", **rest):
    values = {"target_group": TargetGroupFactory(), "started": today() - timedelta(days=60)}
    return lifecycle.open_case(actor=actor, code=code, **{**values, **rest})


def colleague_of(owner, **rest):
    return EmployeeFactory(unit=owner.unit, **rest)


def coordinator_of(owner):
    return EmployeeFactory(unit=owner.unit, coordinator=True)


def test_open_case_belongs_to_the_caseworker_and_gets_its_need():
    owner = EmployeeFactory()

    case = open_one(owner, code=" fj-0217 ")

    assert (case.code, case.owner, case.unit) == ("FJ-0217", owner, owner.unit)
    assert case.municipality_id == owner.municipality_id
    assert CaseOwnership.objects.get(case=case).since == case.started
    assert [hit["code"] for hit in RenewalNeed.objects.get(case=case).hits] == ["R0"]
    entry = AuditEntry.objects.get(action="case.open")
    assert (entry.actor, entry.object_id) == (owner, str(case.pk))


def test_open_case_for_somebody_else_is_the_coordinators():
    owner = EmployeeFactory()

    assert open_one(coordinator_of(owner), owner=owner).owner == owner
    with pytest.raises(PermissionDenied):
        open_one(colleague_of(owner), code="FJ-2", owner=owner)
    with pytest.raises(PermissionDenied):
        open_one(EmployeeFactory(coordinator=True), code="FJ-3", owner=owner)
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"code": "010190-1234"}, "code"),
        ({"code": ""}, "code"),
        ({"started": timezone.localdate() + timedelta(days=1)}, "started"),
        ({"contact_form": "duer"}, "contact_form"),
    ],
)
def test_open_case_refuses(values, field):
    with pytest.raises(ValidationError) as error:
        open_one(EmployeeFactory(), **values)

    assert list(error.value.message_dict) == [field]
    assert not Case.objects.exists()


def test_open_case_refuses_a_taken_code_in_the_municipality_only():
    owner = EmployeeFactory()
    open_one(owner)

    with pytest.raises(ValidationError, match="code"):
        open_one(owner)
    open_one(EmployeeFactory())

    assert Case.objects.filter(code="FJ-0217").count() == 2


def test_hand_over_ends_one_ownership_and_begins_the_next():
    case = CaseFactory()
    first = case.owner
    to = EmployeeFactory(unit=UnitFactory(municipality=case.municipality))

    case = hand_over(case=case, actor=first, to=to, reason="Ny fordeling")

    assert (case.owner, case.unit) == (to, to.unit)
    rows = CaseOwnership.objects.filter(case=case).values_list("employee", "until")
    assert list(rows) == [(first.pk, today()), (to.pk, None)]
    assert Case.objects.visible_to(first).count() == 0
    assert AuditEntry.objects.get(action="case.hand_over").details == {
        "before": first.pk,
        "after": to.pk,
    }


def test_hand_over_stays_in_the_municipality_and_with_caseworkers():
    case = CaseFactory()

    for to in (EmployeeFactory(), colleague_of(case.owner, editor=True), case.owner):
        with pytest.raises(ValidationError):
            hand_over(case=case, actor=case.owner, to=to)
    other = colleague_of(case.owner)
    with pytest.raises(PermissionDenied):
        hand_over(case=case, actor=other, to=other)


def test_pause_holds_back_and_resume_ends_it():
    case = CaseFactory()
    until = today() + timedelta(days=20)

    case = lifecycle.pause(case=case, actor=case.owner, reason="Barsel", until=until)
    held = RenewalNeed.objects.get(case=case).held_back
    case = lifecycle.resume(case=case, actor=case.owner)

    assert held == "paused"
    assert (case.status, case.paused_until) == (CaseStatus.ACTIVE, None)
    assert RenewalNeed.objects.get(case=case).held_back == ""


@pytest.mark.parametrize(
    ("reason", "days", "field"),
    [(" ", 5, "reason"), ("Ferie", 0, "until"), ("010190-1234", 5, "paused_reason")],
)
def test_pause_needs_a_reason_and_a_day_ahead(reason, days, field):
    case = CaseFactory()

    with pytest.raises(ValidationError) as error:
        lifecycle.pause(case=case, actor=case.owner, reason=reason, until=today() + timedelta(days))

    assert list(error.value.message_dict) == [field]
    assert Case.objects.get().status == CaseStatus.ACTIVE


def test_close_lets_the_open_wish_lapse():
    case = CaseFactory()
    sparring_request = request_sparring(
        case=case, actor=case.owner, key_question="Hvad overser jeg?"
    )

    case = lifecycle.close_case(case=case, actor=case.owner, closed_as=ClosedAs.JOB)

    sparring_request.refresh_from_db()
    assert (case.status, case.closed_on) == (CaseStatus.CLOSED, today())
    assert sparring_request.state == RequestState.LAPSED
    assert RenewalNeed.objects.get(case=case).held_back == "closed"
    with pytest.raises(ValidationError):
        lifecycle.close_case(case=case, actor=case.owner, closed_as=ClosedAs.JOB)
    with pytest.raises(ValidationError):
        request_sparring(case=case, actor=case.owner, key_question="Igen?")


@pytest.mark.parametrize(
    "values",
    [
        {"closed_as": ""},
        {"closed_as": "vundet"},
        {"closed_as": "job", "closed_on": date(2000, 1, 1)},
        {"closed_as": "job", "closed_on": timezone.localdate() + timedelta(days=1)},
    ],
)
def test_close_refuses(values):
    case = CaseFactory()

    with pytest.raises(ValidationError):
        lifecycle.close_case(case=case, actor=case.owner, **values)

    assert Case.objects.get().status == CaseStatus.ACTIVE


@pytest.mark.parametrize(
    "verb",
    [
        lambda case, who: lifecycle.pause(case=case, actor=who, reason="x", until=today()),
        lambda case, who: lifecycle.resume(case=case, actor=who),
        lambda case, who: lifecycle.close_case(case=case, actor=who, closed_as="job"),
        lambda case, who: request_sparring(case=case, actor=who, key_question="x"),
    ],
)
def test_a_stranger_may_do_nothing(verb):
    case = CaseFactory()

    with pytest.raises(PermissionDenied):
        verb(case, colleague_of(case.owner))


def test_one_open_wish_at_a_time_and_it_can_be_taken_back():
    case = CaseFactory()
    sparring_request = request_sparring(
        case=case, actor=case.owner, key_question="Hvad overser jeg?"
    )

    with pytest.raises(ValidationError) as error:
        request_sparring(case=case, actor=case.owner, key_question="Igen?")
    assert error.value.code == "open"
    withdraw_request(sparring_request=sparring_request, actor=case.owner)
    request_sparring(case=case, actor=coordinator_of(case.owner))

    states = SparringRequest.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == [RequestState.WITHDRAWN, RequestState.REQUESTED]


def test_a_wish_keeps_the_rules_that_hit_and_needs_a_question():
    owner = EmployeeFactory()
    case = open_one(owner)

    sparring_request = request_sparring(case=case, actor=owner, key_question="Hvad overser jeg?")

    assert sparring_request.reasons == ["R0"]


@pytest.mark.parametrize("question", [" ", "x" * 141, "Hvad med 010190-1234?"])
def test_a_wish_refuses_a_bad_question(question):
    case = CaseFactory()

    with pytest.raises(ValidationError) as error:
        request_sparring(case=case, actor=case.owner, key_question=question)

    assert list(error.value.message_dict) == ["key_question"]
    assert not SparringRequest.objects.exists()


@pytest.mark.parametrize(
    ("verb", "state"),
    [
        (lambda case: lifecycle.close_case(case=case, actor=case.owner, closed_as="job"), "lapsed"),
        (
            lambda case: hand_over(
                case=case, actor=case.owner, to=colleague_of(case.owner), reason="Ny fordeling"
            ),
            "listed",
        ),
    ],
)
def test_a_booked_session_is_called_off_with_the_case(verb, state):
    starts_at = timezone.now() + timedelta(days=2)
    session = SessionFactory(starts_at=starts_at)
    people = [participation.employee for participation in session.participations.all()]

    verb(session.case)

    session.refresh_from_db()
    session.request.refresh_from_db()
    assert (session.state, session.request.state) == (SessionState.CANCELLED, state)
    assert not any(Case.objects.visible_to(person).exists() for person in people[1:])
    assert session_mails(kind="sparring.cancelled").count() == len(people)
