"""The request of a page that the access matrix opens to employees only."""

from __future__ import annotations

from django.http import HttpRequest

from people.models import Employee


class EmployeeRequest(HttpRequest):
    """`user` is an employee: the middleware has sent everybody else to the login."""

    user: Employee
