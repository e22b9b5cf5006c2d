"""The nightly run touches few, and leaves every need as a full run would."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sparring.beliefs.domain.actions import plan_action
from sparring.beliefs.domain.needs import (
    end_snooze,
    recompute,
    recompute_all,
    recompute_due,
    snooze,
)
from sparring.beliefs.queries.needs import hits_of
from sparring.models import Action, RenewalNeed
from tests.factories.sessions import SessionFactory
from tests.factories.sparring import ActionFactory, BeliefFactory, CaseFactory

pytestmark = pytest.mark.django_db
SHOWN = ("score", "band", "held_back", "order_key", "rule_version", "fingerprint")


def day(days):
    return timezone.localdate() + timedelta(days=days)


def ago(days):
    return timezone.localtime() - timedelta(days=days)


def picture(today):
    """Everything a list of that day shows, by case."""
    return {
        need.case_id: (
            *(getattr(need, name) for name in SHOWN),
            [hit.on(today).params for hit in hits_of(need)],
            [hit.on(today).params for hit in hits_of(need, waiting=True)],
        )
        for need in RenewalNeed.objects.all()
    }


@st.composite
def histories(draw):
    past = st.integers(0, 500)
    return {
        "started": draw(st.integers(1, 900)),
        "bids": draw(
            st.lists(
                st.tuples(past, st.integers(0, 10), st.sampled_from(["caseworker", "citizen"])),
                max_size=5,
            )
        ),
        "actions": draw(
            st.lists(
                st.tuples(st.sampled_from(["placement", "course"]), st.integers(-60, 300)),
                max_size=3,
            )
        ),
        "deadline": draw(st.none() | st.integers(-40, 40)),
    }


def live(history):
    case = CaseFactory(started=day(-history["started"]))
    for back, value, role in history["bids"]:
        BeliefFactory(case=case, value=value, by_role=role, registered_at=ago(back))
    for kind, back in history["actions"]:
        begun = {"started_on": day(-back), "outcome": "running"} if back >= 0 else {}
        planned = None if back >= 0 else day(-back)
        ActionFactory(case=case, kind=kind, planned_for=planned, **({"started_on": None} | begun))
    if history["deadline"] is not None:
        ActionFactory(case=case, kind="course", started_on=None, deadline=day(history["deadline"]))
    return case


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(histories(), min_size=1, max_size=3),
    st.lists(st.integers(1, 60), min_size=1, max_size=3),
)
def test_incremental_nights_end_where_a_full_run_does(told, nights):
    RenewalNeed.objects.all().delete()
    cases = [live(history) for history in told]
    assert recompute_due() >= len(cases)
    today = timezone.localdate()
    for ahead in nights:
        today += timedelta(days=ahead)
        recompute_due(today=today)
    touched_last = picture(today)

    recompute_all(today=today)

    assert picture(today) == touched_last


def test_a_night_without_news_touches_nobody_and_the_day_of_change_does():
    case = CaseFactory(started=day(-3))
    recompute([case])
    change = RenewalNeed.objects.get(case=case).next_change

    assert recompute_due(today=change - timedelta(days=1)) == 0
    assert recompute_due(today=change) == 1


def test_new_thresholds_and_new_rules_are_worked_out_anew():
    case, other = CaseFactory(), CaseFactory()
    recompute([case, other])
    town = case.municipality
    town.renewal_thresholds = {"r0_points": 50}
    town.save()

    assert recompute_due() == 1
    assert RenewalNeed.objects.get(case=case).score >= 50
    RenewalNeed.objects.filter(case=other).update(rule_version=0)
    assert recompute_due() == 1
    assert recompute_due() == 0


def test_what_a_session_holds_back_is_stored_beside_what_it_does_not():
    case = CaseFactory()
    BeliefFactory(case=case, value=8, registered_at=ago(170))
    BeliefFactory(case=case, value=3, registered_at=ago(120))
    SessionFactory(case=case, starts_at=timezone.now() + timedelta(days=2))

    recompute([case])

    need = RenewalNeed.objects.get(case=case)
    assert [hit.code for hit in hits_of(need)] == ["R2"]
    assert "R1" in [hit.code for hit in hits_of(need, waiting=True)]


def test_a_kept_agreement_has_begun_and_what_runs_goes_on():
    case = CaseFactory(started=day(-400))
    BeliefFactory(case=case, value=8, registered_at=ago(10))
    BeliefFactory(case=case, value=8, registered_at=ago(10), by_role="citizen")
    action = plan_action(case=case, actor=case.owner, kind="placement", started_on=day(-300))
    Action.objects.filter(pk=action.pk).update(
        deadline=day(-40), done_on=day(-41), responsible=case.owner
    )
    recompute([case])
    assert RenewalNeed.objects.get(case=case).hits == []  # still running, and no agreement is late

    Action.objects.filter(pk=action.pk).update(started_on=None, outcome="", done_on=day(-20))
    recompute([case])
    assert RenewalNeed.objects.get(case=case).hits == []  # begun the day it was kept


def test_a_snooze_is_taken_back_and_its_time_is_not_used():
    case = CaseFactory(started=day(-400))
    snooze(case=case, actor=case.owner, until=day(10), reason="Venter på svar.")

    need = end_snooze(case=case, actor=case.owner)

    assert (need.snoozes, need.snoozed_until, need.snooze_reason, need.held_back) == (
        0, None, "", "",
    )  # fmt: skip
