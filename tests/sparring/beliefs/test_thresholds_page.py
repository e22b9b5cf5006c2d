"""The municipality's own thresholds: counted first, saved by the right people, worked out anew."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from people.models import Municipality
from people.roles import Role
from privacy.models import AuditEntry
from renewal import DEFAULTS
from sparring.beliefs.domain.needs import recompute_all
from sparring.beliefs.domain.thresholds import recompute_stale, set_thresholds
from sparring.beliefs.forms.thresholds import ThresholdsForm, differences
from sparring.beliefs.queries.forecast import forecast, progress
from sparring.models import RenewalNeed, ThresholdChange
from tests.factories.people import EmployeeFactory, UnitFactory
from tests.factories.sparring import CaseFactory
from tests.factories.stories import make_home

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    unit = UnitFactory()
    for _ in range(3):
        CaseFactory(owner=EmployeeFactory(unit=unit))
    CaseFactory()  # another municipality's
    recompute_all()
    return unit.municipality


def person(town, *roles):
    return EmployeeFactory(unit=town.units.get(), roles=list(roles))


def typed(town, **changed):
    """The form as it stands, with some numbers typed over."""
    form = ThresholdsForm(stored=town.renewal_thresholds)
    values = {name: field.initial for name, field in form.fields.items()}
    values |= changed
    return {name: value for name, value in values.items() if value not in (None, False)}


def test_the_forecast_counts_the_real_cases_and_stores_nothing(town):
    before = list(RenewalNeed.objects.order_by("pk").values())

    found = forecast(town, {"r0_points": 50})

    # A year old without any bid: R0 20, R5 12, R11 8 is 40, high; with R0 at 50 urgent.
    assert found.cases == 3
    assert {line.label: (line.before, line.after) for line in found.lines if line.change} == {
        "Akut": (0, 3),
        "Høj": (3, 0),
    }
    assert (found.due.before, found.due.after) == (3, 3)
    assert list(RenewalNeed.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("count", [1, 3])
def test_the_forecast_asks_a_fixed_number_of_questions(count, django_assert_num_queries):
    unit = UnitFactory()
    for _ in range(count):
        CaseFactory(owner=EmployeeFactory(unit=unit))

    with django_assert_num_queries(8):
        forecast(unit.municipality, {})


def test_saving_keeps_what_differs_and_a_job_works_the_cases_out(town):
    actor = person(town, Role.COORDINATOR)

    set_thresholds(municipality=town, actor=actor, values={**DEFAULTS.to_dict(), "r0_points": 50})

    town.refresh_from_db()
    assert town.renewal_thresholds == {"r0_points": 50, "r1_days": 90}
    entry = AuditEntry.objects.get(action="municipality.set_thresholds")
    assert (entry.actor, entry.details) == (actor, {"differing": "r0_points,r1_days"})
    assert (progress(town).done, progress(town).total) == (0, 3)
    assert recompute_stale(town.pk) == 3
    assert progress(town).finished
    assert recompute_stale(town.pk) == 0
    bands = RenewalNeed.objects.filter(case__municipality=town).values_list("band", flat=True)
    assert set(bands) == {"urgent"}


def test_without_an_interval_each_unit_decides(town):
    town.units.update(review_interval_days=30)
    actor = person(town, Role.ADMINISTRATOR)

    set_thresholds(municipality=town, actor=actor, values={"r0_points": 21})

    assert Municipality.objects.get(pk=town.pk).renewal_thresholds == {"r0_points": 21}


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"r1_days": -1}, "r1_days"),
        ({"high_score": 60}, "urgent_score"),
        ({"snooze_most_times": 3}, "snooze_most_times"),
        ({"nonsense": 1}, "nonsense"),
    ],
)
def test_numbers_that_cannot_be_used_are_refused(town, values, field):
    with pytest.raises(ValidationError) as error:
        set_thresholds(municipality=town, actor=person(town, Role.COORDINATOR), values=values)

    assert list(error.value.message_dict) == [field]


@pytest.mark.parametrize("role", sorted(set(Role.values) - {Role.COORDINATOR, Role.ADMINISTRATOR}))
def test_nobody_else_sets_them(client, town, role):
    employee = person(town, role)
    client.force_login(employee)

    reads = role == Role.TEAM_LEADER
    assert client.get(reverse("sparring:thresholds")).status_code == (200 if reads else 403)
    sent = client.post(reverse("sparring:thresholds"), {**typed(town), "save": "1"})
    assert sent.status_code == 403
    with pytest.raises(PermissionDenied):
        set_thresholds(municipality=town, actor=employee, values={})


def test_another_municipalitys_coordinator_does_not_set_them(town):
    with pytest.raises(PermissionDenied):
        set_thresholds(
            municipality=town, actor=EmployeeFactory(roles=[Role.COORDINATOR]), values={}
        )


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.ADMINISTRATOR])
def test_the_page_counts_first_and_saves_then(client, town, role):
    client.force_login(person(town, role))
    address = reverse("sparring:thresholds")
    sent = typed(town, r0_points=50)

    shown = client.post(address, {**sent, "preview": "1"})

    assert shown.status_code == 200
    assert "Forfaldne nu: 3 af 3 åbne sager. Med disse tal: 3." in shown.content.decode()
    town.refresh_from_db()
    assert town.renewal_thresholds == {}

    assert client.post(address, {**sent, "save": "1"}).status_code == 302
    town.refresh_from_db()
    assert town.renewal_thresholds == {"r0_points": 50}
    assert "0 af 3" in client.get(address).content.decode()


def test_a_rule_is_switched_off_and_a_contradiction_is_shown_at_its_field(client, town):
    client.force_login(person(town, Role.COORDINATOR))
    address = reverse("sparring:thresholds")
    sent = typed(town)
    del sent["r0_on"]

    client.post(address, {**sent, "save": "1"})

    town.refresh_from_db()
    assert "R0" not in town.renewal_thresholds["enabled"]
    refused = client.post(address, {**sent, "high_score": 60, "preview": "1"})
    assert refused.status_code == 422
    assert "urgent_score" in refused.context["form"].errors


@pytest.mark.parametrize(
    ("role", "seen"),
    [(Role.COORDINATOR, True), (Role.TEAM_LEADER, True), (Role.ADMINISTRATOR, True),
     (Role.EDITOR, False), (Role.CASEWORKER, False)],
)  # fmt: skip
def test_the_front_page_leads_those_there_who_may_see_it(client, town, role, seen):
    make_home()
    client.force_login(person(town, role))

    page = client.get("/").content.decode()

    assert (reverse("sparring:thresholds") in page) is seen


def test_a_leader_reads_the_numbers_and_finds_no_button(client, town):
    client.force_login(person(town, Role.TEAM_LEADER))

    answer = client.get(reverse("sparring:thresholds"))

    assert all(field.field.disabled for field in answer.context["form"])
    page = answer.content.decode()
    assert "Din sparringskoordinator sætter dem." in page
    assert 'name="save"' not in page
    assert "?fra=" not in page


def test_every_change_is_kept_and_leads_back(client, town):
    coordinator = person(town, Role.COORDINATOR)
    client.force_login(coordinator)
    address = reverse("sparring:thresholds")
    client.post(address, {**typed(town, r0_points=50), "save": "1"})
    town.refresh_from_db()
    sent = typed(town, r0_points=50, r1_days=100)
    del sent["r2_on"]
    client.post(address, {**sent, "save": "1"})
    client.post(address, {**sent, "save": "1"})  # nothing new

    latest, first = ThresholdChange.objects.all()
    assert [
        (row.label, row.before, row.after) for row in differences(first.before, first.after)
    ] == [("R0 Point", "20", "50")]
    assert (latest.before, latest.changed_by) == (first.after, coordinator)
    page = client.get(address).content.decode()
    assert "R2 Fald i brug: fra ja til nej" in page
    assert "R1 Dage: fra hver enheds egne til 100" in page

    back = client.get(address, {"fra": latest.pk})

    assert back.context["form"]["r2_on"].value() is True
    assert back.context["form"]["r0_points"].value() == 50
    assert "Intet er gemt endnu" in back.content.decode()
    usual = client.get(address, {"fra": "normalt"}).context["form"]
    assert usual["r0_points"].value() == 20
    town.refresh_from_db()
    assert town.renewal_thresholds["r1_days"] == 100


@pytest.mark.parametrize("start", ["0", "x", "9999999"])
def test_there_is_no_way_back_to_what_never_was_here(client, town, start):
    elsewhere = UnitFactory().municipality
    other = ThresholdChange.objects.create(
        municipality=elsewhere,
        changed_by=EmployeeFactory(unit=elsewhere.units.get()),
        before={},
        after={"r0_points": 9},
    )
    client.force_login(person(town, Role.COORDINATOR))
    address = reverse("sparring:thresholds")

    assert client.get(address, {"fra": start}).status_code == 404
    assert client.get(address, {"fra": other.pk}).status_code == 404


def test_a_change_that_changes_nothing_is_refused_by_the_database(town):
    with pytest.raises(IntegrityError, match="threshold_change_changes"), transaction.atomic():
        ThresholdChange.objects.create(
            municipality=town,
            changed_by=person(town, Role.COORDINATOR),
            before={"r0_points": 9},
            after={"r0_points": 9},
        )
