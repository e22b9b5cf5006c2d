import io
import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sparring.beliefs.domain.actions import plan_action
from sparring.beliefs.domain.beliefs import register_belief
from sparring.beliefs.domain.needs import (
    postponed_recompute,
    recompute,
    recompute_all,
    snooze,
    thresholds_of,
)
from sparring.beliefs.queries.facts import facts_for
from sparring.cases.domain.lifecycle import close_case, end_pauses, pause
from sparring.enums import CaseStatus
from sparring.models import Case, CaseOwnership, RenewalNeed
from tests.factories.people import EmployeeFactory, MunicipalityFactory, UnitFactory
from tests.factories.sparring import ActionFactory, BeliefFactory, CaseFactory

pytestmark = pytest.mark.django_db


def day(days):
    return timezone.localdate() + timedelta(days=days)


def ago(days):
    return timezone.localtime() - timedelta(days=days)


def full_case(**rest):
    case = CaseFactory(**rest)
    BeliefFactory(case=case, value=7, registered_at=ago(130))
    BeliefFactory(case=case, value=6, by_role="citizen", registered_at=ago(130))
    ActionFactory(case=case, kind="course", started_on=day(-430))
    return case


def test_the_need_tells_its_reasons_band_and_order():
    case = full_case(started=day(-900))

    assert recompute([case]) == 1

    need = RenewalNeed.objects.get(case=case)
    assert [(hit["code"], hit["points"]) for hit in need.hits] == [
        ("R1", 13),
        ("R4", 25),
        ("R5", 12),
    ]
    assert (need.score, need.band, need.held_back) == (50, "urgent", "")
    assert need.order_key.endswith(case.code)


@pytest.mark.parametrize("count", [1, 3])
def test_facts_and_recompute_ask_a_fixed_number_of_questions(count):
    cases = [full_case() for _ in range(count)]

    with CaptureQueriesContext(connection) as facts_queries:
        facts_for(cases, today=day(0))
    with CaptureQueriesContext(connection) as all_queries:
        recompute(cases)

    without_savepoints = [q for q in all_queries.captured_queries if "SAVEPOINT" not in q["sql"]]
    assert (len(facts_queries), len(without_savepoints)) == (5, 8)


def test_facts_know_a_predecessor():
    case = CaseFactory(started=day(-400))
    predecessor = EmployeeFactory(unit=case.unit)
    CaseOwnership.objects.filter(case=case).update(until=day(-40))
    CaseOwnership.objects.create(case=case, employee=predecessor, since=day(-40))
    Case.objects.filter(pk=case.pk).update(owner=predecessor)
    case.refresh_from_db()

    facts = facts_for([case], today=day(0))[case.pk]

    assert (facts.owner_since, facts.owner_changed) == (day(-40), True)


def test_a_municipality_changes_its_thresholds_and_a_unit_its_interval():
    municipality = MunicipalityFactory(renewal_thresholds={"r4_value": 8})
    unit = UnitFactory(municipality=municipality, review_interval_days=30)
    own = UnitFactory(municipality=MunicipalityFactory(renewal_thresholds={"r1_days": 120}))

    limits = thresholds_of(unit)

    assert (limits.r4_value, limits.r1_days, limits.soon_days) == (8, 30, 30)
    assert thresholds_of(own).r1_days == 120


def test_postponed_recompute_does_it_once_at_the_end():
    case = CaseFactory()

    with postponed_recompute():
        register_belief(case=case, actor=case.owner, value=5, because="Er lige begyndt i kantinen.")
        assert not RenewalNeed.objects.exists()

    assert RenewalNeed.objects.filter(case=case).count() == 1


def test_snooze_holds_back_at_most_twice_and_starts_over_when_the_need_is_met():
    case = full_case()

    for times in (1, 2):
        need = snooze(case=case, actor=case.owner, until=day(60), reason="Venter på svar.")
        assert (need.snoozes, need.held_back) == (times, "snoozed")
    with pytest.raises(ValidationError):
        snooze(case=case, actor=case.owner, until=day(5), reason="Igen.")
    register_belief(case=case, actor=case.owner, value=6, because="Det fortalte den nye samtale.")
    plan_action(case=case, actor=case.owner, kind="placement", planned_for=day(3))

    need.refresh_from_db()
    assert (need.band, need.snoozes, need.snoozed_until) == ("none", 0, None)


@pytest.mark.parametrize(
    ("days", "reason", "field"),
    [
        (61, "Ferie", "until"),
        (0, "Ferie", "until"),
        (10, " ", "reason"),
        (10, "Se 010190-1234", "snooze_reason"),
        (10, "x" * 201, "snooze_reason"),
    ],
)
def test_snooze_refuses(days, reason, field):
    case = full_case()

    with pytest.raises(ValidationError) as error:
        snooze(case=case, actor=case.owner, until=day(days), reason=reason)

    assert list(error.value.message_dict) == [field]
    assert not RenewalNeed.objects.filter(snoozes__gt=0).exists()


def test_what_is_not_due_is_not_put_off():
    case = CaseFactory(started=day(-3))

    with pytest.raises(ValidationError) as error:
        snooze(case=case, actor=case.owner, until=day(9), reason="Ferie")

    assert error.value.code == "not_due"


def test_a_stranger_cannot_put_it_off():
    case = full_case()

    with pytest.raises(PermissionDenied):
        snooze(case=case, actor=EmployeeFactory(unit=case.unit), until=day(9), reason="Ferie")


def test_the_night_ends_pauses_and_skips_the_closed():
    paused, closed = CaseFactory(), CaseFactory()
    pause(case=paused, actor=paused.owner, reason="Barsel", until=day(3))
    close_case(case=closed, actor=closed.owner, closed_as="job")
    RenewalNeed.objects.all().delete()

    end_pauses(day(3))
    assert recompute_all(today=day(3)) == 1
    paused.refresh_from_db()
    assert paused.status == CaseStatus.PAUSED
    end_pauses(day(4))
    recompute_all(today=day(4))

    paused.refresh_from_db()
    assert paused.status == CaseStatus.ACTIVE
    assert list(RenewalNeed.objects.values_list("case", "held_back")) == [(paused.pk, "")]


@pytest.mark.parametrize("change", [datetime(2026, 3, 29), datetime(2026, 10, 25)])
def test_the_age_of_a_bid_counts_danish_days_across_the_clock_change(change):
    change = change.replace(tzinfo=UTC)
    with time_machine.travel(change - timedelta(days=46, hours=1), tick=False):
        case = CaseFactory()
        register_belief(case=case, actor=case.owner, value=5, because="Han skrev sent om aftenen.")
        registered_on = timezone.localdate()
    for days, hit in ((90, False), (91, True)):
        recompute([case], today=registered_on + timedelta(days=days))
        codes = [other_hit["code"] for other_hit in RenewalNeed.objects.get(case=case).hits]
        assert ("R1" in codes) is hit


def test_the_command_names_a_unit_that_is_not_there():
    with pytest.raises(CommandError, match="Der er ingen enhed, der hedder »Månebasen«"):
        call_command("renewal_needs", "--unit", "Månebasen")


def test_the_command_lists_what_is_due_in_order():
    urgent = full_case(started=day(-900))
    calm = CaseFactory(started=day(-3))
    other = full_case()
    out = io.StringIO()

    call_command("renewal_needs", "--json", "--unit", urgent.unit.name, stdout=out)

    (found,) = json.loads(out.getvalue())
    assert (found["code"], found["band"], found["score"]) == (urgent.code, "urgent", 50)
    assert [hit["code"] for hit in found["hits"]] == ["R1", "R4", "R5"]
    assert {calm.code, other.code}.isdisjoint({found["code"]})
    out = io.StringIO()
    call_command("renewal_needs", stdout=out)
    assert urgent.code in out.getvalue()
    assert other.code in out.getvalue()
    assert calm.code not in out.getvalue()
