"""Whose learning somebody keeps."""

from __future__ import annotations

from people.models import Employee, EmployeeQuerySet


def colleagues_of(employee: Employee) -> EmployeeQuerySet:
    """Those of the own municipality who work here now, oneself left out."""
    colleagues = Employee.objects.in_municipality(employee.municipality_id)
    return colleagues.filter(is_active=True).exclude(pk=employee.pk)
