from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from people.roles import Role
from privacy.models import AuditEntry
from sparring.beliefs.domain.beliefs import (
    correct_belief,
    newest_belief,
    reaffirm_belief,
    register_belief,
)
from sparring.beliefs.queries.facts import facts_for
from sparring.cases.domain.lifecycle import close_case
from sparring.enums import BeliefSetting, ByRole, ClosedAs
from sparring.handovers.domain.handing_over import hand_over
from sparring.models import Belief, RenewalNeed
from tests.factories.people import EmployeeFactory, UnitFactory
from tests.factories.sparring import BeliefFactory, CaseFactory

pytestmark = pytest.mark.django_db
LOCAL = ZoneInfo("Europe/Copenhagen")


def register(case, **rest):
    values = {"actor": case.owner, "value": 6, "because": "Mødte tre gange af tre."}
    return register_belief(case=case, **{**values, **rest})


def hit_codes(case):
    return [hit["code"] for hit in RenewalNeed.objects.get(case=case).hits]


def test_a_belief_lasts_for_the_units_interval():
    unit = UnitFactory(review_interval_days=60)
    case = CaseFactory(owner=EmployeeFactory(unit=unit))

    belief = register(case, evidence=["tried"], contact_form="walk")

    assert belief.expires_on == timezone.localdate() + timedelta(days=60)
    assert (belief.by_employee, belief.by_role) == (case.owner, ByRole.CASEWORKER)
    entry = AuditEntry.objects.get(action="belief.register")
    assert (entry.municipality_id, entry.details) == (case.municipality_id, {"case": case.pk})


def test_every_change_of_belief_recomputes_the_need():
    case = CaseFactory()
    register(case, value=2)
    register(case, value=8, by_role=ByRole.CITIZEN, because="Jeg vil gerne i gang.")

    assert hit_codes(case) == ["R3", "R5", "R8"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"value": 11}, "value"),
        ({"value": -1}, "value"),
        ({"value": None}, "value"),
        ({"because": "  "}, "because"),
        ({"because": "x" * 601}, "because"),
        ({"because": "Se 010190-1234"}, "because"),
        ({"evidence": ["mavefornemmelse"]}, "evidence"),
        ({"by_role": "nabo"}, None),
        ({"contact_form": "duer"}, "contact_form"),
    ],
)
def test_register_refuses(values, field):
    case = CaseFactory()

    with pytest.raises((ValidationError, PermissionDenied)) as error:
        register(case, **values)

    if field:
        assert list(error.value.message_dict) == [field]
    assert not Belief.objects.exists()


def test_a_cpr_number_is_refused_with_a_danish_sentence():
    with pytest.raises(ValidationError) as error:
        register(CaseFactory(), because="Se 010190-1234")

    (sentence,) = error.value.message_dict["because"]
    assert "CPR" in sentence
    assert "010190" not in sentence


def test_only_the_owner_writes_the_three_voices_of_the_case():
    case = CaseFactory()
    stranger = EmployeeFactory(unit=case.unit, roles=[Role.CASEWORKER, Role.BUSINESS_CONSULTANT])

    for role in ByRole.values:
        with pytest.raises(PermissionDenied):
            register(case, actor=stranger, by_role=role)
    register(case, by_role=ByRole.EXTERNAL)

    assert Belief.objects.count() == 1


def test_a_closed_case_takes_no_belief():
    case = CaseFactory()
    close_case(case=case, actor=case.owner, closed_as=ClosedAs.OTHER)

    with pytest.raises(ValidationError):
        register(case)


def test_reaffirming_is_a_new_row_with_the_same_number():
    case = CaseFactory()
    first = register(case, value=7, at=timezone.localtime() - timedelta(days=100))

    again = reaffirm_belief(case=case, actor=case.owner, because="Praktikken holder indtil nu.")

    assert (again.value, again.setting, Belief.objects.count()) == (7, BeliefSetting.REAFFIRMED, 2)
    assert newest_belief(case, ByRole.CASEWORKER) == again
    assert first.expires_on < again.expires_on


def test_reaffirming_needs_a_number_of_ones_own_and_a_sentence():
    case = CaseFactory()
    to = EmployeeFactory(unit=case.unit)
    with pytest.raises(ValidationError):
        reaffirm_belief(case=case, actor=case.owner, because="Ja.")
    register(case)
    with pytest.raises(ValidationError) as error:
        reaffirm_belief(case=case, actor=case.owner, because=" ")
    assert list(error.value.message_dict) == ["because"]
    case = hand_over(case=case, actor=case.owner, to=to)

    with pytest.raises(ValidationError) as error:
        reaffirm_belief(case=case, actor=to, because="Det passer vel.")

    assert error.value.code == "none"


@pytest.mark.parametrize(
    "because",
    ["x", "Møder til tiden.", "ja ja ja ja ja", "1 2 3 4 5", ". . . . .", "Som før"],
)
def test_a_reason_is_a_sentence_of_four_words(because):
    case = CaseFactory()
    belief = register(case)

    for verb in (
        lambda: register(case, because=because),
        lambda: reaffirm_belief(case=case, actor=case.owner, because=because),
        lambda: correct_belief(belief=belief, actor=case.owner, value=3, because=because),
    ):
        with pytest.raises(ValidationError) as error:
            verb()
        (sentence,) = error.value.message_dict["because"]
        assert "mindst fire ord" in sentence
    assert Belief.objects.count() == 1
    register(case, because="Møder nu til tiden.")


def test_a_citizens_words_stand_as_they_were_said():
    belief = register(CaseFactory(), by_role=ByRole.CITIZEN, because="Det går.")

    assert belief.because == "Det går."


def test_the_same_number_again_takes_no_near_copy_and_a_new_number_does():
    case = CaseFactory()
    said = {"because": "Han møder til tiden i praktikken."}
    register(case, value=6, **said)

    with pytest.raises(ValidationError) as refused:
        register(case, value=6, because="han møder til tiden i  praktikken")
    register(case, value=5, **said)
    register(case, value=6, **said)  # the newest is 5 now
    register(case, value=6, because="Nu ringer han selv til kantinen.")

    assert refused.value.message_dict == {
        "because": ["Du skrev næsten det samme sidst. Skriv, hvad du har set siden."]
    }
    assert [belief.value for belief in case.beliefs.order_by("pk")] == [6, 5, 6, 6]


def test_only_ones_own_words_are_compared_and_never_the_citizens():
    """What a predecessor wrote is hidden from the new owner: a refusal would tell it."""
    case = CaseFactory()
    said = {"value": 6, "because": "Han møder til tiden i praktikken."}
    register(case, **said)
    to = EmployeeFactory(unit=case.unit, roles=[Role.CASEWORKER])
    hand_over(case=case, actor=case.owner, to=to)
    case.refresh_from_db()

    register(case, actor=to, **said)
    for _time in range(2):
        register(case, actor=to, value=4, by_role=ByRole.CITIZEN, because="Det går.")

    assert case.beliefs.count() == 4


@pytest.mark.parametrize(
    ("because", "copied"),
    [
        ("Mødte tre gange af tre.", True),
        ("mødte  tre gange af tre", True),
        ("Mødte tre gange af tre, ja.", True),
        ("Mødte ikke tre gange af tre.", False),
        ("Har selv ringet til to arbejdsgivere.", False),
    ],
)
def test_reaffirming_takes_no_near_copy_of_the_last_reason(because, copied):
    case = CaseFactory()
    register(case)

    if not copied:
        reaffirm_belief(case=case, actor=case.owner, because=because)
        return
    with pytest.raises(ValidationError) as error:
        reaffirm_belief(case=case, actor=case.owner, because=because)
    assert error.value.message_dict == {
        "because": ["Du skrev næsten det samme sidst. Skriv, hvad du har set siden."]
    }


def test_a_correction_counts_from_the_day_it_corrects():
    case = CaseFactory()
    then = timezone.localtime() - timedelta(days=120)
    slip = register(case, value=1, at=then)

    correction = correct_belief(
        belief=slip, actor=case.owner, value=7, because="Tastefejl: jeg mente syv."
    )

    facts = facts_for([case], today=timezone.localdate())[case.pk]
    assert correction.expires_on == slip.expires_on
    assert [(belief.value, belief.registered_on) for belief in facts.caseworker_beliefs] == [
        (7, timezone.localtime(then).date())
    ]
    assert "R1" in hit_codes(case)
    assert newest_belief(case, ByRole.CASEWORKER) == correction


def test_only_ones_own_and_only_the_newest_is_corrected():
    case = CaseFactory()
    old = register(case)
    new = register(case, value=5)
    other = EmployeeFactory(unit=case.unit)

    with pytest.raises(ValidationError) as error:
        correct_belief(belief=old, actor=case.owner, value=4, because="Nej.")
    assert error.value.code == "not_newest"
    with pytest.raises(PermissionDenied):
        correct_belief(belief=new, actor=other, value=4, because="Nej.")
    correct_belief(belief=new, actor=case.owner, value=4, because="Jeg mente fire, ikke fem.")
    with pytest.raises(ValidationError):
        correct_belief(belief=new, actor=case.owner, value=3, because="Jeg mente tre, ikke fire.")


@pytest.mark.parametrize(
    ("local", "registered_on"),
    [
        (datetime(2026, 3, 29, 0, 30, tzinfo=LOCAL), date(2026, 3, 29)),  # the clock goes forward
        (datetime(2026, 3, 29, 3, 30, tzinfo=LOCAL), date(2026, 3, 29)),
        (datetime(2026, 10, 25, 0, 30, tzinfo=LOCAL), date(2026, 10, 25)),  # and back
        (datetime(2026, 10, 25, 2, 30, tzinfo=LOCAL, fold=1), date(2026, 10, 25)),
        (datetime(2026, 7, 1, 0, 30, tzinfo=LOCAL), date(2026, 7, 1)),
    ],
)
def test_the_day_is_the_danish_one_across_both_clock_changes(local, registered_on):
    with time_machine.travel(local.astimezone(UTC), tick=False):
        case = CaseFactory()
        belief = register(case)
        facts = facts_for([case], today=timezone.localdate())[case.pk]

    assert belief.expires_on == registered_on + timedelta(days=90)
    assert facts.newest.registered_on == registered_on
    assert facts.today == registered_on


def test_a_moment_ahead_or_without_a_zone_is_refused():
    case = CaseFactory()

    for at in (timezone.now() + timedelta(minutes=5), datetime(2026, 1, 1, 12)):
        with pytest.raises(ValidationError):
            register(case, at=at)


def test_a_colleague_who_sees_the_case_registers_a_colleagues_belief():
    case = CaseFactory()
    BeliefFactory(case=case)

    with pytest.raises(PermissionDenied):
        register(case, actor=EmployeeFactory(unit=case.unit), by_role=ByRole.COLLEAGUE)
    belief = register(case, by_role=ByRole.COLLEAGUE)

    assert belief.by_role == ByRole.COLLEAGUE
