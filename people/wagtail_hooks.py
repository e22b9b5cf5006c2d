"""What people add to the editors' admin: why somebody got no mail. No rule lives here."""

from __future__ import annotations

from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from people.editors_admin import EmployeeMenuItem
from people.roles import Right
from people.why_no_mail import why_no_mail


@hooks.register("register_admin_urls")
def why_no_mail_address() -> list[URLPattern]:
    """The page's address in the editors' admin."""
    return [path("besked/", why_no_mail, name="why_no_mail")]


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
