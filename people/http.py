"""The request of somebody who is logged in, as the access matrix guarantees it to a view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from .models import Employee


class EmployeeRequest(HttpRequest):
    """`user` is an employee: the matrix let nobody else through."""

    user: Employee
