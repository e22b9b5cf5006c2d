"""The demo's municipalities, units and employees."""

from __future__ import annotations

from datetime import time
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction

from people.models import Employee, Municipality, Unit, WorkingHours
from privacy import audit

# The password of every demo account: printed by `make run`, refused in production.
DEMO_CREDENTIAL = "sparring-demo-2026"

UNIT_FIELDS = ("kind", "capacity_per_week", "review_interval_days", "suppression_threshold")
EMPLOYEE_FIELDS = ("username", "first_name", "last_name", "email", "roles", "theme_numbers")
WEEK_FIELDS = ("max_presented_per_week", "max_sessions_per_week", "several_a_day")


@transaction.atomic
def load(data: dict[str, Any]) -> dict[str, int]:
    """Make what is missing of `data` (demo_content/people.json); returns how many of each kind.

    Every account gets DEMO_CREDENTIAL: the caller makes sure that this is no production system.
    """
    towns = sum(_municipality(row) for row in data["municipalities"])
    units = sum(_unit(row) for row in data["units"])
    password = make_password(DEMO_CREDENTIAL)
    made = [row for row in data["employees"] if _employee(row, data["units"], password)]
    for row in made:
        Employee.objects.filter(username=row["username"]).update(
            line_manager=Employee.objects.filter(username=row["line_manager"]).first()
        )
    return {"municipalities": towns, "units": units, "employees": len(made)}


def _municipality(row: dict[str, Any]) -> bool:
    town, created = Municipality.objects.get_or_create(
        slug=row["slug"], defaults={"name": row["name"]}
    )
    if created:
        audit.record(actor=None, action="municipality.create", target=town)
    return created


def _unit(row: dict[str, Any]) -> bool:
    unit, created = Unit.objects.get_or_create(
        municipality=Municipality.objects.get(slug=row["municipality"]),
        name=row["name"],
        defaults={name: row[name] for name in UNIT_FIELDS},
    )
    if created:
        audit.record(actor=None, action="unit.create", target=unit)
    return created


def _employee(row: dict[str, Any], units: list[dict[str, Any]], password: str) -> bool:
    if Employee.objects.filter(username=row["username"]).exists():
        return False
    name = next(unit["name"] for unit in units if unit["slug"] == row["unit"])
    sparring = row["sparring"]
    employee = Employee(
        **{name: row[name] for name in EMPLOYEE_FIELDS},
        password=password,
        unit=Unit.objects.get(name=name, municipality__slug=row["municipality"]),
        pick_me_next=sparring["pick_me_next"],
        max_per_7_days=sparring["max_per_7_days"],
        max_per_14_days=sparring.get("max_per_14_days"),
        max_per_30_days=sparring["max_per_30_days"],
        **{name: sparring[name] for name in WEEK_FIELDS if name in sparring},
    )
    employee.full_clean()
    employee.save()
    _hours(employee, row["working_hours"])
    audit.record(
        actor=None,
        action="employee.create",
        target=employee,
        municipality_id=employee.municipality_id,
    )
    return True


def _hours(employee: Employee, rows: list[dict[str, Any]]) -> None:
    hours = [
        WorkingHours(
            employee=employee,
            weekday=row["weekday"],
            start=time.fromisoformat(row["start"]),
            end=time.fromisoformat(row["end"]),
        )
        for row in rows
    ]
    for period in hours:
        period.full_clean()
    WorkingHours.objects.bulk_create(hours)
