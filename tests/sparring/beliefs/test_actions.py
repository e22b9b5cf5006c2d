from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from privacy.models import AuditEntry
from sparring.beliefs.domain.actions import (
    end_action,
    mark_agreement_done,
    plan_action,
    report_success,
    start_action,
)
from sparring.beliefs.queries.facts import facts_for
from sparring.enums import ActionKind, ActionOutcome
from sparring.models import Action, RenewalNeed
from tests.factories.people import EmployeeFactory
from tests.factories.sessions import SessionFactory, people_of
from tests.factories.sparring import ActionFactory, BeliefFactory, CaseFactory

pytestmark = pytest.mark.django_db


def day(days):
    return timezone.localdate() + timedelta(days=days)


def plan(case, **rest):
    values = {"actor": case.owner, "kind": ActionKind.PLACEMENT, "planned_for": day(7)}
    return plan_action(case=case, **{**values, **rest})


def hit_codes(case):
    return [hit["code"] for hit in RenewalNeed.objects.get(case=case).hits]


def test_a_planned_action_ends_belief_without_action():
    case = CaseFactory()
    BeliefFactory(case=case, value=8)

    action = plan(case, kind=ActionKind.COURSE)

    assert "R4" not in hit_codes(case)
    assert (action.responsible, action.outcome) == (None, "")
    assert AuditEntry.objects.get(action="action.plan").details == {
        "case": case.pk,
        "kind": "course",
    }


def test_an_action_starts_and_ends():
    case = CaseFactory()
    action = plan(case)

    action = start_action(action=action, actor=case.owner)
    assert (action.started_on, action.outcome) == (day(0), ActionOutcome.RUNNING)
    action = end_action(
        action=action, actor=case.owner, outcome=ActionOutcome.COMPLETED, success_moment="Kom selv."
    )

    assert (action.ended_on, action.outcome) == (day(0), ActionOutcome.COMPLETED)
    with pytest.raises(ValidationError):
        start_action(action=action, actor=case.owner)
    with pytest.raises(ValidationError):
        end_action(action=action, actor=case.owner, outcome=ActionOutcome.STOPPED)


def test_a_plan_that_never_began_can_only_be_stopped():
    case = CaseFactory()
    action = plan(case)

    with pytest.raises(ValidationError) as error:
        end_action(action=action, actor=case.owner, outcome=ActionOutcome.COMPLETED)
    assert list(error.value.message_dict) == ["outcome"]
    action = end_action(action=action, actor=case.owner, outcome=ActionOutcome.STOPPED)

    assert (action.ended_on, action.outcome) == (None, ActionOutcome.STOPPED)
    assert facts_for([case], today=day(0))[case.pk].actions[0].over


def test_an_agreement_slips_until_it_is_done():
    case = CaseFactory()
    helper = people_of(SessionFactory(case=case))[1]
    action = plan(case, planned_for=None, deadline=day(3), responsible=helper)
    Action.objects.filter(pk=action.pk).update(deadline=day(-5))
    plan(case)
    assert "R10" in hit_codes(case)

    action = mark_agreement_done(action=action, actor=helper)

    assert action.done_on == day(0)
    assert "R10" not in hit_codes(case)
    with pytest.raises(ValidationError):
        mark_agreement_done(action=action, actor=helper)


def test_a_deadline_names_the_owner_unless_told_otherwise():
    case = CaseFactory()

    assert plan(case, deadline=day(10)).responsible == case.owner


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"planned_for": None}, "planned_for"),
        ({"planned_for": timezone.localdate() - timedelta(days=1)}, "planned_for"),
        ({"deadline": timezone.localdate() - timedelta(days=1)}, "deadline"),
        ({"started_on": timezone.localdate() + timedelta(days=2)}, "started_on"),
        ({"kind": "tryllestav"}, "kind"),
        ({"what": "Ring til 010190-1234"}, "what"),
        ({"what": "x" * 201}, "what"),
        ({"chosen_because": "derfor"}, "chosen_because"),
        ({"chosen_because": "other", "chosen_words": " "}, "chosen_words"),
        ({"chosen_words": "Ring til 010190-1234"}, "chosen_words"),
    ],
)
def test_plan_refuses(values, field):
    case = CaseFactory()

    with pytest.raises(ValidationError) as error:
        plan(case, **values)

    assert list(error.value.message_dict) == [field]
    assert not Action.objects.exists()


def test_dates_of_an_end_must_be_possible():
    case = CaseFactory()
    action = plan(case, planned_for=None, started_on=day(-3))

    for on in (day(-4), day(1)):
        with pytest.raises(ValidationError) as error:
            end_action(action=action, actor=case.owner, outcome="completed", on=on)
        assert list(error.value.message_dict) == ["on"]
    with pytest.raises(ValidationError) as error:
        end_action(
            action=action, actor=case.owner, outcome="stopped", success_moment="Se 010190-1234"
        )
    assert list(error.value.message_dict) == ["success_moment"]


def test_a_stranger_touches_no_action():
    case = CaseFactory()
    action = plan(case, deadline=day(4))
    stranger = EmployeeFactory(unit=case.unit)

    for verb in (
        lambda: plan(case, actor=stranger),
        lambda: start_action(action=action, actor=stranger),
        lambda: end_action(action=action, actor=stranger, outcome="stopped"),
        lambda: mark_agreement_done(action=action, actor=stranger),
    ):
        with pytest.raises(PermissionDenied):
            verb()


def test_an_imported_start_is_not_taken_for_running():
    case = CaseFactory()
    ActionFactory(case=case, started_on=day(-400), outcome="")
    BeliefFactory(case=case, value=8)

    facts = facts_for([case], today=day(0))[case.pk]

    assert not facts.actions[0].running(day(0))
    assert facts.actions[0].started == day(-400)


def test_how_it_ended_has_to_be_chosen():
    case = CaseFactory()
    action = plan(case, planned_for=None, started_on=day(-3))

    with pytest.raises(ValidationError) as error:
        end_action(action=action, actor=case.owner, outcome=ActionOutcome.RUNNING)

    assert list(error.value.message_dict) == ["outcome"]


def test_what_has_no_deadline_is_no_agreement():
    case = CaseFactory()

    with pytest.raises(ValidationError) as error:
        mark_agreement_done(action=plan(case), actor=case.owner)

    assert error.value.code == "no_deadline"


@pytest.mark.parametrize("moment", ["", "   "])
def test_a_success_is_told_in_words(moment):
    case = CaseFactory()
    action = plan(case, planned_for=None, started_on=day(-3))

    with pytest.raises(ValidationError) as error:
        report_success(action=action, actor=case.owner, moment=moment)

    assert list(error.value.message_dict) == ["success_moment"]
