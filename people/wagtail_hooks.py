"""What people add to the editors' admin: the start page, why somebody got no mail. No rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from people.account_pages import EditAccount, accounts
from people.editors_admin import EmployeeMenuItem
from people.roles import Right
from people.start_page import add_panels
from people.start_panels import PANELS
from people.why_no_mail import why_no_mail

if TYPE_CHECKING:
    from django.http import HttpRequest


@hooks.register("register_admin_urls")
def why_no_mail_address() -> list[URLPattern]:
    """The page's address in the editors' admin."""
    return [path("besked/", why_no_mail, name="why_no_mail")]


@hooks.register("register_admin_urls")
def account_addresses() -> list[URLPattern]:
    """The accounts, and the page of one."""
    return [
        path("brugere/", accounts, name="accounts"),
        path("brugere/<int:pk>/", EditAccount.as_view(), name="employee_account"),
    ]


@hooks.register("register_settings_menu_item")
def accounts_item() -> EmployeeMenuItem:
    """Its place among the settings, where Wagtail's own list of users would be."""
    return EmployeeMenuItem(
        _("Users"),
        reverse_lazy("accounts"),
        name="accounts",
        icon_name="user",
        order=600,
        shown_to=lambda employee: employee.may(Right.MANAGE_ACCOUNTS),
    )


@hooks.register("register_reports_menu_item")
def why_no_mail_item() -> EmployeeMenuItem:
    """Its place among the reports."""
    return EmployeeMenuItem(
        _("Why did somebody get no mail?"),
        reverse_lazy("why_no_mail"),
        name="why-no-mail",
        icon_name="mail",
        order=700,
        shown_to=lambda employee: employee.may(Right.MANAGE_ACCOUNTS),
    )


@hooks.register("construct_homepage_panels", order=-1)
def on_the_start_page(request: HttpRequest, panels: list[Any]) -> None:
    """Ours in the place of Wagtail's, which ask more of the database and say less."""
    panels.clear()
    add_panels(request, panels, PANELS)


@hooks.register("construct_homepage_summary_items", order=100)
def no_counts_on_the_start_page(request: HttpRequest, items: list[Any]) -> None:
    """How many pages and pictures there are helps nobody to begin."""
    items.clear()
