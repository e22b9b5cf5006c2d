"""One's own page: the week, how often one may be asked, and the days one is away."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from people.domain.availability import (
    add_absence,
    remove_absence,
    set_availability,
    set_hours,
)
from people.enums import AbsenceKind
from people.models import Absence, WorkingHours
from privacy.models import AuditEntry
from tests.factories.people import EmployeeFactory, UnitFactory

pytestmark = pytest.mark.django_db
PAGE = "/konto/"


@pytest.fixture
def employee(client):
    employee = EmployeeFactory()
    client.force_login(employee)
    return employee


def hours(**days):
    """What the form sends: mon="9-15" stands for one day, the others are empty."""
    sent = {"form": "hours"}
    for number, name in enumerate(("mon", "tue", "wed", "thu", "fri")):
        start, _dash, end = days.get(name, "-").partition("-")
        sent |= {f"hours-start_{number}": start, f"hours-end_{number}": end}
    return sent


def limits(**changed):
    sent = {"max_per_7_days": 2, "max_per_14_days": "", "max_per_30_days": 4}
    sent |= {"max_presented_per_week": 2, "max_sessions_per_week": 3} | changed
    return {"form": "limits", **{f"limits-{name}": value for name, value in sent.items()}}


def absence(first, last):
    return {
        "form": "absence",
        "absence-kind": "away",
        "absence-first_day": first.isoformat(),
        "absence-last_day": last.isoformat(),
    }


def week_of(employee):
    return list(employee.hours.values_list("weekday", "start", "end"))


def text(answer):
    return answer.content.decode()


def test_a_saved_week_replaces_the_earlier_and_stands_in_the_form(client, employee):
    WorkingHours.objects.create(employee=employee, weekday=4, start=time(8), end=time(12))

    answer = client.post(PAGE, hours(mon="09:00-15:00", wed="10:00-14:30"), follow=True)

    assert "Din arbejdstid er gemt." in text(answer)
    assert week_of(employee) == [(0, time(9), time(15)), (2, time(10), time(14, 30))]
    assert 'value="14:30"' in text(answer)
    assert AuditEntry.objects.filter(action="hours.set", actor=employee).count() == 1


@pytest.mark.parametrize(
    ("days", "complaint"),
    [
        ({"tue": "09:00-"}, "Skriv både fra og til, eller ingen af delene."),
        ({"tue": "-15:00"}, "Skriv både fra og til, eller ingen af delene."),
        ({"tue": "15:00-09:00"}, "Tirsdag skal slutte, efter den er begyndt."),
        ({"tue": "15:00-15:00"}, "Tirsdag skal slutte, efter den er begyndt."),
    ],
)
def test_a_day_that_cannot_be_worked_is_refused_and_the_week_stands(
    client, employee, days, complaint
):
    WorkingHours.objects.create(employee=employee, weekday=4, start=time(8), end=time(12))

    answer = client.post(PAGE, hours(mon="09:00-15:00", **days))

    assert (answer.status_code, complaint in text(answer)) == (422, True)
    assert week_of(employee) == [(4, time(8), time(12))]


def test_a_week_without_times_is_a_week_off(client, employee):
    WorkingHours.objects.create(employee=employee, weekday=4, start=time(8), end=time(12))

    client.post(PAGE, hours())

    assert week_of(employee) == []


def test_the_limits_are_saved(client, employee):
    answer = client.post(
        PAGE, limits(pick_me_next="on", max_per_14_days=3, guest_elsewhere="on"), follow=True
    )

    employee.refresh_from_db()
    assert "Gemt." in text(answer)
    assert (employee.pick_me_next, employee.guest_elsewhere) == (True, True)
    assert (employee.max_per_7_days, employee.max_per_14_days, employee.max_per_30_days) == (
        2,
        3,
        4,
    )


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        ({"max_per_7_days": 5}, "En måned rummer mindst lige så mange som en uge."),
        ({"max_per_14_days": 1}, "To uger rummer mindst lige så mange som én."),
    ],
)
def test_limits_that_contradict_each_other_are_refused(client, employee, changed, complaint):
    before = employee.max_per_7_days, employee.max_per_14_days

    answer = client.post(PAGE, limits(**changed))

    employee.refresh_from_db()
    assert (answer.status_code, complaint in text(answer)) == (422, True)
    assert (employee.max_per_7_days, employee.max_per_14_days) == before


def test_a_period_away_is_shown_until_it_is_over_and_can_be_removed(client, employee):
    today = timezone.localdate()
    Absence.objects.create(
        employee=employee, first_day=today - timedelta(9), last_day=today - timedelta(1)
    )
    assert "Der er ikke registreret fravær." in text(client.get(PAGE))

    answer = client.post(PAGE, absence(today, today + timedelta(3)), follow=True)

    period = employee.absences.get(first_day=today)
    removing = reverse("people:remove_absence", args=[period.pk])
    assert "Du bliver ikke spurgt i den periode." in text(answer)
    assert removing in text(answer)

    answer = client.post(removing, follow=True)

    assert "Perioden er fjernet." in text(answer)
    assert "Der er ikke registreret fravær." in text(answer)
    assert not Absence.objects.filter(pk=period.pk).exists()
    assert list(
        AuditEntry.objects.filter(actor=employee, action__startswith="absence")
        .order_by("pk")
        .values_list("action", flat=True)
    ) == ["absence.added", "absence.removed"]


def test_a_period_that_ends_before_it_begins_is_refused(client, employee):
    today = timezone.localdate()

    answer = client.post(PAGE, absence(today, today - timedelta(1)))

    assert answer.status_code == 422
    assert "Den sidste dag ligger før den første." in text(answer)
    assert not employee.absences.exists()


def test_a_colleagues_period_is_not_to_be_found(client, employee):
    period = Absence.objects.create(
        employee=EmployeeFactory(unit=employee.unit),
        first_day=date(2030, 1, 7),
        last_day=date(2030, 1, 8),
    )

    assert client.post(reverse("people:remove_absence", args=[period.pk])).status_code == 404
    assert Absence.objects.filter(pk=period.pk).exists()


def test_nobody_sets_a_colleagues_week_or_limits_or_removes_their_absence():
    unit = UnitFactory()
    leader, colleague = EmployeeFactory(unit=unit, team_leader=True), EmployeeFactory(unit=unit)
    period = Absence.objects.create(
        employee=colleague, first_day=date(2030, 1, 7), last_day=date(2030, 1, 8)
    )

    with pytest.raises(PermissionDenied):
        set_hours(actor=leader, employee=colleague, hours={0: (time(9), time(15))})
    with pytest.raises(PermissionDenied):
        set_availability(actor=leader, employee=colleague, pick_me_next=True)
    with pytest.raises(PermissionDenied):
        remove_absence(actor=leader, absence=period)

    assert (week_of(colleague), colleague.absences.count()) == ([], 1)


@pytest.mark.parametrize(
    ("role", "elsewhere", "allowed"),
    [("coordinator", False, True), ("coordinator", True, False), ("team_leader", False, False)],
)
def test_only_the_municipalitys_coordinator_registers_a_colleagues_absence(
    role, elsewhere, allowed
):
    colleague = EmployeeFactory()
    unit = UnitFactory() if elsewhere else UnitFactory(municipality=colleague.unit.municipality)
    actor = EmployeeFactory(unit=unit, **{role: True})
    period = {"kind": AbsenceKind.AWAY, "first_day": date(2030, 1, 7), "last_day": date(2030, 1, 8)}

    if allowed:
        add_absence(actor=actor, employee=colleague, **period)
    else:
        with pytest.raises(PermissionDenied):
            add_absence(actor=actor, employee=colleague, **period)

    assert colleague.absences.exists() is allowed
