from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import UserManager
from django.db import models

if TYPE_CHECKING:
    from .models import Employee  # noqa: F401  (named in quotes below)


class EmployeeQuerySet(models.QuerySet["Employee"]):
    def with_role(self, role: str) -> EmployeeQuerySet:
        return self.filter(roles__contains=[role], is_active=True)

    def in_municipality(self, municipality_id: int | None) -> EmployeeQuerySet:
        return self.filter(unit__municipality_id=municipality_id)


class EmployeeManager(UserManager.from_queryset(EmployeeQuerySet)):  # type: ignore[misc]
    """Employees with their unit and municipality at hand: nearly every page shows them."""

    def get_queryset(self) -> EmployeeQuerySet:
        return super().get_queryset().select_related("unit__municipality")
