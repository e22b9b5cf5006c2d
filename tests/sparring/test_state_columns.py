"""What PostgreSQL itself holds about sessions, plans, requests and agreements.

Every state is drawn freely; a plain sentence in Python says whether it can be, and which constraint
refuses it. The database must say the same, by the same name.
"""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from people.models import Unit
from sparring.enums import NEVER, ExclusionReason, NotPlaced, RepairReason, SessionState
from sparring.models import (
    Action,
    ConfirmedCaution,
    PlanWaiting,
    SparringPlan,
    SparringRequest,
    SparringSession,
    UnplacedCase,
)
from tests.factories.sessions import RequestFactory, SessionFactory
from tests.factories.sparring import ActionFactory

pytestmark = pytest.mark.django_db
many = settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
numbers = st.integers(0, 4)


def plan_of(case):
    return SparringPlan.objects.create(
        municipality=case.municipality,
        created_by=case.owner,
        first_day="2026-03-02",
        last_day="2026-03-15",
    )


def refused_by(write):
    """The name of the constraint that refuses a write; None when it is let in. It is undone."""
    try:
        with transaction.atomic():
            write()
            connection.check_constraints()
            transaction.set_rollback(True)
    except IntegrityError as error:
        return error.__cause__.diag.constraint_name
    return None


def update(row, **values):
    return refused_by(lambda: type(row).objects.filter(pk=row.pk).update(**values))


# -- a session -----------------------------------------------------------------------------------

session_states = st.fixed_dictionaries(
    {
        "state": st.sampled_from(SessionState.values),
        "length": st.sampled_from([10, 20, 25]),
        "planned": st.booleans(),
        "made_request": st.booleans(),
        "as_matched": st.sampled_from([None, True, False]),
        "changed_by_hand": st.booleans(),
        "repaired_because": st.sampled_from(["", *RepairReason.values]) | st.just("anything"),
        "missing_partners": numbers,
        "presenter_away": st.booleans(),
    }
)


def broken_by(values):
    """The constraints that a session's state breaks, in words."""
    proposal, group = values["state"] == "proposed", values["length"] == 20
    lacks = values["missing_partners"] > 0
    repaired = values["repaired_because"] != ""
    by_matcher = values["made_request"] or values["as_matched"] is not None
    rules = {
        "session_of_the_matcher_has_a_plan": by_matcher and not values["planned"],
        "session_repair_reason_known": values["repaired_because"] == "anything",
        "session_proposal_lacks_nobody": proposal and (lacks or repaired),
        "session_presenter_away_while_planned": (
            values["presenter_away"] and values["state"] != "planned"
        ),
        "session_group_is_never_repaired": (
            group and (lacks or repaired or values["presenter_away"])
        ),
    }
    return {name for name, broken in rules.items() if broken}


@pytest.fixture
def session():
    return SessionFactory()


@many
@given(session_states)
def test_a_session_is_refused_exactly_when_a_sentence_about_it_is_broken(session, values):
    broken = broken_by(values)
    columns = {name: value for name, value in values.items() if name != "planned"}
    plan = plan_of(session.case) if values["planned"] else None

    refused = update(session, plan=plan, **columns)

    assert refused in broken if broken else refused is None


VALID = {
    "state": "planned",
    "length": 25,
    "planned": True,
    "made_request": False,
    "as_matched": None,
    "changed_by_hand": False,
    "repaired_because": "",
    "missing_partners": 0,
    "presenter_away": False,
}


@pytest.mark.parametrize(
    ("name", "violation"),
    [
        ("session_of_the_matcher_has_a_plan", {"planned": False, "made_request": True}),
        ("session_of_the_matcher_has_a_plan", {"planned": False, "as_matched": False}),
        ("session_repair_reason_known", {"repaired_because": "anything"}),
        ("session_proposal_lacks_nobody", {"state": "proposed", "missing_partners": 1}),
        ("session_proposal_lacks_nobody", {"state": "proposed", "repaired_because": "waiting"}),
        ("session_presenter_away_while_planned", {"state": "running", "presenter_away": True}),
        ("session_group_is_never_repaired", {"length": 20, "missing_partners": 1}),
        ("session_group_is_never_repaired", {"length": 20, "presenter_away": True}),
        ("session_group_is_never_repaired", {"length": 20, "repaired_because": "missing"}),
    ],
)
def test_each_sentence_about_a_session_alone_refuses_it(session, name, violation):
    values = VALID | violation
    assert broken_by(VALID) == set()
    assert broken_by(values) == {name}

    columns = {column: value for column, value in values.items() if column != "planned"}
    plan = plan_of(session.case) if values["planned"] else None
    assert update(session, plan=plan, **columns) == name


@given(st.integers(-40, -1))
@many
def test_nobody_is_missing_less_than_once(session, missing):
    assert update(session, missing_partners=missing) == (
        "sparring_sparringsession_missing_partners_check"
    )


@given(st.sampled_from(ExclusionReason.values))
@many
def test_only_what_may_be_overruled_is_kept_as_overruled_and_once(session, why):
    def keep():
        return ConfirmedCaution.objects.create(
            session=session, employee=session.case.owner, why=why
        )

    with transaction.atomic():
        if why in NEVER:
            assert refused_by(keep) == "caution_can_be_overruled"
        else:
            assert refused_by(keep) is None
            keep()
            assert refused_by(keep) == "caution_confirmed_once"
        transaction.set_rollback(True)


# -- a request, a plan, an agreement
# ----------------------------------------------------------------


@pytest.fixture
def sparring_request():
    return RequestFactory()


@given(st.integers(0, 60) | st.sampled_from([10, 25, 40]))
@many
def test_a_wish_is_for_10_25_or_40_minutes(sparring_request, minutes):
    refused = update(sparring_request, duration_minutes=minutes)

    assert refused == (None if minutes in (10, 25, 40) else "request_duration_known")


@pytest.fixture
def plan(sparring_request):
    return plan_of(sparring_request.case)


@given(numbers)
@many
def test_a_plan_gives_a_case_one_to_three_colleagues(plan, partners):
    refused = update(plan, partners=partners)

    assert refused == (None if 1 <= partners <= 3 else "plan_1_to_3_partners")


@given(numbers)
@many
def test_cases_that_wait_are_counted_once_a_unit_where_there_are_any(plan, cases):
    unit = Unit.objects.filter(municipality=plan.municipality).first()

    def keep():
        return PlanWaiting.objects.create(plan=plan, unit=unit, cases=cases)

    with transaction.atomic():
        assert refused_by(keep) == (None if cases else "plan_waiting_some_case")
        if cases:
            keep()
            assert refused_by(keep) == "plan_waiting_once_per_unit"
        transaction.set_rollback(True)


@given(st.sampled_from([*NotPlaced.values, "", "anything"]))
@many
def test_a_case_is_left_out_of_a_plan_once_and_for_a_known_reason(plan, sparring_request, why):
    def keep():
        return UnplacedCase.objects.create(plan=plan, case=sparring_request.case, why=why)

    with transaction.atomic():
        known = why in NotPlaced.values
        assert refused_by(keep) == (None if known else "unplaced_for_a_known_reason")
        if known:
            keep()
            assert refused_by(keep) == "unplaced_once_per_plan"
        transaction.set_rollback(True)


@pytest.fixture
def action():
    return ActionFactory()


@given(has_deadline=st.booleans(), has_name=st.booleans())
@many
def test_an_agreement_has_a_day_and_a_name_or_is_none(action, has_deadline, has_name):
    refused = update(
        action,
        deadline="2026-03-02" if has_deadline else None,
        responsible=action.case.owner if has_name else None,
    )

    assert refused == (None if has_deadline == has_name else "agreement_has_deadline_and_name")


@pytest.mark.parametrize("model", [SparringSession, SparringPlan, SparringRequest, Action])
def test_no_other_state_hides_in_json(model):
    """What is stored as JSON is shown, and nothing else (`sparring.models.json_shapes`)."""
    shown = {"match_explanation", "certificate"}
    columns = {
        field.name for field in model._meta.fields if field.get_internal_type() == "JSONField"
    }

    assert columns <= shown
