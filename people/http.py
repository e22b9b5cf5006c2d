"""The type of a request whose user is an employee, as the access matrix guarantees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from .models import Employee


class EmployeeRequest(HttpRequest):
    """`user` is an employee: the access matrix refuses others."""

    user: Employee
