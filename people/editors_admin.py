"""What the rooms share where they add to the editors' admin: menu items and reports."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.urls import URLPattern, path
from wagtail.admin.menu import MenuItem

from people.models import Employee

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.views.generic import View


class EmployeeMenuItem(MenuItem):
    """Shown to those for whom `shown_to` says yes; what it leads to asks again by itself."""

    def __init__(self, *args: Any, shown_to: Callable[[Employee], bool], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shown_to = shown_to

    def is_shown(self, request: HttpRequest) -> bool:
        return isinstance(request.user, Employee) and self.shown_to(request.user)


def with_permission(name: str) -> Callable[[Employee], bool]:
    """For `shown_to`: who holds a permission of Wagtail's groups."""
    return lambda employee: employee.has_perm(name)


def of_own_municipality(may: Callable[[Employee, Any], bool]) -> Callable[[Employee], bool]:
    """For `shown_to`: who may do something for the municipality they work in."""
    return lambda employee: (
        employee.municipality is not None and may(employee, employee.municipality)
    )


def report_addresses(view: type[View], address: str, name: str) -> list[URLPattern]:
    """A report of Wagtail's, whole and as the part that its filters reload."""
    return [
        path(f"{address}/", view.as_view(), name=name),
        path(f"{address}/resultater/", view.as_view(results_only=True), name=f"{name}_results"),
    ]
